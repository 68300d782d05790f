import { Image, View } from '@tarojs/components';
import { memo } from 'react';
import { avatarColour, initialOf } from '@/components/format/initial';
import { PictureRetry, usePicture } from '@/components/ui/picture-retry';

interface RoomCoverProps {
  roomId: string;
  name: string;
  cover: string;
}

/** The room's picture, or a coloured square with its initial when there is none. */
export const RoomCover = memo(function RoomCover({ roomId, name, cover }: RoomCoverProps) {
  const { broken, onError, retry } = usePicture(cover);
  return cover && !broken ? (
    <Image className="room-cover" src={cover} mode="aspectFill" lazyLoad onError={onError} />
  ) : (
    <View className={`room-cover av-${avatarColour(roomId)}`}>
      {initialOf(name)}
      {broken && <PictureRetry retry={retry} />}
    </View>
  );
});
