import { Image, View } from '@tarojs/components';
import { memo } from 'react';
import { classes } from './classes';
import { avatarColour, initialOf } from './format/initial';
import { PictureRetry, usePicture } from './picture-retry';

interface AvatarProps {
  accountId: string;
  name: string;
  url?: string | undefined;
  small?: boolean;
  large?: boolean;
}

/** A picture; a coloured square with an initial where there is none or it does not load. */
export const Avatar = memo(function Avatar({ accountId, name, url, small, large }: AvatarProps) {
  const { broken, onError, retry } = usePicture(url);
  const size = small ? 'av-s' : large && 'av-l';
  return url && !broken ? (
    <Image className={classes('av', size)} src={url} mode="aspectFill" lazyLoad onError={onError} />
  ) : (
    <View className={classes('av', size, `av-${avatarColour(accountId)}`)}>
      {initialOf(name)}
      {broken && <PictureRetry retry={retry} />}
    </View>
  );
});
