import type { MediaUrls } from '@/sdk/media-urls';
import { type MediaItem, mediaItem, type MediaMessage } from './media-item';

/** The side of a message on which more are asked for. */
export type Side = 'older' | 'newer';

/** The pictures and videos of a conversation. */
export interface MediaSource {
  /** Those in memory, oldest first. */
  readonly items: readonly MediaItem[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Up to 30 of the server beside an item, oldest first; none when there are no more. @throws ConnectionError */
  more(side: Side, beside: MediaItem): Promise<readonly MediaItem[]>;
}

interface SourceOptions<M extends MediaMessage> {
  /** The messages in memory without recalled ones, oldest first. */
  messages: readonly M[];
  hasOlder: boolean;
  hasNewer: boolean;
  urls: MediaUrls;
  /** A page of pictures and videos beside a message, in any order; it may have the message itself. */
  page(side: Side, beside: M): Promise<readonly M[]>;
}

/** The source of a chat or of a room. */
export function mediaSource<M extends MediaMessage>(options: SourceOptions<M>): MediaSource {
  const { messages, hasOlder, hasNewer, urls, page } = options;
  const itemsOf = (found: readonly M[]) =>
    found.flatMap((message) => mediaItem(message, urls) ?? []);
  return {
    items: itemsOf(messages),
    hasOlder,
    hasNewer,
    more: async (side, beside) => {
      const { createTime } = beside.message;
      const found = (await page(side, beside.message as M)).filter(
        (one) =>
          one.messageClientId !== beside.id &&
          (side === 'older' ? one.createTime <= createTime : one.createTime >= createTime),
      );
      return itemsOf([...found].sort((a, b) => a.createTime - b.createTime));
    },
  };
}
