import type { AppLifecycle, Clock, Network } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Credentials } from './credentials';
import type { Journal } from './journal';
import type { RetryPolicy } from './retry-policy';
import type { SocketGate, SocketOwner } from './socket-gate';

export interface ImConnectionOptions {
  /** Reconnect after a lost link. Seed 001: needReconnect, default true. */
  needReconnect: boolean;
  /** Failed reconnects in a row after which it is over. Seed 001: reconnectionAttempts. */
  reconnectionAttempts: number;
}

export interface ImConnectionDependencies {
  nim: NimPort;
  credentials: Credentials;
  generation: number;
  owner: SocketOwner;
  gate: SocketGate;
  clock: Clock;
  network: Network;
  lifecycle: AppLifecycle;
  retry: RetryPolicy;
  journal: Journal;
  options: ImConnectionOptions;
}
