import type { AppLifecycle, Clock, Network } from '@/platform';
import type { NimPort } from '@/sdk';
import type { Credentials } from './credentials';
import type { Journal } from './journal';
import type { RetryPolicy } from './retry-policy';
import type { SocketGate } from './socket-gate';
import type { SocketOwner } from './socket-ticket';

export interface ImConnectionOptions {
  /** Reconnect after a lost link (`needReconnect` of docs/seed-map.md, seed 001; default true). */
  needReconnect: boolean;
  /**
   * Number of failed reconnects in a row that ends the login (`reconnectionAttempts` of docs/seed-map.md, seed
   * 001).
   */
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
