import { View } from '@tarojs/components';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { useT } from '@/components/use-t';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

const OFFLINE = 600103;

/** Says that the room's link was lost. Tapping it tries again at once. */
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
  const { state } = room;
  if (state.name !== 'reconnecting') return null;
  return (
    <View className="banner" ariaRole="button" onClick={() => room.retryNow()}>
      <View className="banner-sign">!</View>
      <View className="banner-text">
        {say(state.reason === OFFLINE ? 'room.offline' : 'room.reconnecting')}
      </View>
      <View className="banner-action">{t('common.retry')}</View>
    </View>
  );
});
