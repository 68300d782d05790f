import { Video, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { mediaRequests } from '@/components/media/media-request';
import { saveMedia } from '@/components/media/save-media';
import { mediaTexts } from '@/components/media/texts';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import '../viewer/viewer.scss';

/** Degrees by which WeChat turns a wide video in its own full screen. */
const WIDE = 90;

/** Plays a video at once. When the video cannot be played, the page says so and tries again on demand. */
export const VideoView = observer(function VideoView() {
  const t = useTexts(mediaTexts);
  const { settings } = useStores();
  const goBack = useGoBack(routes.conversations, 'tab');
  const [video] = useState(() => mediaRequests.video);
  const [failed, setFailed] = useState(false);
  const onError = useCallback(() => setFailed(true), []);
  const retry = useCallback(() => setFailed(false), []);
  if (!video) {
    return (
      <EmptyState
        title={t('closed')}
        hint={t('closedHint')}
        action={t('close')}
        onAction={goBack}
      />
    );
  }
  const { url, thumbUrl, width, height } = video;
  return (
    <View className="view-page">
      {failed ? (
        <View className="view-fault">
          <View className="view-note">{t('videoBroken')}</View>
          <Button kind="quiet" onClick={retry}>
            {t('retry')}
          </Button>
        </View>
      ) : (
        <Video
          className="view-video"
          src={url}
          poster={thumbUrl}
          autoplay
          controls
          showCenterPlayBtn
          enablePlayGesture
          objectFit="contain"
          direction={width > height ? WIDE : 0}
          onError={onError}
        />
      )}
      <View className="view-bar">
        <View
          className="view-action"
          ariaRole="button"
          onClick={() => void saveMedia(video, settings.language)}
        >
          {t('save')}
        </View>
      </View>
    </View>
  );
});
