import { View } from '@tarojs/components';
import { Button } from '@/components/button';
import { useGoBack } from '@/components/navigate';
import { observer } from '@/components/observer';
import { roomRoutes } from '../routes';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';

/** While the room is being entered; cancelling leads back, and the page that goes leaves the room. */
export const Entering = observer(function Entering({ room }: { room: RoomStore | null }) {
  const say = useSay();
  const backToList = useGoBack(roomRoutes.list, 'replace');
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
