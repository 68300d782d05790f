import { ConnectionError, type ImConnection, reasonOf } from '@/connection';
import { Code } from '@/sdk/codes';

export interface AddressDependencies {
  /** The current IM connection, if there is one. */
  im: () => ImConnection | null;
  /** Asks the app server. @throws ConnectionError */
  appServer: (roomId: string) => Promise<readonly string[]>;
  /** Whether WeChat allows this host, as far as the build knows. */
  isLegal?: (host: string) => boolean;
}

/** Asks for addresses, bounded in time; `whom` names the server that is asked. */
export type AskForAddresses = (
  whom: string,
  question: () => Promise<readonly string[]>,
) => Promise<readonly string[]>;

/** The room does not exist, is closed, or chatrooms are off: another server gives the same answer. */
const FINAL: readonly number[] = [
  Code.chatroomNotExist,
  Code.chatroomClosed,
  Code.chatroomDisabled,
];

/**
 * The link addresses of a room (docs/seed-map.md, seed 004, step 4): over IM when IM is online, else from the
 * app server. Each attempt uses one address of the list in turn; after the last address the list is fetched
 * again, because an old list may be the reason for the failures. The SDK fetches the list once and rotates in
 * it for ever.
 */
export class RoomAddresses {
  private list: readonly string[] = [];
  private known: readonly string[] = [];

  constructor(
    private readonly roomId: string,
    private readonly deps: AddressDependencies,
  ) {}

  /**
   * Returns the next address to try. Each request goes through `ask`, which bounds it.
   * @throws ConnectionError
   */
  async next(ask: AskForAddresses): Promise<string> {
    if (this.list.length === 0) {
      try {
        this.known = this.list = this.legalOf(await this.fetch(ask));
      } catch (cause) {
        // Without a link to ask over, the addresses that worked before are still worth a try.
        if (this.known.length === 0 || !reasonOf(ConnectionError.from(cause).code).retry)
          throw cause;
        this.list = this.known;
      }
    }
    const [address, ...rest] = this.list;
    if (!address)
      throw new ConnectionError(Code.chatroomLinkUnavailable, `room ${this.roomId} has no address`);
    this.list = rest;
    return address;
  }

  /** The server reported wrong addresses: the next attempt fetches the list again. */
  dropAddresses(): void {
    this.list = [];
    this.known = [];
  }

  /**
   * Returns the allowed addresses. When none is known to be allowed, WeChat's own refusal names the list that
   * lacks the host.
   */
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
        if (FINAL.includes(error.code) || error.code === Code.cancelled) throw error;
      }
    }
    return await ask('the app server', () => this.deps.appServer(this.roomId));
  }
}
