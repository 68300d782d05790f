import { Code } from '@/sdk/codes';
import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { Slot } from '@/components/ui/slot';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { RoomStore } from '../stores/room-store';
import { chatroomTexts } from '../texts';

/** Says that the room's link is lost, or that messages are missing. A tap tries again at once. */
export function LinkStrip({ room }: { room: RoomStore }) {
  return (
    <Slot>
      <Strip room={room} />
    </Slot>
  );
}

const Strip = observer(function Strip({ room }: { room: RoomStore }) {
  const t = useTexts(chatroomTexts);
  const appT = useTexts(appTexts);
  const { state, feed } = room;
  const isLost = state.name === 'reconnecting';
  if (!isLost && !feed.isIncomplete) return null;
  const key = isLost
    ? state.reason === Code.offline
      ? 'room.offline'
      : 'room.reconnecting'
    : 'room.error';
  return (
    <View
      className="banner"
      ariaRole="button"
      onClick={() => (isLost ? room.retryNow() : void feed.fillIn())}
    >
      <View className="banner-sign">!</View>
      <View className="banner-text">{t(key)}</View>
      <View className="banner-action">{appT('common.retry')}</View>
    </View>
  );
});
