import Taro from '@tarojs/taro';
import { autorun } from 'mobx';
import { systemClock } from '@/platform';
import type { RootStore } from '@/stores';
import { addressInHost, ownPagesOnTop } from './host-navigation';
import { wxCall } from './wx-call';

/** Many messages at once are one sound. */
const PAUSE_MS = 2000;
/** The list counts a message at most this long after it has arrived. */
const COUNTED_MS = 1500;
const SOUND =
  process.env.TARO_ENV === 'h5' ? './assets/notice.wav' : addressInHost('/assets/notice.wav');

/**
 * A sound and a vibration when a message arrives and the number of unread messages grows. Muted chats do not count, the
 * chat on the screen has no unread messages, and what a sync brings was not sent now. Returns the end.
 */
export function watchArrivals(root: RootStore): () => void {
  let arrivedAt = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let known: { of: object | null; unread: number } = { of: null, unread: 0 };
  const stopListening = autorun(() => {
    const connection = root.account?.connection;
    connection?.listen('message', 'onReceiveMessages', (messages) => {
      const isNow = connection.state.name === 'online';
      if (isNow && messages.some(({ isSelf }) => !isSelf)) arrivedAt = systemClock.now();
    });
  });
  const stopCounting = autorun(() => {
    const { account } = root;
    const unread = account?.conversations.totalUnread ?? 0;
    const grows = known.of === account && unread > known.unread;
    known = { of: account, unread };
    const isInCall = account !== null && account.call.state.name !== 'idle';
    const now = systemClock.now();
    const isNow = Math.abs(now - arrivedAt) < COUNTED_MS;
    if (!grows || !isNow || isInCall || Math.abs(now - last) < PAUSE_MS) return;
    last = now;
    // Over a page of the host the host decides how to tell.
    if (process.env.APP_EMBED_ROOT && ownPagesOnTop() === 0) return;
    if (root.settings.isOn('vibration')) void wxCall(() => Taro.vibrateShort({ type: 'medium' }));
    if (root.settings.isOn('sounds')) playOnce();
  });
  return () => {
    stopListening();
    stopCounting();
  };
}

/** A browser plays nothing before the first tap; WeChat obeys the mute switch. */
function playOnce(): void {
  if (process.env.TARO_ENV === 'h5') {
    void wxCall(() => new Audio(SOUND).play());
    return;
  }
  void wxCall(() => {
    const sound = Taro.createInnerAudioContext();
    const end = () => void wxCall(() => sound.destroy());
    sound.onEnded(end);
    sound.onError(end);
    sound.src = SOUND;
    sound.play();
  });
}
