import { hostName } from '@/env';
import { type Clock, Listeners, type TimerHandle } from '@/platform';

/** WeChat's limits (seeds 001, 003): 5 sockets at a time, 2 to one domain. */
export const SOCKETS_TOTAL = 5;
export const SOCKETS_PER_HOST = 2;
/** The SDK gives a connect 8 s (yunxin-wire-protocol 6.5); a held one must fail before that. */
export const HOLD_MS = 7000;
/** A socket that has been told to close and has not fired `onClose` for this long is reported. */
export const STUCK_MS = 10_000;
/**
 * A socket that has been told to close this long ago is not counted any more (decision 009). WeChat itself gives
 * a connect 60 s by default; it refuses a connect when its own count is still full.
 */
export const GIVE_UP_MS = 60_000;
/** A host that fires `onError` fires `onClose` in the same turn, or never. */
export const ERROR_CLOSE_MS = 1_000;
const ABNORMAL_CLOSURE = 1006;

/** Who a socket belongs to: `im#<generation>`, `room:<roomId>#<n>`, `kit:<name>`, or `app`. */
export type SocketOwner = string;

/** The owner of a socket to this address; undefined when the rule does not know it. */
export type OwnerRule = (url: string) => SocketOwner | undefined;

export type TicketState = 'held' | 'connecting' | 'open' | 'closing' | 'closed';

/** What the gate asks of the wrapper around one real socket. */
export interface GatedConnect {
  url: string;
  owner?: SocketOwner;
  /** Opens the real socket now. */
  start(): void;
  /** The connect will never start; `errMsg` says why. */
  refuse(errMsg: string): void;
  /** Closes the socket, or cancels the connect; the same as the caller's own `close()`. */
  close(): void;
  /** The host never said that the socket is gone; the gate does not wait any longer. */
  giveUp(reason: string): void;
}

/** One socket, from the wish to connect until its `onClose`. */
export interface SocketTicket {
  readonly id: number;
  readonly owner: SocketOwner;
  readonly host: string;
  readonly state: TicketState;
  /** Told to close, silent for STUCK_MS; still counted, until GIVE_UP_MS. */
  readonly stuck: boolean;
  /** When the connect was asked for, and when something last arrived; ms since 1970. */
  readonly requestedAt: number;
  readonly lastReceivedAt: number | undefined;
  /** The real socket opened. */
  opened(): void;
  /** `close()` was called. Returns false when the connect was still held: it then never starts. */
  closing(): boolean;
  /** Something arrived on the socket. */
  received(): void;
  /** The host fired `onError`. Its `onClose` is waited for ERROR_CLOSE_MS; some hosts never fire it. */
  errored(): void;
  /** `onClose` or `fail`: the socket is gone. */
  closed(code?: number, reason?: string): void;
}

export interface SocketCounts {
  live: number;
  held: number;
  stuck: number;
  byHost: Readonly<Record<string, number>>;
}

export interface GateEvent {
  kind: 'held' | 'started' | 'opened' | 'closing' | 'closed' | 'refused' | 'cancelled' | 'stuck';
  ticket: SocketTicket;
  counts: SocketCounts;
  /** Set for `refused`. */
  errMsg?: string;
  /** Set for `closed`, as the host gave them. */
  code?: number;
  reason?: string;
}

type EventDetail = Pick<GateEvent, 'errMsg' | 'code' | 'reason'>;

/** A socket of this kind may exist once only: the SDK would otherwise open its next before the last is gone. */
const EXCLUSIVE_KINDS: readonly string[] = ['im'];

/**
 * Owns every WebSocket of the mini-program. A socket is live from the call to connect until its own
 * `onClose` (or `fail`), closing included. A connect for which there is no room is held and starts, in
 * order and IM before rooms, when there is room; after HOLD_MS it is refused with a reason.
 */
export class SocketGate {
  private readonly tickets = new Set<Ticket>();
  private readonly listeners = new Listeners<[GateEvent]>();
  private readonly ownerRules: OwnerRule[] = [];
  private readonly fallbackRules: OwnerRule[] = [];
  private currentOwner: SocketOwner | undefined;
  private lastId = 0;
  private pumping = false;

  constructor(
    private readonly clock: Clock,
    private readonly limits = { total: SOCKETS_TOTAL, perHost: SOCKETS_PER_HOST },
  ) {}

  /** Sockets opened while `open` runs (synchronously) belong to `owner`. */
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
   * Names owners by address, for sockets of code that cannot be called inside `withOwner`. A fallback rule
   * is asked when no other rule has a name: a room of the app and a room of a kit may share one host.
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

  /** A wish to connect. `start` runs now, later, or never (then `refuse`, unless it was cancelled). */
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
   * Resolves when no socket of `owner` is live or held: this is what "destroyed" means here.
   * @param timeoutMs give up waiting after this long (a socket whose `onClose` never comes), and at once when
   * all that is left is stuck: such a socket has been waited for already.
   * @returns how many sockets of the owner were still there; 0 unless waiting was given up.
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
   * Closes every socket of `owner`, whoever still holds it, and cancels its held connects. An SDK that fails
   * in the middle of a login forgets its open socket.
   */
  closeAll(owner: SocketOwner): void {
    for (const ticket of [...this.tickets]) if (ticket.owner === owner) ticket.close();
  }

  /** @internal A ticket changed; starts what now has room. */
  changed(kind: GateEvent['kind'], ticket: Ticket, why: EventDetail = {}): void {
    if (ticket.state === 'closed') this.tickets.delete(ticket);
    this.emit(kind, ticket, why);
    this.pump();
  }

  private emit(kind: GateEvent['kind'], ticket: Ticket, why: EventDetail = {}): void {
    this.listeners.emit({ kind, ticket, counts: this.counts(), ...why });
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
    // start() may call back into the gate (a connect that fails at once): one loop, not a recursion.
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

  /** @internal Why a connect may not start now; undefined when it may. */
  whyHeld(ticket: Ticket): string | undefined {
    const { live, byHost } = this.counts();
    if (live >= this.limits.total) return `${live} of ${this.limits.total} sockets are live`;
    const onHost = byHost[ticket.host] ?? 0;
    if (onHost >= this.limits.perHost)
      return `${onHost} of ${this.limits.perHost} sockets to ${ticket.host} are live`;
    if (EXCLUSIVE_KINDS.includes(ticket.kind)) {
      // A stuck socket keeps its place in the limits but must not lock the user out for good.
      const before = [...this.tickets].find(
        (other) =>
          other !== ticket && other.kind === ticket.kind && other.state !== 'held' && !other.stuck,
      );
      if (before) return `the last ${ticket.kind} socket is still ${before.state}`;
    }
    return undefined;
  }
}

class Ticket implements SocketTicket {
  state: TicketState = 'held';
  stuck = false;
  lastReceivedAt: number | undefined;
  readonly requestedAt: number;
  private everOpen = false;
  private erredAt: number | undefined;
  private timer: TimerHandle | null = null;

  constructor(
    readonly id: number,
    readonly owner: SocketOwner,
    readonly host: string,
    private readonly connect: GatedConnect,
    private readonly clock: Clock,
    private readonly gate: SocketGate,
  ) {
    this.requestedAt = clock.now();
  }

  /** `im` of `im#3`, `room` of `room:9001`. */
  get kind(): string {
    return /^[a-z]+/.exec(this.owner)?.[0] ?? this.owner;
  }

  holdFor(ms: number): void {
    this.timer = this.clock.setTimeout(() => {
      if (this.state !== 'held') return;
      const errMsg = `connectSocket:fail held for ${ms} ms by the socket gate: ${this.gate.whyHeld(this) ?? 'no room'}`;
      this.end('refused', { errMsg });
      this.connect.refuse(errMsg);
    }, ms);
  }

  start(): void {
    this.clock.clearTimeout(this.timer);
    this.state = 'connecting';
    this.gate.changed('started', this);
    this.connect.start();
  }

  opened(): void {
    this.everOpen = true;
    if (this.state !== 'connecting') return;
    this.state = 'open';
    this.gate.changed('opened', this);
  }

  closing(): boolean {
    if (this.state === 'held') {
      this.end('cancelled');
      return false;
    }
    if (this.state === 'connecting' || this.state === 'open') {
      this.state = 'closing';
      this.watchClose();
      this.gate.changed('closing', this);
    }
    return true;
  }

  received(): void {
    this.lastReceivedAt = this.clock.now();
  }

  errored(): void {
    if (this.erredAt !== undefined || this.state === 'held' || this.state === 'closed') return;
    this.erredAt = this.clock.now();
    if (this.state === 'closing') this.watchClose();
    else if (this.state === 'connecting') this.connect.close();
    else this.timer = this.clock.setTimeout(() => this.closeUnlessAlive(), ERROR_CLOSE_MS);
  }

  closed(code?: number, reason?: string): void {
    if (this.state === 'closed') return;
    this.end('closed', { ...(code === undefined ? {} : { code }), ...(reason ? { reason } : {}) });
  }

  /** Not for a socket that is closing already: the host was asked. */
  close(): void {
    if (this.state !== 'closing') this.connect.close();
  }

  /** An open socket that receives after its `onError` has not ended. */
  private closeUnlessAlive(): void {
    if (this.state !== 'open') return;
    const { erredAt = 0, lastReceivedAt = 0 } = this;
    if (lastReceivedAt > erredAt) this.erredAt = undefined;
    else this.connect.close();
  }

  private watchClose(): void {
    this.clock.clearTimeout(this.timer);
    if (this.erredAt !== undefined) {
      this.giveUpIn(ERROR_CLOSE_MS, 'onError without onClose');
      return;
    }
    this.timer = this.clock.setTimeout(() => {
      if (this.state !== 'closing') return;
      if (!this.everOpen) {
        // A socket that never opened and never answered is a failed connect, not a connection.
        this.giveUp('never opened, never closed');
        return;
      }
      this.stuck = true;
      this.giveUpIn(GIVE_UP_MS - STUCK_MS, `no onClose ${GIVE_UP_MS} ms after close()`);
      this.gate.changed('stuck', this);
      // Asked once more: a host that has dropped the socket without a word says so now.
      this.connect.close();
    }, STUCK_MS);
  }

  private giveUpIn(ms: number, reason: string): void {
    this.timer = this.clock.setTimeout(() => {
      if (this.state === 'closing') this.giveUp(reason);
    }, ms);
  }

  private giveUp(reason: string): void {
    this.closed(ABNORMAL_CLOSURE, reason);
    this.connect.giveUp(reason);
  }

  private end(kind: 'refused' | 'cancelled' | 'closed', why: EventDetail = {}): void {
    this.clock.clearTimeout(this.timer);
    this.state = 'closed';
    this.gate.changed(kind, this, why);
  }
}

/** The host name of a ws(s) address, lower case, without the port. */
export function hostOfUrl(url: string): string {
  return hostName(/^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url);
}
