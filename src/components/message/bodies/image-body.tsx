import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { appTexts, type Translate } from '@/i18n';
import { isRemote } from '@/sdk/media-urls';
import { sizeText } from '../../format/file-name';
import { boxOf, thumbOf } from '../../media/picture-box';
import { useSaver } from '../../media/use-saver';
import { useSources } from '../../media/use-sources';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import { bubbleId } from '../../ui/bubble-id';
import { PictureRetry } from '../../ui/picture-retry';
import type { BodyProps } from '../body-props';
import { UploadProgress } from '../upload-progress';
import { NamedBody } from './named-body';

/** A picture, in a box of its shape. A tap opens it; when it cannot be loaded, a tap requests it again. */
export const ImageBody = observer(function ImageBody(props: BodyProps<'image'>) {
  const { row, content, actions } = props;
  const t = useTexts(appTexts);
  const { messageClientId: id, mine } = row;
  // Another user's message may name a file of this device, or no address at all.
  const url = mine || isRemote(content.url) ? content.url : '';
  // The own file stays after the upload: the view neither loads nor receives another address.
  const [ownFile] = useState(mine && !isRemote(url) ? url : '');
  const { src, onError, retry } = useSources([ownFile, thumbOf(content, actions.mediaUrls), url]);
  const [isHeld, load] = useSaver(mine);
  if (!url) return <NamedBody {...props} />;
  const { width, height } = boxOf(content);
  return (
    <View
      id={bubbleId(id)}
      className="picture"
      style={{ width: `${width}PX`, height: `${height}PX` }}
      data-id={id}
      ariaRole="button"
      ariaLabel={isHeld ? tapText(content.size, t) : t(src ? 'media.image' : 'media.imageBroken')}
      onClick={isHeld ? load : src ? actions.preview : retry}
      onLongPress={actions.openMenu}
    >
      {isHeld ? (
        <View className="picture-broken">{tapText(content.size, t)}</View>
      ) : src ? (
        <Image className="pic-img" src={src} mode="aspectFill" onError={onError} />
      ) : (
        <View className="picture-broken">
          <PictureRetry retry={retry} />
          {t('common.retry')}
        </View>
      )}
      {mine && <UploadProgress row={row} />}
    </View>
  );
});

/** The label of a picture that waits for a tap, with its size when the message has it. */
function tapText(size: number, t: Translate): string {
  return t('media.tapToLoad', { size: sizeText(size) });
}
