import { type Clock, rethrowLater, type TimerHandle } from '@/platform';

/** A socket that has not fired `onClose` this long after `close()` is reported as stuck. */
const STUCK_MS = 10_000;
/**
 * A socket that has not fired `onClose` this long after `close()` is not counted any more (decision 009). WeChat
 * gives a connect 60 s by default; it refuses a connect when its own count is still full.
 */
const GIVE_UP_MS = 60_000;
/** A host that fires `onError` fires `onClose` in the same turn, or never. */
const ERROR_CLOSE_MS = 1_000;
const ABNORMAL_CLOSURE = 1006;
/** The kinds of owners whose connection syncs after a reconnect. */
const SDK_KINDS: readonly string[] = ['im', 'room'];

/** The owner of a socket: `im#<generation>`, `room:<roomId>#<n>`, `kit:<name>`, or `app`. */
export type SocketOwner = string;

export type TicketState = 'held' | 'connecting' | 'open' | 'closing' | 'closed';

/** The wrapper around one real socket, as the gate calls it. */
export interface GatedConnect {
  url: string;
  owner?: SocketOwner;
  /** Opens the real socket now. */
  start(): void;
  /** The connect will never start; `errMsg` says why. */
  refuse(errMsg: string): void;
  /** Closes the socket, or cancels the connect; the same as the caller's own `close()`. */
  close(): void;
  /** The host never reported that the socket is gone; the gate does not wait any longer. */
  giveUp(reason: string): void;
}

/** The gate's record of one socket, from the connect call until its `onClose`. */
export interface SocketTicket {
  readonly id: number;
  readonly owner: SocketOwner;
  readonly host: string;
  readonly state: TicketState;
  /** True when `onClose` has not come within STUCK_MS; the socket is still counted, until GIVE_UP_MS. */
  readonly stuck: boolean;
  /** The times of the connect call and of the last received data; ms since 1970. */
  readonly requestedAt: number;
  readonly lastReceivedAt: number | undefined;
  /** The real socket opened. */
  opened(): void;
  /** `close()` was called. Returns false when the connect was still held; it then never starts. */
  closing(): boolean;
  /** Data arrived on the socket. */
  received(): void;
  /**
   * The owner threw while it read a frame, so it has lost the frame. The SDKs' sockets are closed, and the new link
   * syncs what was lost; at most once a minute, because the sync may bring the same data.
   */
  unreadable(error: unknown): void;
  /** The host fired `onError`. The ticket waits ERROR_CLOSE_MS for `onClose`; some hosts never fire it. */
  errored(): void;
  /** `onClose` or `fail`: the socket is gone. */
  closed(code?: number, reason?: string): void;
}

/** A change that a ticket reports to the gate. */
export type TicketChange =
  | 'held'
  | 'started'
  | 'opened'
  | 'closing'
  | 'closed'
  | 'refused'
  | 'cancelled'
  | 'stuck'
  | 'unreadable';

/** The details of a change. */
export interface ChangeDetail {
  /** Set for `refused`. */
  errMsg?: string;
  /** Set for `closed`, as the host gave them. */
  code?: number;
  /** For `unreadable`, the name of the error: its text may quote the frame. */
  reason?: string;
}

/** The gate, as a ticket needs it. */
export interface TicketGate {
  /** The ticket changed its state. */
  changed(change: TicketChange, ticket: Ticket, detail?: ChangeDetail): void;
  /** Whether a link may be closed now because a frame could not be read. */
  mayRebuild(ticket: Ticket): boolean;
  /** Why a held connect may not start now; undefined when it may. */
  whyHeld(ticket: Ticket): string | undefined;
}

/** The state of one socket and its timers; the gate decides when it starts. */
export class Ticket implements SocketTicket {
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
    private readonly gate: TicketGate,
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

  unreadable(error: unknown): void {
    if (!SDK_KINDS.includes(this.kind)) return rethrowLater(error);
    if (this.state !== 'open' || !this.gate.mayRebuild(this)) return;
    const reason = error instanceof Error ? error.name : typeof error;
    this.gate.changed('unreadable', this, { reason });
    this.connect.close();
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

  /** Does nothing for a socket that is closing already. */
  close(): void {
    if (this.state !== 'closing') this.connect.close();
  }

  /** Closes a socket after `onError`, unless it has received data since: it then still works. */
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
      // The second close() makes a host report a socket that it dropped without an event.
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

  private end(change: 'refused' | 'cancelled' | 'closed', detail: ChangeDetail = {}): void {
    this.clock.clearTimeout(this.timer);
    this.state = 'closed';
    this.gate.changed(change, this, detail);
  }
}
