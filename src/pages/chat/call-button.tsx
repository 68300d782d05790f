import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { classes } from '@/components/classes';
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
  const { account } = useStores();
  const t = useT();
  const { type, targetId } = addressOf(conversationId);
  if (type !== P2P || !account || targetId === account.accountId) return null;

  const ask = async () => {
    try {
      const { tapIndex } = await Taro.showActionSheet({
        itemList: TYPES.map((one) => t(one === 'video' ? 'call.video' : 'call.audio')),
      });
      account.call.start(targetId, TYPES[tapIndex] ?? 'audio');
    } catch {
      // Put away without a choice.
      return;
    }
    void Taro.navigateTo({ url: routes.call });
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
