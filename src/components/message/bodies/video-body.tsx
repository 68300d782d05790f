import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { appTexts } from '@/i18n';
import { isRemote } from '@/sdk/media-urls';
import { durationText } from '../../format/duration';
import { sizeText } from '../../format/file-name';
import { boxOf, coverOf } from '../../media/picture-box';
import { posterOf } from '../../media/posters';
import { useSaver } from '../../media/use-saver';
import { useSources } from '../../media/use-sources';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import { bubbleId } from '../../ui/bubble-id';
import type { BodyProps } from '../body-props';
import { UploadProgress } from '../upload-progress';
import { NamedBody } from './named-body';

/** The poster of a video, with its length and size. A tap plays it, also when the poster cannot be loaded. */
export const VideoBody = observer(function VideoBody(props: BodyProps<'video'>) {
  const { row, content, actions } = props;
  const t = useTexts(appTexts);
  const { messageClientId: id, mine } = row;
  // Another user's message may name a file of this device, or no address at all.
  const url = mine || isRemote(content.url) ? content.url : '';
  // The own poster stays after the upload: the view neither loads nor receives another address.
  const [ownPoster] = useState(mine ? posterOf(url) : '');
  const { src, onError } = useSources([ownPoster, coverOf(content, actions.mediaUrls)]);
  // The poster of a held video is not loaded; the video itself is loaded after a tap in any case.
  const [isHeld] = useSaver(mine);
  if (!url) return <NamedBody {...props} />;
  const { width, height } = boxOf(content);
  const { duration, size } = content;
  const length = duration > 0 ? durationText(Math.max(1, Math.round(duration / 1000))) : '';
  return (
    <View
      id={bubbleId(id)}
      className="picture video"
      style={{ width: `${width}PX`, height: `${height}PX` }}
      data-id={id}
      ariaRole="button"
      ariaLabel={t('media.video')}
      onClick={actions.preview}
      onLongPress={actions.openMenu}
    >
      {src && !isHeld && (
        <Image className="pic-img" src={src} mode="aspectFill" onError={onError} />
      )}
      {/* The progress stands in the place of the play sign. */}
      <View className={row.status === 'sending' ? 'picture-done' : 'video-note'}>
        {[sizeText(size), length].filter(Boolean).join(' · ')}
      </View>
      {mine && <UploadProgress row={row} />}
    </View>
  );
});
