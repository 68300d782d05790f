import { View } from '@tarojs/components';
import { classes } from '@/components/classes';
import { choose } from '@/components/dialogs';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import { addressOf, type CallType } from '@/stores';

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;
const TYPES: readonly CallType[] = ['video', 'audio'];

interface CallButtonProps {
  conversationId: string;
  /** Its place is the send button's. Hidden, not gone: what comes and goes makes Taro send the row. */
  hidden: boolean;
}

/** Calls the other side of a conversation between two, after asking how. */
export const CallButton = observer(function CallButton({
  conversationId,
  hidden,
}: CallButtonProps) {
  const { account, settings } = useStores();
  const navigate = useNavigate();
  const t = useT();
  const { type, targetId } = addressOf(conversationId);
  if (type !== P2P || !account || targetId === account.accountId) return null;

  const ask = async () => {
    const textOf = (one: CallType) => t(one === 'video' ? 'call.video' : 'call.audio');
    const chosen = await choose(TYPES, textOf, settings.language);
    if (!chosen) return;
    account.call.start(targetId, chosen);
    navigate(routes.call);
  };

  return (
    <View
      className={classes('composer-call', hidden && 'composer-no-send')}
      ariaRole="button"
      ariaLabel={t('call.start')}
      onClick={() => void ask()}
    />
  );
});
