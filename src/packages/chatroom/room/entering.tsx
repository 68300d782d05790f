import { View } from '@tarojs/components';
import { Button } from '@/components/ui/button';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { roomRoutes } from '../routes';
import type { RoomStore } from '../stores/room-store';
import { chatroomTexts } from '../texts';

/** Shown while the room is being entered. The cancel button goes back; closing the page leaves the room. */
export const Entering = observer(function Entering({ room }: { room: RoomStore | null }) {
  const t = useTexts(chatroomTexts);
  const backToList = useGoBack(roomRoutes.list, 'replace');
  if (room?.state.name === 'exited') return null;
  const attempt = room?.state.name === 'entering' ? room.state.attempt : 1;
  return (
    <View className="entering" ariaRole="alert">
      <View className="entering-spinner" />
      <View className="entering-text">
        {attempt > 1 ? t('room.enteringAgain', { attempt }) : t('room.entering')}
      </View>
      <Button kind="quiet" onClick={backToList}>
        {t('room.cancel')}
      </Button>
    </View>
  );
});
