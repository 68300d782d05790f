import { Image, View } from '@tarojs/components';
import { memo, useCallback, useState } from 'react';
import { avatarColour, initialOf } from '@/components/format/initial';

interface RoomCoverProps {
  roomId: string;
  name: string;
  cover: string;
}

/** The room's picture; a coloured square with its initial where there is none. */
export const RoomCover = memo(function RoomCover({ roomId, name, cover }: RoomCoverProps) {
  const [broken, setBroken] = useState('');
  const onError = useCallback(() => setBroken(cover), [cover]);
  return cover && cover !== broken ? (
    <Image className="room-cover" src={cover} mode="aspectFill" lazyLoad onError={onError} />
  ) : (
    <View className={`room-cover av-${avatarColour(roomId)}`}>{initialOf(name)}</View>
  );
});
