import type { Journal, RetryPolicy, RoomLeases, SocketGate } from '@/connection';
import type { AppLifecycle, Clock, Network } from '@/platform';
import type { EnterParams } from './enter-params';
import type { Mutex } from './mutex';
import type { RoomAddresses } from './room-addresses';
import type { CreateRoomPort } from './room-port';
import type { RoomSignIn } from './room-sign-in';

export interface ChatroomConnectionDependencies {
  roomId: string;
  signIn: RoomSignIn;
  params: EnterParams;
  addresses: RoomAddresses;
  leases: RoomLeases;
  gate: SocketGate;
  createPort: CreateRoomPort;
  clock: Clock;
  network: Network;
  lifecycle: AppLifecycle;
  retry: RetryPolicy;
  /** Shared by all rooms; held while a socket is about to be opened. */
  connectMutex: Mutex;
  journal: Journal;
}
