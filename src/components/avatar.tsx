import { Image, View } from '@tarojs/components';
import { memo, useCallback, useState } from 'react';
import { classes } from './classes';
import { avatarColour, initialOf } from './format/initial';

interface AvatarProps {
  accountId: string;
  name: string;
  url?: string | undefined;
  small?: boolean;
  large?: boolean;
}

/** A picture; a coloured square with an initial where there is none or it does not load. */
export const Avatar = memo(function Avatar({ accountId, name, url, small, large }: AvatarProps) {
  const [brokenUrl, setBrokenUrl] = useState('');
  const onError = useCallback(() => setBrokenUrl(url ?? ''), [url]);
  const size = small ? 'av-s' : large && 'av-l';
  return url && url !== brokenUrl ? (
    <Image className={classes('av', size)} src={url} mode="aspectFill" lazyLoad onError={onError} />
  ) : (
    <View className={classes('av', size, `av-${avatarColour(accountId)}`)}>{initialOf(name)}</View>
  );
});
