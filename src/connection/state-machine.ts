import { Listeners } from '@/platform';
import { KickedOfflineReason } from '@/sdk/constants';
import type { KickedDetail } from '@/sdk';
import { Code } from '@/sdk/codes';
import { ConnectionError } from './connection-error';
import type { Journal } from './journal';

/**
 * The states of one IM login.
 * `idle -> connecting -> authenticating -> syncing -> online -> waiting -> connecting ...`;
 * `loggedOut`, `kicked`, `refused` and `lost` are final.
 */
export type ConnectionState =
  | { readonly name: 'idle' }
  /** `attempt` counts from 1; the first login and every reconnect start at 1. */
  | { readonly name: 'connecting'; readonly attempt: number }
  | { readonly name: 'authenticating'; readonly attempt: number }
  | { readonly name: 'syncing' }
  | { readonly name: 'online' }
  /** `attempt` attempts failed; the next starts at `until` (ms since 1970). `reason`: a code of the reasons table. */
  | {
      readonly name: 'waiting';
      readonly attempt: number;
      readonly delayMs: number;
      readonly until: number;
      readonly reason: number;
    }
  | { readonly name: 'loggedOut' }
  | { readonly name: 'kicked'; readonly detail: KickedDetail; readonly at: number }
  /** The server refused with a final code. */
  | { readonly name: 'refused'; readonly code: number }
  /** The bound on reconnects was reached, or reconnecting is switched off. */
  | { readonly name: 'lost'; readonly code: number };

export type StateName = ConnectionState['name'];

export interface StateChange {
  from: ConnectionState;
  to: ConnectionState;
  /** The cause of the change, for the journal. */
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

/** Whether the transition is allowed; docs/connection.md draws this table. */
function canEnter(from: StateName, to: StateName): boolean {
  return ALLOWED[from].includes(to);
}

/**
 * The code of a kick: by the server, by another client of the account whose user signed this client out, or by
 * another client under an exclusive login policy.
 */
export function kickedCode(reason: number): number {
  if (reason === KickedOfflineReason.SERVER) return Code.kickedByServer;
  return reason === KickedOfflineReason.CLIENT ? Code.signedOutByClient : Code.kickedByClient;
}

/** Converts a final state to the error that a waiting sign-in rejects with. */
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

/** Holds the state; emits the old and the new state on every change, and refuses a transition that is not allowed. */
export class StateMachine {
  current: ConnectionState = { name: 'idle' };
  private readonly changes = new Listeners<[StateChange]>();

  constructor(private readonly journal: Journal) {}

  on(handler: (change: StateChange) => void): () => void {
    return this.changes.add(handler);
  }

  /** Resolves when the machine is in that state. @throws ConnectionError when a final state comes first */
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
