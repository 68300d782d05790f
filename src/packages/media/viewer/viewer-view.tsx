import { type CommonEvent, Swiper, SwiperItem, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useCallback, useEffect, useState } from 'react';
import { sizeText } from '@/components/format/file-name';
import { mediaRequests } from '@/components/media/media-request';
import { saveMedia } from '@/components/media/save-media';
import { mediaTexts } from '@/components/media/texts';
import { tellFailure } from '@/components/page/dialogs';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { wxCall } from '@/components/page/wx-call';
import { EmptyState } from '@/components/ui/empty-state';
import { MediaList } from './media-list';
import { MediaPlace } from './media-place';
import './viewer.scss';

/** The full screen of a picture; a swipe leads to the other pictures and videos of the conversation. */
export const ViewerView = observer(function ViewerView() {
  const t = useTexts(mediaTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  const [list] = useState(() => {
    const { viewer } = mediaRequests;
    return viewer && new MediaList(viewer.source, viewer.id);
  });
  useEffect(() => {
    list?.loadAhead();
    return () => {
      list?.dispose();
      mediaRequests.viewer = null;
    };
  }, [list]);
  if (!list?.current && !list?.items.length) {
    return (
      <EmptyState
        title={t('closed')}
        hint={t('closedHint')}
        action={t('close')}
        onAction={goBack}
      />
    );
  }
  return (
    <View className="view-page">
      <Pages key={list.round} list={list} close={goBack} />
      <Bar list={list} />
    </View>
  );
});

interface PagesProps {
  list: MediaList;
  close: () => void;
}

/** Every place is a swiper item, and only three of them have a content. */
const Pages = observer(function Pages({ list, close }: PagesProps) {
  const onChange = useCallback(
    ({ detail }: { detail: { current: number } }) => list.show(detail.current),
    [list],
  );
  const onRest = useCallback(() => list.settle(), [list]);
  return (
    <Swiper
      className="view-swiper"
      current={list.place}
      onChange={onChange}
      onAnimationFinish={onRest}
    >
      {Array.from({ length: list.count }, (_, place) => (
        <SwiperItem key={place} className="view-item">
          <NearPlace list={list} place={place} close={close} />
        </SwiperItem>
      ))}
    </Swiper>
  );
});

const NearPlace = observer(function NearPlace(props: PagesProps & { place: number }) {
  const { list, place } = props;
  return Math.abs(list.place - place) <= 1 ? <MediaPlace {...props} /> : null;
});

/** The actions below the picture. */
const Bar = observer(function Bar({ list }: { list: MediaList }) {
  const t = useTexts(mediaTexts);
  const { settings } = useStores();
  const { current } = list;
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const item = list.current;
      if (!item) return;
      const { action } = currentTarget.dataset as { action?: string };
      if (action === 'save') void saveMedia(item, settings.language);
      else if (action === 'original') list.showOriginal(item.id);
      else void zoom(list, item.url, settings.language);
    },
    [list, settings],
  );
  const hasOriginal =
    current?.kind === 'image' &&
    current.screenUrl !== current.url &&
    !list.originals.has(current.id);
  const canZoom = process.env.TARO_ENV === 'weapp' && current?.kind === 'image';
  const classOf = (isShown: boolean) => (isShown ? 'view-action' : 'view-hidden');
  return (
    <View className="view-bar">
      <View
        className={classOf(hasOriginal)}
        data-action="original"
        ariaRole="button"
        onClick={onTap}
      >
        {hasOriginal && t('original', { size: sizeText(current.size) })}
      </View>
      <View className={classOf(canZoom)} data-action="zoom" ariaRole="button" onClick={onTap}>
        {t('zoom')}
      </View>
      <View
        className={classOf(current !== undefined)}
        data-action="save"
        ariaRole="button"
        onClick={onTap}
      >
        {t('save')}
      </View>
    </View>
  );
});

/** WeChat's own viewer zooms with two fingers; it gets the loaded pictures of the conversation. */
async function zoom(
  list: MediaList,
  current: string,
  language: Parameters<typeof tellFailure>[1],
): Promise<void> {
  const urls = list.items.flatMap(({ kind, url }) => (kind === 'image' ? url : []));
  const shown = await wxCall(() => Taro.previewImage({ current, urls }));
  if (!shown.ok) tellFailure(shown.failure, language);
}
