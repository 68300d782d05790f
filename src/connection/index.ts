export { ConnectionError } from './connection-error';
export { ConnectionManager, type ConnectionManagerDependencies } from './connection-manager';
export {
  type ConnectionState,
  isFinal,
  type StateChange,
  type StateName,
} from './connection-state';
export type { Credentials } from './credentials';
export { ImConnection, type ImConnectionOptions, kickedCode } from './im-connection';
export { Journal, type JournalEntry, redact } from './journal';
export { allReasons, type Reason, reasonOf, signedOutText } from './reasons';
export { fullJitter, type RetryPolicy } from './retry-policy';
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
