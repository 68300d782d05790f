import { ConnectionError, type Journal } from '@/connection';
import { Listeners } from '@/platform';
import { InvalidParameter } from './enter-params';

/** Why one is no longer in a room. */
export type ExitCause =
  /** I left. */
  | { readonly kind: 'left' }
  /** `reason`: 2 a manager, 3 another client of mine, 4 the same without a word, -1 unknown. */
  | { readonly kind: 'kicked'; readonly reason: number; readonly extension: string }
  /** The room was closed. */
  | { readonly kind: 'closed' }
  /** I am on the room's block list. */
  | { readonly kind: 'blocked' }
  /** My account is banned. */
  | { readonly kind: 'banned' }
  /**
   * The server, or the time limit, said no; a code of the reasons table. `field`: the wrong parameter (191004).
   * `detail`: for the developer, as which host to add to which list (600002).
   */
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly field?: string;
      readonly detail?: string;
    }
  /** Another room was entered and needed the place. */
  | { readonly kind: 'replaced' };

/**
 * The life of one visit to a room.
 * `idle -> entering -> inside -> reconnecting -> inside ...`; `exited` is final.
 */
export type RoomState =
  | { readonly name: 'idle' }
  /** `attempt` counts from 1. */
  | { readonly name: 'entering'; readonly attempt: number }
  | { readonly name: 'inside' }
  /** Attempt `attempt` starts at `until` (ms since 1970), or runs; `reason` is a code of the reasons table. */
  | {
      readonly name: 'reconnecting';
      readonly attempt: number;
      readonly until: number;
      readonly reason: number;
    }
  | { readonly name: 'exited'; readonly cause: ExitCause; readonly at: number };

export type RoomStateName = RoomState['name'];

export interface RoomStateChange {
  from: RoomState;
  to: RoomState;
}

const ALLOWED: Readonly<Record<RoomStateName, readonly RoomStateName[]>> = {
  idle: ['entering', 'exited'],
  entering: ['entering', 'inside', 'exited'],
  inside: ['reconnecting', 'exited'],
  reconnecting: ['reconnecting', 'inside', 'exited'],
  exited: [],
};

const KICKED_BY_MANAGER = 600120;
const KICKED_BY_OWN_CLIENT = 600121;
const REPLACED = 600122;
const CANCELLED = 191002;
const CLOSED = 113406;
const BLOCKED = 114426;
const BANNED = 102422;
const BANNED_OLD = 422;
const DOMAIN_NOT_LISTED = 600002;

/** The row of the reasons table that says what became of a visit. */
export function exitCode(cause: ExitCause): number {
  switch (cause.kind) {
    case 'left':
      return CANCELLED;
    case 'kicked':
      return cause.reason === 3 || cause.reason === 4 ? KICKED_BY_OWN_CLIENT : KICKED_BY_MANAGER;
    case 'closed':
      return CLOSED;
    case 'blocked':
      return BLOCKED;
    case 'banned':
      return BANNED;
    case 'refused':
      return cause.code;
    case 'replaced':
      return REPLACED;
  }
}

/** A code that ends a visit, as a cause. */
export function causeOfCode(code: number): ExitCause {
  if (code === CLOSED) return { kind: 'closed' };
  if (code === BLOCKED) return { kind: 'blocked' };
  if (code === BANNED || code === BANNED_OLD) return { kind: 'banned' };
  return { kind: 'refused', code };
}

/** The same of an error, with what a developer needs to know. */
export function causeOfError(error: ConnectionError): ExitCause {
  const cause = causeOfCode(error.code);
  if (cause.kind !== 'refused') return cause;
  return {
    ...cause,
    ...(error instanceof InvalidParameter ? { field: error.field } : {}),
    ...(error.code === DOMAIN_NOT_LISTED && error.detail ? { detail: error.detail } : {}),
  };
}

/** Holds the state; emits old and new on every change, and refuses a change the table does not have. */
export class RoomStateMachine {
  current: RoomState = { name: 'idle' };
  private readonly changes = new Listeners<[RoomStateChange]>();

  constructor(
    private readonly roomId: string,
    private readonly journal: Journal,
  ) {}

  on(handler: (change: RoomStateChange) => void): () => void {
    return this.changes.add(handler);
  }

  enter(to: RoomState, reason: string): void {
    const from = this.current;
    const allowed = ALLOWED[from.name].includes(to.name);
    this.journal.record(
      'room',
      `${this.roomId} ${from.name} -> ${to.name}${allowed ? '' : ' is not allowed'}: ${reason}`,
    );
    if (!allowed) return;
    this.current = to;
    this.changes.emit({ from, to });
  }
}

/** An ended visit as the error that a waiting `enter` rejects with. */
export function errorOfExit(cause: ExitCause): ConnectionError {
  const detail = cause.kind === 'refused' ? cause.detail : undefined;
  return new ConnectionError(exitCode(cause), detail ?? cause.kind);
}
