export { ConnectionError } from './connection-error';
export {
  ConnectionManager,
  type ConnectionManagerDependencies,
  type Ending,
} from './connection-manager';
export {
  type ConnectionState,
  isFinal,
  kickedCode,
  type StateChange,
  type StateName,
} from './state-machine';
export type { Credentials } from './credentials';
export { ImConnection } from './im-connection';
export type { ImConnectionOptions } from './im-dependencies';
export { Journal, type JournalEntry, redact } from './journal';
export { PROBE_MS, whenShownAgain } from './link-check';
export { LinkWatch } from './link-watch';
export { allReasons, notAcceptedText, type Reason, reasonOf, signedOutText } from './reasons';
export { fullJitter, type RetryPolicy } from './retry-policy';
export { type CancelSignal, type RoomLease, RoomLeases } from './room-leases';
export {
  type GateEvent,
  SocketGate,
  SOCKETS_PER_HOST,
  SOCKETS_TOTAL,
  type SocketCounts,
  type SocketOwner,
  type SocketTicket,
} from './socket-gate';
export { installWebSocketGate } from './web-socket-gate';
export { installWxSocketGate } from './wx-socket-gate';
