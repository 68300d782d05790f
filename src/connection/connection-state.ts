import type { KickedDetail } from '@/sdk';

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
export function canEnter(from: StateName, to: StateName): boolean {
  return ALLOWED[from].includes(to);
}
