import { useMemo } from 'react';
import type { OutgoingFile } from '@/stores';
import type { ListScroll } from '../message-list/list-scroll';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { chooseMedia } from './choose-media';
import type { MoreItem } from './more-panel';
import { composerTexts } from './texts';

/** A chat or a room, as far as the panel writes to it. */
export interface FileReceiver {
  sendFile(outgoing: OutgoingFile): unknown;
}

/** The actions that choose pictures and videos and send them. */
export function useMediaItems(receiver: FileReceiver, scroll: ListScroll): readonly MoreItem[] {
  const { settings } = useStores();
  const t = useTexts(composerTexts);
  return useMemo(() => {
    const send = async (source: 'album' | 'camera') => {
      const files = await chooseMedia(source, settings.language);
      for (const file of files) receiver.sendFile(file);
      if (files.length > 0) scroll.toEnd();
    };
    return [
      {
        key: 'album',
        className: 'more-album',
        label: t('album'),
        onTap: () => void send('album'),
      },
      {
        key: 'camera',
        className: 'more-camera',
        label: t('camera'),
        onTap: () => void send('camera'),
      },
    ];
  }, [receiver, scroll, settings, t]);
}
