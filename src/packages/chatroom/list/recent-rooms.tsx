import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import type { RoomListStore } from '../stores/room-list-store';
import { RoomCover } from './room-cover';
import { chatroomTexts } from '../texts';

interface RecentRoomsProps {
  list: RoomListStore;
  onOpen: (event: CommonEvent) => void;
}

/** Recently visited rooms, the newest first. */
export const RecentRooms = observer(function RecentRooms({ list, onOpen }: RecentRoomsProps) {
  const t = useTexts(chatroomTexts);
  if (list.recent.length === 0) return null;
  return (
    <>
      <View className="rooms-title">{t('list.recent')}</View>
      <ScrollView className="recent" scrollX enhanced showScrollbar={false}>
        <View className="recent-row">
          {list.recent.map(({ roomId, roomName, cover }, place) => (
            <View
              key={place}
              className="recent-room"
              data-id={roomId}
              ariaRole="button"
              ariaLabel={roomName}
              onClick={onOpen}
            >
              <RoomCover roomId={roomId} name={roomName} cover={cover} />
              <View className="recent-name ellipsis">{roomName}</View>
            </View>
          ))}
        </View>
      </ScrollView>
    </>
  );
});
