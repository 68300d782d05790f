import { QueryDirection } from '../connection/constants';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import { soundMessage } from '../connection/sound-message';
import type { RoomMessage } from '../sdk';
import { hasLine } from './room-entry';
import { PAGE_ROWS } from './room-window';

const LARGEST_PAGE = 400;
/** The largest page that the SDK documents. */
const WHOLE_PAGE = 100;

export interface RoomPage {
  /** Oldest first. */
  messages: readonly RoomMessage[];
  /** There may be more in the direction asked for. */
  hasMore: boolean;
}

/** The server's messages of a room. @throws ConnectionError from every method */
export class RoomHistory {
  constructor(private readonly connection: ChatroomConnection) {}

  async newest(): Promise<RoomPage> {
    return await this.older(0, () => false);
  }

  /** The newest messages as the server gives them, newest first: to compare with what is in memory. */
  async newestRaw(): Promise<readonly RoomMessage[]> {
    return await this.ask(QueryDirection.DESC, 0, WHOLE_PAGE);
  }

  /** A page that ends at `time` (0: now) and brings something that is not `known`, if there is anything. */
  async older(time: number, known: (message: RoomMessage) => boolean): Promise<RoomPage> {
    const page = await this.page(QueryDirection.DESC, time, known);
    return { ...page, messages: [...page.messages].reverse() };
  }

  /** A page that begins at `time`. */
  async newer(time: number, known: (message: RoomMessage) => boolean): Promise<RoomPage> {
    return await this.page(QueryDirection.ASC, time, known);
  }

  /**
   * Pages overlap in the millisecond they meet in. A page that brings nothing new that has a line is followed
   * by the one beyond it: with nothing to show, nobody could ask for more. One that does not get beyond its
   * millisecond is asked for larger, then one millisecond further. Only a page with nothing new that is
   * clearly shorter than its limit is the last: a server may leave messages out of a page that it has counted.
   */
  private async page(
    direction: number,
    beginTime: number,
    known: (message: RoomMessage) => boolean,
  ): Promise<RoomPage> {
    const passed = new Map<string, RoomMessage>();
    let limit = PAGE_ROWS;
    for (let time = beginTime; ;) {
      const messages = await this.ask(direction, time, limit);
      for (const message of messages)
        if (!known(message)) passed.set(message.messageClientId, message);
      const found = [...passed.values()];
      if (found.some(hasLine)) return { messages: found, hasMore: true };
      const end = messages[messages.length - 1];
      if (!end || messages.length * 2 < limit) return { messages: found, hasMore: false };
      if (end.createTime !== time) time = end.createTime;
      else if (limit < LARGEST_PAGE) limit *= 2;
      else time += direction === QueryDirection.DESC ? -1 : 1;
    }
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
