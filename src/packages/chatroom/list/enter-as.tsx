import { View } from '@tarojs/components';
import { choose } from '@/components/dialogs';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import { useSay } from '../use-chatroom';

export type Identity = 'account' | 'guest';

interface EnterAsProps {
  asGuest: boolean;
  onChange: (identity: Identity) => void;
}

/** As whom one will enter: who is not signed in is a guest, who is may choose to be one. */
export const EnterAs = observer(function EnterAs({ asGuest, onChange }: EnterAsProps) {
  const { account, session, settings } = useStores();
  const navigate = useNavigate();
  const say = useSay();
  const name = account?.users.self.name ?? '';
  const isSignedOut = session.status === 'signedOut';

  const ask = async () => {
    const identities: readonly Identity[] = ['account', 'guest'];
    const textOf = (one: Identity) =>
      one === 'account' ? say('list.as', { name }) : say('list.guest');
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
        {asGuest ? say('list.asGuest') : say('list.as', { name })}
      </View>
      <View className="enter-as-action">{say(isSignedOut ? 'list.signIn' : 'list.change')}</View>
    </View>
  );
});
