import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { Button } from '@/components/button';
import { observer } from '@/components/observer';
import { roomRoutes } from '../routes';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

/** While the room is being entered; cancelling leads back, and the page that goes leaves the room. */
export const Entering = observer(function Entering({ room }: { room: RoomStore | null }) {
  const say = useSay();
  if (room?.state.name === 'exited') return null;
  const attempt = room?.state.name === 'entering' ? room.state.attempt : 1;
  return (
    <View className="entering" ariaRole="alert">
      <View className="entering-spinner" />
      <View className="entering-text">
        {attempt > 1 ? say('room.enteringAgain', { attempt }) : say('room.entering')}
      </View>
      <Button kind="quiet" onClick={backToList}>
        {say('room.cancel')}
      </Button>
    </View>
  );
});

/** A page that was opened by its address has nothing behind it. */
export function backToList(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.redirectTo({ url: roomRoutes.list });
}
