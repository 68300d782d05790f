import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
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
  const { account, session } = useStores();
  const say = useSay();
  const name = account?.users.self.name ?? '';
  const isSignedOut = session.status === 'signedOut';

  const choose = async () => {
    const identities: readonly Identity[] = ['account', 'guest'];
    try {
      const { tapIndex } = await Taro.showActionSheet({
        itemList: [say('list.as', { name }), say('list.guest')],
      });
      onChange(identities[tapIndex] ?? 'account');
    } catch {
      // Put away without a choice.
    }
  };

  return (
    <View
      className="enter-as"
      hoverClass="pressed"
      ariaRole="button"
      onClick={isSignedOut ? toSignIn : () => void choose()}
    >
      <View className="enter-as-text ellipsis">
        {asGuest ? say('list.asGuest') : say('list.as', { name })}
      </View>
      <View className="enter-as-action">{say(isSignedOut ? 'list.signIn' : 'list.change')}</View>
    </View>
  );
});

function toSignIn(): void {
  void Taro.reLaunch({ url: routes.login });
}
