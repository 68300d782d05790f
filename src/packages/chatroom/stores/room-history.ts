import { QueryDirection } from '../connection/constants';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk';
import { PAGE_ROWS } from './room-window';

const LARGEST_PAGE = 400;

export interface RoomPage {
  /** Oldest first. */
  messages: readonly RoomMessage[];
  /** There is more in the direction asked for. */
  hasMore: boolean;
}

/** The server's messages of a room. @throws ConnectionError from every method */
export class RoomHistory {
  constructor(private readonly connection: ChatroomConnection) {}

  async newest(): Promise<RoomPage> {
    return await this.older(0, () => false);
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

  /** Pages overlap in the millisecond they meet in; one that brings nothing new is asked for larger. */
  private async page(
    direction: number,
    beginTime: number,
    known: (message: RoomMessage) => boolean,
  ): Promise<RoomPage> {
    for (let limit = PAGE_ROWS; ; limit *= 2) {
      const messages = await this.connection.call(({ room }) =>
        room.getMessageList({ direction: direction as never, beginTime, limit }),
      );
      const fresh = messages.filter((message) => !known(message));
      const hasMore = messages.length >= limit;
      if (fresh.length > 0 || !hasMore || limit >= LARGEST_PAGE)
        return { messages: fresh, hasMore };
    }
  }
}
