import { ConnectionError, type Journal } from '@/connection';
import { Listeners } from '@/platform';
import { Code } from '@/sdk/codes';
import { InvalidParameter } from './enter-params';

/** Cause of the end of a visit. */
export type ExitCause =
  /** The user left. */
  | { readonly kind: 'left' }
  /** `reason`: 2 a manager, 3 another client of the account, 4 the same silently, -1 unknown. */
  | { readonly kind: 'kicked'; readonly reason: number; readonly extension: string }
  /** The room was closed. */
  | { readonly kind: 'closed' }
  /** The account is on the room's block list. */
  | { readonly kind: 'blocked' }
  /** The account is banned. */
  | { readonly kind: 'banned' }
  /**
   * The server refused, or the time limit was reached; a code of the reasons table. `field`: the wrong
   * parameter (191004). `detail`: for the developer, for example the host to add to a list (600002).
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
 * The life of one visit to a room. `idle -> entering -> inside -> reconnecting -> inside ...`; `exited` is
 * final.
 */
export type RoomState =
  | { readonly name: 'idle' }
  /** `attempt` counts from 1. */
  | { readonly name: 'entering'; readonly attempt: number }
  | { readonly name: 'inside' }
  /**
   * Attempt `attempt` starts at `until` (ms since 1970), or is running; `reason` is a code of the reasons
   * table.
   */
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

const BANNED_OLD = 422;

/** The row of the reasons table that describes the end of a visit. */
export function exitCode(cause: ExitCause): number {
  switch (cause.kind) {
    case 'left':
      return Code.cancelled;
    case 'kicked':
      return cause.reason === 3 || cause.reason === 4
        ? Code.roomKickedByClient
        : Code.roomKickedByManager;
    case 'closed':
      return Code.chatroomClosed;
    case 'blocked':
      return Code.accountInChatroomBlockList;
    case 'banned':
      return Code.accountBanned;
    case 'refused':
      return cause.code;
    case 'replaced':
      return Code.roomReplaced;
  }
}

/** The cause for a code that ends a visit. */
export function causeOfCode(code: number): ExitCause {
  if (code === Code.chatroomClosed) return { kind: 'closed' };
  if (code === Code.accountInChatroomBlockList) return { kind: 'blocked' };
  if (code === Code.accountBanned || code === BANNED_OLD) return { kind: 'banned' };
  return { kind: 'refused', code };
}

/**
 * The cause for a kick. The reasons of docs/yunxin-protocol.md, section 5: -1 unknown, 1 room closed, 2 by a
 * manager, 3 own client, 4 the same silently, 5 blocked.
 */
export function causeOfKick(reason: number, extension: string): ExitCause {
  if (reason === 1) return { kind: 'closed' };
  if (reason === 5) return { kind: 'blocked' };
  return { kind: 'kicked', reason, extension };
}

/** The cause for an error, with the details for a developer. */
export function causeOfError(error: ConnectionError): ExitCause {
  const cause = causeOfCode(error.code);
  if (cause.kind !== 'refused') return cause;
  return {
    ...cause,
    ...(error instanceof InvalidParameter ? { field: error.field } : {}),
    ...(error.code === Code.domainNotListed && error.detail ? { detail: error.detail } : {}),
  };
}

/**
 * Holds the state; emits the old and the new state on every change, and refuses a transition that the table
 * lacks.
 */
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

/** An ended visit as the error with which a waiting `enter` rejects. */
export function errorOfExit(cause: ExitCause): ConnectionError {
  const detail = cause.kind === 'refused' ? cause.detail : undefined;
  return new ConnectionError(exitCode(cause), detail ?? cause.kind);
}
