import { useMemo } from 'react';
import type { ListScroll } from '../message-list/list-scroll';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { chooseFiles } from './choose-files';
import { choosePlace, type Place } from './choose-place';
import type { FileReceiver } from './media-items';
import type { MoreItem } from './more-panel';
import { composerTexts } from './texts';

/** A chat or a room, as far as these actions write to it. */
export interface FilePlaceReceiver extends FileReceiver {
  sendPlace(place: Place): unknown;
}

/** The actions that choose files and places and send them. */
export function useFileItems(receiver: FilePlaceReceiver, scroll: ListScroll): readonly MoreItem[] {
  const { settings } = useStores();
  const t = useTexts(composerTexts);
  return useMemo(() => {
    const sendFiles = async () => {
      const files = await chooseFiles(settings.language);
      for (const file of files) receiver.sendFile(file);
      if (files.length > 0) scroll.toEnd();
    };
    const sendPlace = async () => {
      const place = await choosePlace(settings.language);
      if (!place) return;
      receiver.sendPlace(place);
      scroll.toEnd();
    };
    return [
      {
        key: 'file',
        className: 'more-file',
        label: t('file'),
        onTap: () => void sendFiles(),
      },
      {
        key: 'place',
        className: 'more-place',
        label: t('place'),
        onTap: () => void sendPlace(),
      },
    ];
  }, [receiver, scroll, settings, t]);
}
