import { soundMessage } from '@/sdk/sound-message';
import type { FeedSource, Page } from '@/stores/messages/feed';
import { QueryDirection } from '../connection/constants';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk-types';
import { hasLine } from './room-entry';
import { PAGE_ROWS } from './room-window';

const LARGEST_PAGE = 400;
/** The largest page that the SDK documents. */
const WHOLE_PAGE = 100;

/** The messages in memory, between which the pages fit. */
export interface LoadedMessages {
  /** Server time of the oldest message in memory; 0 without one. */
  readonly oldestTime: number;
  readonly newestTime: number;
  readonly known: (message: RoomMessage) => boolean;
}

/** The server's messages of a room. Pages are oldest first. @throws ConnectionError from every method */
export class RoomHistory implements FeedSource<RoomMessage> {
  constructor(
    private readonly connection: ChatroomConnection,
    private readonly loaded: LoadedMessages,
  ) {}

  async newest(): Promise<Page<RoomMessage>> {
    return reversed(await this.page(QueryDirection.DESC, 0, () => false));
  }

  /** A page that ends with the oldest loaded message and has a message that is not loaded, if there is one. */
  async older(): Promise<Page<RoomMessage>> {
    const { oldestTime, known } = this.loaded;
    return reversed(await this.page(QueryDirection.DESC, oldestTime, known));
  }

  async newer(): Promise<Page<RoomMessage>> {
    const { newestTime, known } = this.loaded;
    return await this.page(QueryDirection.ASC, newestTime, known);
  }

  /** The newest messages as the server gives them, newest first: to compare with the messages in memory. */
  async newestRaw(): Promise<readonly RoomMessage[]> {
    return await this.ask(QueryDirection.DESC, 0, WHOLE_PAGE);
  }

  /**
   * Pages overlap in the millisecond in which they meet. After a page with nothing new that has a line, the
   * next page is fetched: with nothing to show, the reader could not ask for more. A page that does not get
   * beyond its millisecond is fetched larger, then one millisecond further. Only a page with nothing new that is
   * clearly shorter than its limit is the last: a server may leave messages out of a page that it has counted.
   */
  private async page(
    direction: number,
    beginTime: number,
    known: LoadedMessages['known'],
  ): Promise<Page<RoomMessage>> {
    const passed = new Map<string, RoomMessage>();
    let limit = PAGE_ROWS;
    for (let time = beginTime; ;) {
      const messages = await this.ask(direction, time, limit);
      for (const message of messages)
        if (!known(message)) passed.set(message.messageClientId, message);
      const found = [...passed.values()];
      if (found.some(hasLine)) return this.remembered(found, true);
      const end = messages[messages.length - 1];
      if (!end || messages.length * 2 < limit) return this.remembered(found, false);
      if (end.createTime !== time) time = end.createTime;
      else if (limit < LARGEST_PAGE) limit *= 2;
      else time += direction === QueryDirection.DESC ? -1 : 1;
    }
  }

  /** A page whose messages are not reported again as pushes. */
  private remembered(messages: RoomMessage[], hasMore: boolean): Page<RoomMessage> {
    for (const message of messages) this.connection.rememberMessage(message);
    return { messages, hasMore };
  }

  private async ask(direction: number, beginTime: number, limit: number): Promise<RoomMessage[]> {
    const page = await this.connection.call(({ room }) =>
      room.getMessageList({ direction: direction as never, beginTime, limit }),
    );
    return page
      .map((message) => soundMessage(message, beginTime))
      .filter((message): message is RoomMessage => message !== undefined);
  }
}

function reversed({ messages, hasMore }: Page<RoomMessage>): Page<RoomMessage> {
  return { messages: [...messages].reverse(), hasMore };
}
