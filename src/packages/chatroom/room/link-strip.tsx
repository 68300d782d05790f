import { View } from '@tarojs/components';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { useT } from '@/components/use-t';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

const OFFLINE = 600103;

/** Says that the room's link was lost, or that messages are missing. Tapping it tries again at once. */
export function LinkStrip({ room }: { room: RoomStore }) {
  return (
    <Place>
      <Strip room={room} />
    </Place>
  );
}

const Strip = observer(function Strip({ room }: { room: RoomStore }) {
  const say = useSay();
  const t = useT();
  const { state, talk } = room;
  const isLost = state.name === 'reconnecting';
  if (!isLost && !talk.isIncomplete) return null;
  const key = isLost
    ? state.reason === OFFLINE
      ? 'room.offline'
      : 'room.reconnecting'
    : 'room.error';
  return (
    <View
      className="banner"
      ariaRole="button"
      onClick={() => (isLost ? room.retryNow() : void talk.fillIn())}
    >
      <View className="banner-sign">!</View>
      <View className="banner-text">{say(key)}</View>
      <View className="banner-action">{t('common.retry')}</View>
    </View>
  );
});
