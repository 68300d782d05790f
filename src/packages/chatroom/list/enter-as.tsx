import { View } from '@tarojs/components';
import { choose } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { chatroomTexts } from '../texts';

export type Identity = 'account' | 'guest';

interface EnterAsProps {
  asGuest: boolean;
  onChange: (identity: Identity) => void;
}

/** The identity for entering: a user who is not signed in is a guest, a signed-in user may choose to be one. */
export const EnterAs = observer(function EnterAs({ asGuest, onChange }: EnterAsProps) {
  const { account, session, settings } = useStores();
  const navigate = useNavigate();
  const t = useTexts(chatroomTexts);
  const name = account?.users.self.name ?? '';
  const isSignedOut = session.status === 'signedOut';

  const ask = async () => {
    const identities: readonly Identity[] = ['account', 'guest'];
    const textOf = (one: Identity) =>
      one === 'account' ? t('list.as', { name }) : t('list.guest');
    const identity = await choose(identities, textOf, settings.language);
    if (identity) onChange(identity);
  };

  return (
    <View
      className="enter-as"
      hoverClass="pressed"
      ariaRole="button"
      onClick={isSignedOut ? () => navigate(routes.login, 'restart') : () => void ask()}
    >
      <View className="enter-as-text ellipsis">
        {asGuest ? t('list.asGuest') : t('list.as', { name })}
      </View>
      <View className="enter-as-action">{t(isSignedOut ? 'list.signIn' : 'list.change')}</View>
    </View>
  );
});
