import { useCallback, useMemo } from 'react';
import { useCardItems } from '@/components/composer/card-items';
import { type FilePlaceReceiver, useFileItems } from '@/components/composer/file-items';
import { useMediaItems } from '@/components/composer/media-items';
import type { MoreItem } from '@/components/composer/more-panel';
import type { ListScroll } from '@/components/message-list/list-scroll';
import type { RoomStore } from '../stores/room-store';

/** The actions of a room's "+" panel. */
export function useMoreItems(room: RoomStore, scroll: ListScroll): readonly MoreItem[] {
  const receiver = useMemo(() => receiverOf(room), [room]);
  const media = useMediaItems(room, scroll);
  const files = useFileItems(receiver, scroll);
  const sendCustom = useCallback(
    (json: string) => room.sendMessage(room.creator.createCustomMessage(json)),
    [room],
  );
  const card = useCardItems(sendCustom, scroll);
  return useMemo(() => [...media, ...files, ...card], [media, files, card]);
}

function receiverOf(room: RoomStore): FilePlaceReceiver {
  return {
    sendFile: (file) => room.sendFile(file),
    sendPlace: ({ latitude, longitude, title, address }) => {
      const message = room.creator.createLocationMessage(latitude, longitude, address);
      room.sendMessage({ ...message, text: title });
    },
  };
}
