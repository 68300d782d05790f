import { View } from '@tarojs/components';
import type { AccountStores, Call } from '@/stores';
import { Avatar } from './avatar';
import { useNavigate } from './navigate';
import { observer } from './observer';
import { Place } from './place';
import { routes } from './routes';
import { useStores } from './stores-context';
import { useRinging } from './use-ringing';
import { useT } from './use-t';

/**
 * Over every page: who is calling, and the way back to a call that goes on. Renders nothing, and so sends
 * nothing to the view, while there is no call.
 */
export function CallSheet() {
  return (
    <Place className="call-place">
      <Sheet />
    </Place>
  );
}

const Sheet = observer(function Sheet() {
  const { account } = useStores();
  const call = account?.call.active;
  if (!account || !call) return null;
  return account.call.incoming ? (
    <Incoming account={account} call={call} />
  ) : (
    <Running account={account} />
  );
});

interface IncomingProps {
  account: AccountStores;
  call: Call;
}

const Incoming = observer(function Incoming({ account, call: { peerId } }: IncomingProps) {
  const t = useT();
  const { call, users } = account;
  const peer = users.get(peerId);
  const openCall = useOpenCall();
  useRinging(true);
  const accept = () => {
    call.accept();
    openCall();
  };
  return (
    <View className="call-sheet" ariaRole="alert">
      <Avatar accountId={peerId} name={peer.name} url={peer.avatar} />
      <View className="call-who" onClick={openCall} ariaRole="button">
        <View className="call-name ellipsis">{peer.name}</View>
        <View className="call-note ellipsis">
          {t(call.devices.type === 'video' ? 'call.invitesVideo' : 'call.invitesAudio')}
        </View>
      </View>
      <View
        className="call-round call-down"
        ariaRole="button"
        ariaLabel={t('call.reject')}
        onClick={() => call.reject()}
      />
      <View
        className="call-round call-up"
        ariaRole="button"
        ariaLabel={t('call.accept')}
        onClick={accept}
      />
    </View>
  );
});

const Running = observer(function Running({ account }: { account: AccountStores }) {
  const t = useT();
  const openCall = useOpenCall();
  const { devices } = account.call;
  return (
    <View className="call-strip" ariaRole="button" onClick={openCall}>
      {t('call.return', { call: t(devices.type === 'video' ? 'call.video' : 'call.audio') })}
    </View>
  );
});

function useOpenCall(): () => void {
  const navigate = useNavigate();
  return () => navigate(routes.call);
}
