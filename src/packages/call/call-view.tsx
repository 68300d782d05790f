import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { goBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useRinging } from '@/components/call/use-ringing';
import type { AccountStores, CallState, Language } from '@/stores';
import { CallButtons } from './call-buttons';
import { CallTimer } from './call-timer';
import { callTexts, endKey } from './texts';
import './call.scss';

/** How long the end of the call is shown. */
const END_MS = 1500;

/** The page of a call, for both sides. Audio and video are the product's: see docs/calls.md. */
export const CallView = observer(function CallView() {
  const { account, settings } = useStores();
  const isOver = !account?.call.active;
  // Also covers a page that is opened after the end of the call.
  useEffect(() => {
    if (!isOver) return;
    const timer = setTimeout(() => {
      account?.call.dismiss();
      // Navigates without this page's gate: the call may end while the app is in the background.
      void goBack({ settings }, { url: routes.conversations, way: 'restart' });
    }, END_MS);
    return () => clearTimeout(timer);
  }, [account, settings, isOver]);
  useRinging(account?.call.state.name === 'ringing');
  if (account && account.call.state.name !== 'idle')
    return <Talk account={account} state={account.call.state} />;
  return (
    <View className="talk">
      <View className="talk-note" ariaRole="alert">
        {callTexts(settings.language)('none')}
      </View>
    </View>
  );
});

interface TalkProps {
  account: AccountStores;
  state: Exclude<CallState, { name: 'idle' }>;
}

const Talk = observer(function Talk({ account, state }: TalkProps) {
  const { settings } = useStores();
  const { call, users } = account;
  const { peerId } = state.call;
  const peer = users.get(peerId);
  return (
    <View className="talk">
      <View className="talk-peer">
        <Avatar accountId={peerId} name={peer.name} url={peer.avatar} large />
        <View className="talk-name ellipsis">{peer.name}</View>
        {state.name === 'inCall' && <CallTimer since={state.since} />}
        <View className="talk-note" ariaRole="alert">
          {noteOf(state, call.devices, settings.language)}
        </View>
      </View>
      <CallButtons call={call} />
    </View>
  );
});

function noteOf(
  state: TalkProps['state'],
  devices: AccountStores['call']['devices'],
  language: Language,
): string {
  const t = callTexts(language);
  const isVideo = devices.type === 'video';
  switch (state.name) {
    case 'calling':
      return t('calling');
    case 'ringing':
      return isVideo ? t('invitesVideo') : t('invitesAudio');
    case 'connecting':
      return t('connecting');
    case 'inCall':
      if (devices.peerMuted) return t('peerMuted');
      return isVideo && !devices.peerCamera ? t('peerCameraOff') : '';
    case 'ended': {
      const text = t(endKey(state.cause, state.call.direction));
      return state.code ? `${text} ${reasonText(state.code, language)}` : text;
    }
  }
}
