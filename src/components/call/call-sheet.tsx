import { View } from '@tarojs/components';
import type { AccountStores, Call } from '@/stores';
import { appTexts } from '@/i18n';
import { Avatar } from '../ui/avatar';
import { useNavigate } from '../page/navigate';
import { observer } from '../page/observer';
import { Slot } from '../ui/slot';
import { routes } from '../page/routes';
import { useStores } from '../page/stores-context';
import { useRinging } from './use-ringing';
import { useTexts } from '../page/use-texts';

/**
 * Shows the incoming call over every page, and the way back to a running call. Without a call it renders
 * nothing, so nothing is sent to the view.
 */
export function CallSheet() {
  return (
    <Slot className="call-place">
      <Sheet />
    </Slot>
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
  const t = useTexts(appTexts);
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
  const t = useTexts(appTexts);
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
