import { type CommonEvent, View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { shortCount } from '../short-count';
import type { RoomSummary } from '../stores/room-server';
import { RoomCover } from './room-cover';
import { chatroomTexts } from '../texts';

interface RoomItemProps {
  room: RoomSummary;
  onOpen: (event: CommonEvent) => void;
}

export const RoomItem = observer(function RoomItem({ room, onOpen }: RoomItemProps) {
  const { roomId, roomName, cover, announcement, onlineUserCount, live } = room;
  const { language } = useStores().settings;
  const t = useTexts(chatroomTexts);
  return (
    <View
      className="room-item"
      hoverClass="pressed"
      data-id={roomId}
      ariaRole="button"
      onClick={onOpen}
    >
      <RoomCover roomId={roomId} name={roomName} cover={cover} />
      <View className="room-words">
        <View className="room-line">
          <View className="room-name ellipsis">{roomName}</View>
          <View className={live ? 'room-live' : 'room-not-live'}>{t('list.live')}</View>
        </View>
        <View className="room-line">
          <View className="room-note ellipsis">{announcement}</View>
          <View className="room-online">
            {t('list.online', { count: shortCount(onlineUserCount, language) })}
          </View>
        </View>
      </View>
    </View>
  );
});
