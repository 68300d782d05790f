import { ConnectionError, type ImConnection, reasonOf } from '@/connection';

export interface AddressDependencies {
  /** The IM connection in force, if any. */
  im: () => ImConnection | null;
  /** Asks the app server. @throws ConnectionError */
  appServer: (roomId: string) => Promise<readonly string[]>;
}

const LINK_UNAVAILABLE = 113304;
/** The room does not exist, is closed, or chatrooms are off: asking elsewhere gives the same answer. */
const FINAL: readonly number[] = [113404, 113406, 113410];

/**
 * Where a room's link is (seed 004, step 4): over IM when that is online, else from the app server. One
 * address an attempt, each of the list in turn; then the list is asked for anew, because the reason for
 * the failures may be that it is old. The SDK asks once and rotates in an old list for ever.
 */
export class RoomAddresses {
  private list: readonly string[] = [];
  private known: readonly string[] = [];

  constructor(
    private readonly roomId: string,
    private readonly deps: AddressDependencies,
  ) {}

  /** The next address to try. @throws ConnectionError */
  async next(): Promise<string> {
    if (this.list.length === 0) {
      try {
        this.known = this.list = await this.ask();
      } catch (cause) {
        // No link to ask over is no reason not to try what worked before.
        if (this.known.length === 0 || !reasonOf(ConnectionError.from(cause).code).retry)
          throw cause;
        this.list = this.known;
      }
    }
    const [address, ...rest] = this.list;
    if (!address) throw new ConnectionError(LINK_UNAVAILABLE, `room ${this.roomId} has no address`);
    this.list = rest;
    return address;
  }

  /** The server said that these addresses are not right: the next attempt asks anew. */
  forget(): void {
    this.list = [];
    this.known = [];
  }

  private async ask(): Promise<readonly string[]> {
    const im = this.deps.im();
    if (im?.state.name === 'online') {
      try {
        const addresses = await im.services.login.getChatroomLinkAddress(this.roomId, true);
        if (addresses.length > 0) return addresses;
      } catch (cause) {
        const error = ConnectionError.from(cause);
        if (FINAL.includes(error.code)) throw error;
      }
    }
    return await this.deps.appServer(this.roomId);
  }
}
