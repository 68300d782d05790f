import { Image, View } from '@tarojs/components';
import { memo } from 'react';
import { classes } from './classes';
import { avatarColour, initialOf } from '../format/initial';
import { PictureRetry, usePicture } from './picture-retry';

interface AvatarProps {
  accountId: string;
  name: string;
  url?: string | undefined;
  small?: boolean;
  large?: boolean;
  onHold?: () => void;
  onTap?: () => void;
}

/** A picture, or a coloured square with an initial when there is no picture or it does not load. */
export const Avatar = memo(function Avatar({
  accountId,
  name,
  url,
  small,
  large,
  onHold,
  onTap,
}: AvatarProps) {
  const { broken, onError, retry } = usePicture(url);
  const size = small ? 'av-s' : large && 'av-l';
  return url && !broken ? (
    <Image
      className={classes('av', size)}
      src={url}
      mode="aspectFill"
      lazyLoad
      onError={onError}
      onClick={onTap}
      onLongPress={onHold}
    />
  ) : (
    <View
      className={classes('av', size, `av-${avatarColour(accountId)}`)}
      ariaRole={onTap && 'button'}
      onClick={onTap}
      onLongPress={onHold}
    >
      {initialOf(name)}
      {broken && <PictureRetry retry={retry} />}
    </View>
  );
});
