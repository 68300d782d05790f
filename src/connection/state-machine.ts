import { Listeners } from '@/platform';
import { KickedOfflineReason } from '@/sdk/constants';
import type { KickedDetail } from '@/sdk';
import { ConnectionError } from './connection-error';
import type { Journal } from './journal';

/**
 * The life of one IM login.
 * `idle -> connecting -> authenticating -> syncing -> online -> waiting -> connecting ...`;
 * `loggedOut`, `kicked`, `refused` and `lost` are final.
 */
export type ConnectionState =
  | { readonly name: 'idle' }
  /** `attempt` counts from 1; the first login and every reconnect start again at 1. */
  | { readonly name: 'connecting'; readonly attempt: number }
  | { readonly name: 'authenticating'; readonly attempt: number }
  | { readonly name: 'syncing' }
  | { readonly name: 'online' }
  /** `attempt` have failed; the next starts at `until` (ms since 1970). `reason` is a code of the reasons table. */
  | {
      readonly name: 'waiting';
      readonly attempt: number;
      readonly delayMs: number;
      readonly until: number;
      readonly reason: number;
    }
  | { readonly name: 'loggedOut' }
  | { readonly name: 'kicked'; readonly detail: KickedDetail; readonly at: number }
  /** The server said no in a way that will not get better. */
  | { readonly name: 'refused'; readonly code: number }
  /** The bound on reconnects was reached, or reconnecting is switched off. */
  | { readonly name: 'lost'; readonly code: number };

export type StateName = ConnectionState['name'];

export interface StateChange {
  from: ConnectionState;
  to: ConnectionState;
  /** Why, in words for the journal. */
  reason: string;
}

const FINAL: readonly StateName[] = ['loggedOut', 'kicked', 'refused', 'lost'];

const ALLOWED: Readonly<Record<StateName, readonly StateName[]>> = {
  idle: ['connecting', ...FINAL],
  connecting: ['connecting', 'authenticating', 'syncing', 'waiting', ...FINAL],
  authenticating: ['syncing', 'waiting', ...FINAL],
  syncing: ['online', 'waiting', ...FINAL],
  online: ['waiting', ...FINAL],
  waiting: ['waiting', 'connecting', ...FINAL],
  loggedOut: [],
  kicked: [],
  refused: [],
  lost: [],
};

export function isFinal(state: ConnectionState): boolean {
  return FINAL.includes(state.name);
}

/** Whether the machine may go from one state to the other; docs/connection.md draws this table. */
function canEnter(from: StateName, to: StateName): boolean {
  return ALLOWED[from].includes(to);
}

/**
 * Which row of the reasons table a kick is: the server, another client of mine whose user chose to sign this
 * one out, or another client that may be the only one.
 */
export function kickedCode(reason: number): number {
  if (reason === KickedOfflineReason.SERVER) return 600102;
  return reason === KickedOfflineReason.CLIENT ? 600109 : 600101;
}

/** A final state as the error that a waiting sign-in rejects with. */
export function endOf(state: ConnectionState): ConnectionError {
  switch (state.name) {
    case 'refused':
    case 'lost':
      return new ConnectionError(state.code);
    case 'kicked':
      return new ConnectionError(kickedCode(state.detail.reason));
    default:
      return ConnectionError.cancelled('the connection was closed');
  }
}

/** Holds the state; emits old and new on every change, and refuses a change the table does not have. */
export class StateMachine {
  current: ConnectionState = { name: 'idle' };
  private readonly changes = new Listeners<[StateChange]>();

  constructor(private readonly journal: Journal) {}

  on(handler: (change: StateChange) => void): () => void {
    return this.changes.add(handler);
  }

  /** Resolves in that state. @throws ConnectionError when it ends before. */
  reach(name: StateName): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (state: ConnectionState) => {
        if (state.name === name) resolve();
        else if (isFinal(state)) reject(endOf(state));
        else return;
        stop();
      };
      const stop = this.changes.add(({ to }) => look(to));
      look(this.current);
    });
  }

  enter(next: ConnectionState, reason: string): void {
    const from = this.current;
    if (!canEnter(from.name, next.name)) {
      this.journal.record('state', `${from.name} -> ${next.name} is not allowed (${reason})`);
      return;
    }
    this.current = next;
    this.journal.record('state', `${from.name} -> ${next.name}: ${reason}`);
    this.changes.emit({ from, to: next, reason });
  }
}
