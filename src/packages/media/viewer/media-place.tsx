import { Image, ScrollView, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import type { MediaItem } from '@/components/media/media-item';
import { mediaRequests } from '@/components/media/media-request';
import { mediaTexts } from '@/components/media/texts';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import type { MediaList } from './media-list';

interface PlaceProps {
  list: MediaList;
  place: number;
  close: () => void;
}

/** The picture or video at a place, or the state of the page that is to bring it. */
export const MediaPlace = observer(function MediaPlace({ list, place, close }: PlaceProps) {
  const item = list.at(place);
  if (!item) return <EmptyPlace list={list} place={place} />;
  if (item.kind === 'video') return <Poster key={item.id} item={item} />;
  const url = list.originals.has(item.id) ? item.url : item.screenUrl;
  return <Picture key={`${item.id} ${url}`} item={item} url={url} close={close} />;
});

interface PictureProps {
  item: MediaItem;
  url: string;
  close: () => void;
}

/** Height of a picture in widths from which it is scrolled in full width: a long screenshot. */
const LONG = 3;

/** A picture on the full screen. It shows the thumbnail of the list until the larger picture is loaded. */
const Picture = observer(function Picture({ item, url, close }: PictureProps) {
  const t = useTexts(mediaTexts);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const onLoad = useCallback(() => setState('shown'), []);
  const onError = useCallback(() => setState('failed'), []);
  const retry = useCallback(() => setState('loading'), []);
  const { thumbUrl, width, height } = item;
  const isLong = width > 0 && height > width * LONG;
  const image = state !== 'failed' && (
    <Image
      className={isLong ? 'view-long' : 'view-image'}
      src={url}
      mode={isLong ? 'widthFix' : 'aspectFit'}
      showMenuByLongpress
      onLoad={onLoad}
      onError={onError}
    />
  );
  return (
    <View
      className="view-place"
      ariaRole="button"
      ariaLabel={t(state === 'failed' ? 'broken' : 'close')}
      onClick={state === 'failed' ? retry : close}
    >
      {isLong ? (
        <ScrollView className="view-scroll" scrollY>
          {image}
        </ScrollView>
      ) : (
        <>
          <Image
            className={state === 'shown' ? 'view-hidden' : 'view-thumb'}
            src={thumbUrl}
            mode="aspectFit"
          />
          {image}
        </>
      )}
      <View className={STATE_CLASS[state]}>{state === 'failed' && t('broken')}</View>
    </View>
  );
});

const STATE_CLASS = {
  loading: 'view-spinner',
  shown: 'view-hidden',
  failed: 'view-note',
} as const;

const Poster = observer(function Poster({ item }: { item: MediaItem }) {
  const t = useTexts(mediaTexts);
  const navigate = useNavigate();
  const play = () => {
    mediaRequests.video = item;
    navigate(routes.video);
  };
  return (
    <View className="view-place" ariaRole="button" ariaLabel={t('play')} onClick={play}>
      {item.screenUrl && <Image className="view-image" src={item.screenUrl} mode="aspectFit" />}
      <View className="view-play" />
    </View>
  );
});

const EmptyPlace = observer(function EmptyPlace({ list, place }: Omit<PlaceProps, 'close'>) {
  const t = useTexts(mediaTexts);
  const side = list.sideOf(place);
  const state = list.sides[side];
  if (state === 'failed') {
    return (
      <View className="view-place" ariaRole="button" onClick={() => void list.load(side)}>
        <View className="view-note">{t('moreFailed')}</View>
      </View>
    );
  }
  return (
    <View className="view-empty">
      {state === 'end' ? (
        <View className="view-note">{t(side === 'older' ? 'noOlder' : 'noNewer')}</View>
      ) : (
        <View className="view-spinner" ariaLabel={t('loadingMore')} />
      )}
    </View>
  );
});
