import { ConnectionError, type ImConnection, reasonOf } from '@/connection';

export interface AddressDependencies {
  /** The IM connection in force, if any. */
  im: () => ImConnection | null;
  /** Asks the app server. @throws ConnectionError */
  appServer: (roomId: string) => Promise<readonly string[]>;
  /** Whether WeChat lets this host be opened, as far as the build knows. */
  isLegal?: (host: string) => boolean;
}

/** Asks for addresses, bounded in time; `whom` says of whom. */
export type AskForAddresses = (
  whom: string,
  question: () => Promise<readonly string[]>,
) => Promise<readonly string[]>;

const CANCELLED = 191002;
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

  /** The next address to try. Each question goes through `ask`, which bounds it. @throws ConnectionError */
  async next(ask: AskForAddresses): Promise<string> {
    if (this.list.length === 0) {
      try {
        this.known = this.list = this.legalOf(await this.fetch(ask));
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

  /** Of several, those that may be opened. Of none that is known to be, WeChat itself says which list lacks it. */
  private legalOf(addresses: readonly string[]): readonly string[] {
    const { isLegal = () => true } = this.deps;
    const legal = addresses.filter((address) => isLegal(address.replace(/:\d+$/, '')));
    return legal.length > 0 ? legal : addresses;
  }

  private async fetch(ask: AskForAddresses): Promise<readonly string[]> {
    const im = this.deps.im();
    if (im?.state.name === 'online') {
      try {
        const addresses = await ask('IM', () =>
          im.services.login.getChatroomLinkAddress(this.roomId, true),
        );
        if (addresses.length > 0) return addresses;
      } catch (cause) {
        const error = ConnectionError.from(cause);
        if (FINAL.includes(error.code) || error.code === CANCELLED) throw error;
      }
    }
    return await ask('the app server', () => this.deps.appServer(this.roomId));
  }
}
