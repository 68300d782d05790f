import { ConnectionError } from './connection-error';
import type { SocketGate, SocketOwner } from './socket-gate';

/** The right to have one chatroom's socket. */
export interface RoomLease {
  readonly roomId: string;
  /** What the room's sockets belong to in the gate. */
  readonly owner: SocketOwner;
  /** True once a newer wish needs the place: leave the room then, and release. */
  readonly revoked: boolean;
  /** Called once when that happens; at once when it already has. */
  onRevoked(handler: () => void): void;
  /** Gives the place back. Resolves when the room's sockets fired `onClose`. */
  release(): Promise<void>;
}

/** The part of AbortSignal that is used; WeChat's logic layer has none, so callers bring their own. */
export type CancelSignal = Pick<AbortSignal, 'aborted'> & {
  addEventListener(type: 'abort', handler: () => void, options: { once: true }): void;
};

interface Held {
  lease: RoomLease;
  revoke: () => void;
  gone: Promise<void>;
}

/** A room's socket whose `onClose` never comes must not block the next room for ever. */
const CLOSE_WAIT_MS = 10_000;

/**
 * Hands out places for chatroom sockets, one room at a time unless told otherwise (two sockets to one host
 * is WeChat's limit). The newest wish wins: it takes the oldest room's place, and waits until that room is
 * really closed; of several that wait, only the newest is served.
 */
export class RoomLeases {
  private readonly held: Held[] = [];
  private newest: object | null = null;
  private lastId = 0;

  constructor(
    private readonly gate: SocketGate,
    private places = 1,
  ) {}

  /** How many rooms at a time; what is inside already stays. WeChat allows two sockets to one host. */
  setPlaces(places: 1 | 2): void {
    this.places = places;
  }

  /** The rooms that hold a place, oldest first. */
  rooms(): readonly string[] {
    return this.held.map(({ lease }) => lease.roomId);
  }

  /**
   * @throws ConnectionError 191002 when a newer wish, or `signal`, came before there was a place.
   */
  async lease(roomId: string, { signal }: { signal?: CancelSignal } = {}): Promise<RoomLease> {
    const wish = {};
    this.newest = wish;
    const check = () => {
      if (this.newest !== wish) throw ConnectionError.cancelled(`a newer wish than room ${roomId}`);
      if (signal?.aborted) throw ConnectionError.cancelled(`room ${roomId} was given up`);
    };
    check();
    while (this.held.length >= this.places) {
      const oldest = this.held[0];
      if (!oldest) break;
      oldest.revoke();
      await settled(oldest.gone, signal);
      check();
    }
    return this.grant(roomId);
  }

  private grant(roomId: string): RoomLease {
    const owner = `room:${roomId}#${++this.lastId}`;
    let finish: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (finish = resolve));
    let released: Promise<void> | undefined;
    let isRevoked = false;
    const handlers: (() => void)[] = [];
    const lease: RoomLease = {
      roomId,
      owner,
      get revoked() {
        return isRevoked;
      },
      onRevoked: (handler) => {
        if (isRevoked) handler();
        else handlers.push(handler);
      },
      release: () => {
        released ??= this.gate.whenClosed(owner, CLOSE_WAIT_MS).then(() => {
          const index = this.held.findIndex((held) => held.lease === lease);
          if (index >= 0) this.held.splice(index, 1);
          finish();
        });
        return released;
      },
    };
    // Not an AbortController: WeChat's logic layer has none.
    const revoke = () => {
      isRevoked = true;
      for (const handler of handlers.splice(0)) handler();
    };
    this.held.push({ lease, revoke, gone });
    return lease;
  }
}

function settled(work: Promise<void>, signal: CancelSignal | undefined): Promise<void> {
  if (!signal) return work;
  return new Promise((resolve) => {
    void work.then(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
