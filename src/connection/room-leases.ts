import { ConnectionError } from './connection-error';
import type { SocketGate } from './socket-gate';
import type { SocketOwner } from './socket-ticket';

/** The right to open the socket of one chatroom. */
export interface RoomLease {
  readonly roomId: string;
  /** The owner of the room's sockets in the gate. */
  readonly owner: SocketOwner;
  /** True once a newer lease needs the place: the holder must leave the room and release the lease. */
  readonly revoked: boolean;
  /** Calls the handler once when the lease is revoked; at once when it already is. */
  onRevoked(handler: () => void): void;
  /** Returns the place. Resolves when the room's sockets fired `onClose`. */
  release(): Promise<void>;
}

/** The part of AbortSignal that is used here; WeChat's logic layer has no AbortSignal, so callers implement it. */
export type CancelSignal = Pick<AbortSignal, 'aborted'> & {
  addEventListener(type: 'abort', handler: () => void, options: { once: true }): void;
};

interface Held {
  lease: RoomLease;
  revoke: () => void;
  gone: Promise<void>;
}

/** Maximum wait for a room's socket that never fires `onClose`; the next room must not wait for ever. */
const CLOSE_WAIT_MS = 10_000;

/**
 * Grants leases for chatroom sockets: one room at a time by default, because WeChat allows two sockets to one host.
 * The newest request wins: it revokes the oldest lease and waits until the sockets of that room are closed; of
 * several waiting requests only the newest is granted.
 */
export class RoomLeases {
  private readonly held: Held[] = [];
  private newest: object | null = null;
  private lastId = 0;

  constructor(
    private readonly gate: SocketGate,
    private places = 1,
  ) {}

  /** Sets the number of rooms at a time; rooms that are entered already stay. WeChat allows two sockets to one host. */
  setPlaces(places: 1 | 2): void {
    this.places = places;
  }

  /** The rooms that hold a lease, oldest first. */
  rooms(): readonly string[] {
    return this.held.map(({ lease }) => lease.roomId);
  }

  /**
   * @throws ConnectionError 191002 when a newer request, or `signal`, came before a place was free.
   */
  async lease(roomId: string, { signal }: { signal?: CancelSignal } = {}): Promise<RoomLease> {
    const request = {};
    this.newest = request;
    const check = () => {
      if (this.newest !== request)
        throw ConnectionError.cancelled(`replaced by a newer request than room ${roomId}`);
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
