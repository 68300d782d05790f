import { hostName } from '@/env';
import { type Clock, Listeners, type TimerHandle } from '@/platform';
import {
  type ChangeDetail,
  type GatedConnect,
  type SocketOwner,
  type SocketTicket,
  Ticket,
  type TicketChange,
  type TicketGate,
} from './socket-ticket';

/** WeChat's limits (docs/seed-map.md, seeds 001 and 003): 5 sockets at a time, 2 to one domain. */
export const SOCKETS_TOTAL = 5;
export const SOCKETS_PER_HOST = 2;
/** The SDK gives a connect 8 s (docs/yunxin-protocol.md, section 6.5); a held connect must fail before that. */
const HOLD_MS = 7000;
/** Time in which a second unreadable frame does not close a link again. */
const REBUILD_PAUSE_MS = 60_000;
/** Returns the owner of a socket to this address; undefined when the rule does not know the address. */
export type OwnerRule = (url: string) => SocketOwner | undefined;

export interface SocketCounts {
  live: number;
  held: number;
  stuck: number;
  byHost: Readonly<Record<string, number>>;
}

export interface GateEvent extends ChangeDetail {
  kind: TicketChange;
  ticket: SocketTicket;
  counts: SocketCounts;
}

/** Kinds of which only one socket may exist: the SDK would open the next socket before the last is closed. */
const EXCLUSIVE_KINDS: readonly string[] = ['im'];

/**
 * Opens every WebSocket of the mini-program. A socket counts as live from the connect call until its own
 * `onClose` (or `fail`), also while it is closing. A connect for which there is no room is held and starts, in
 * order and IM before rooms, when there is room; after HOLD_MS it is refused with a reason.
 */
export class SocketGate implements TicketGate {
  private readonly tickets = new Set<Ticket>();
  private readonly listeners = new Listeners<[GateEvent]>();
  private readonly ownerRules: OwnerRule[] = [];
  private readonly fallbackRules: OwnerRule[] = [];
  private currentOwner: SocketOwner | undefined;
  /** When a link was last closed because of an unreadable frame, by kind and host; ms since 1970. */
  private readonly rebuiltAt = new Map<string, number>();
  private lastId = 0;
  private pumping = false;

  constructor(
    private readonly clock: Clock,
    private readonly limits = { total: SOCKETS_TOTAL, perHost: SOCKETS_PER_HOST },
  ) {}

  /** Sets the owner of the sockets that `open` opens synchronously. */
  withOwner<T>(owner: SocketOwner, open: () => T): T {
    const before = this.currentOwner;
    this.currentOwner = owner;
    try {
      return open();
    } finally {
      this.currentOwner = before;
    }
  }

  /**
   * Adds a rule that finds the owner by the address, for code that cannot be called inside `withOwner`. A fallback
   * rule applies when no other rule knows the address: a room of the app and a room of a kit may share one host.
   */
  addOwnerRule(rule: OwnerRule, { fallback = false } = {}): () => void {
    const rules = fallback ? this.fallbackRules : this.ownerRules;
    rules.push(rule);
    return () => {
      const index = rules.indexOf(rule);
      if (index >= 0) rules.splice(index, 1);
    };
  }

  on(handler: (event: GateEvent) => void): () => void {
    return this.listeners.add(handler);
  }

  /** Every ticket that is not closed, oldest first. */
  list(): readonly SocketTicket[] {
    return [...this.tickets];
  }

  counts(): SocketCounts {
    const byHost: Record<string, number> = {};
    let live = 0;
    let held = 0;
    let stuck = 0;
    for (const ticket of this.tickets) {
      if (ticket.state === 'held') {
        held++;
        continue;
      }
      live++;
      if (ticket.stuck) stuck++;
      byHost[ticket.host] = (byHost[ticket.host] ?? 0) + 1;
    }
    return { live, held, stuck, byHost };
  }

  /** Requests a connect. `start` runs now, later, or never (then `refuse`, unless the connect was cancelled). */
  request(connect: GatedConnect): SocketTicket {
    const ticket = new Ticket(
      ++this.lastId,
      this.ownerOf(connect),
      hostOfUrl(connect.url),
      connect,
      this.clock,
      this,
    );
    this.tickets.add(ticket);
    this.pump();
    if (ticket.state === 'held') {
      ticket.holdFor(HOLD_MS);
      this.emit('held', ticket);
    }
    return ticket;
  }

  /**
   * Resolves when no socket of `owner` is live or held; only then an SDK instance counts as destroyed.
   * @param timeoutMs the longest wait (a socket may never fire `onClose`); also ends the wait at once when only
   * stuck sockets are left, because those have been waited for already.
   * @returns the number of sockets that were still there; 0 unless the wait was cut off.
   */
  whenClosed(owner: SocketOwner, timeoutMs?: number): Promise<number> {
    const mayGiveUp = timeoutMs !== undefined;
    const left = () => [...this.tickets].filter((ticket) => ticket.owner === owner);
    const isDone = () => left().every(({ stuck }) => mayGiveUp && stuck);
    if (isDone()) return Promise.resolve(left().length);
    return new Promise((resolve) => {
      let timer: TimerHandle | null = null;
      const finish = () => {
        stop();
        this.clock.clearTimeout(timer);
        resolve(left().length);
      };
      const stop = this.listeners.add(() => {
        if (isDone()) finish();
      });
      if (mayGiveUp) timer = this.clock.setTimeout(finish, timeoutMs);
    });
  }

  /**
   * Closes every socket of `owner`, also those that the SDK has lost, and cancels its held connects. An SDK that
   * fails in the middle of a login loses its open socket.
   */
  closeAll(owner: SocketOwner): void {
    for (const ticket of [...this.tickets]) if (ticket.owner === owner) ticket.close();
  }

  /** The owner could not read a frame, outside of the socket's callback; see `SocketTicket.unreadable`. */
  unreadable(owner: SocketOwner, error: unknown): void {
    for (const ticket of [...this.tickets]) if (ticket.owner === owner) ticket.unreadable(error);
  }

  /** @internal Whether a link may be closed now because a frame could not be read. */
  mayRebuild({ kind, host }: Ticket): boolean {
    const key = `${kind} ${host}`;
    const now = this.clock.now();
    const last = this.rebuiltAt.get(key);
    if (last !== undefined && now - last >= 0 && now - last < REBUILD_PAUSE_MS) return false;
    this.rebuiltAt.set(key, now);
    return true;
  }

  /** @internal A ticket changed; starts the held connects for which there is now room. */
  changed(kind: TicketChange, ticket: Ticket, detail: ChangeDetail = {}): void {
    if (ticket.state === 'closed') this.tickets.delete(ticket);
    this.emit(kind, ticket, detail);
    this.pump();
  }

  private emit(kind: TicketChange, ticket: Ticket, detail: ChangeDetail = {}): void {
    this.listeners.emit({ kind, ticket, counts: this.counts(), ...detail });
  }

  private ownerOf({ owner, url }: GatedConnect): SocketOwner {
    if (owner) return owner;
    if (this.currentOwner) return this.currentOwner;
    for (const rule of [...this.ownerRules, ...this.fallbackRules]) {
      const named = rule(url);
      if (named) return named;
    }
    return 'app';
  }

  private pump(): void {
    // start() may call back into the gate (a connect that fails at once): loop instead of recursion.
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let next = this.nextStartable(); next; next = this.nextStartable()) next.start();
    } finally {
      this.pumping = false;
    }
  }

  private nextStartable(): Ticket | undefined {
    const held = [...this.tickets].filter((ticket) => ticket.state === 'held');
    const inOrder = [
      ...held.filter((ticket) => ticket.kind === 'im'),
      ...held.filter((ticket) => ticket.kind !== 'im'),
    ];
    return inOrder.find((ticket) => this.whyHeld(ticket) === undefined);
  }

  /** @internal Returns why a connect may not start now; undefined when it may. */
  whyHeld(ticket: Ticket): string | undefined {
    const { live, byHost } = this.counts();
    if (live >= this.limits.total) return `${live} of ${this.limits.total} sockets are live`;
    const onHost = byHost[ticket.host] ?? 0;
    if (onHost >= this.limits.perHost)
      return `${onHost} of ${this.limits.perHost} sockets to ${ticket.host} are live`;
    if (EXCLUSIVE_KINDS.includes(ticket.kind)) {
      // A stuck socket counts in the limits but must not block the sign-in for ever.
      const before = [...this.tickets].find(
        (other) =>
          other !== ticket && other.kind === ticket.kind && other.state !== 'held' && !other.stuck,
      );
      if (before) return `the last ${ticket.kind} socket is still ${before.state}`;
    }
    return undefined;
  }
}

/** The host name of a ws(s) address, lower case, without the port. */
export function hostOfUrl(url: string): string {
  return hostName(/^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url);
}
