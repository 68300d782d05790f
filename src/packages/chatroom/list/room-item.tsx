import { type CommonEvent, View } from '@tarojs/components';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import { shortCount } from '../short-count';
import type { RoomSummary } from '../stores/room-server';
import { useSay } from '../use-chatroom';
import { RoomCover } from './room-cover';

interface RoomItemProps {
  room: RoomSummary;
  onOpen: (event: CommonEvent) => void;
}

export const RoomItem = observer(function RoomItem({ room, onOpen }: RoomItemProps) {
  const { roomId, roomName, cover, announcement, onlineUserCount, live } = room;
  const { language } = useStores().settings;
  const say = useSay();
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
          <View className={live ? 'room-live' : 'room-not-live'}>{say('list.live')}</View>
        </View>
        <View className="room-line">
          <View className="room-note ellipsis">{announcement}</View>
          <View className="room-online">
            {say('list.online', { count: shortCount(onlineUserCount, language) })}
          </View>
        </View>
      </View>
    </View>
  );
});
