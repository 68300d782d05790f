export { answered } from './answered';
export { ConnectionError } from './connection-error';
export { ConnectionManager, type ConnectionManagerDependencies } from './connection-manager';
export {
  type ConnectionState,
  isFinal,
  kickedCode,
  type StateChange,
  type StateName,
} from './state-machine';
export type { Credentials } from './credentials';
export { isTokenRefusal } from './current-credentials';
export { ImConnection } from './im-connection';
export { Journal, type JournalEntry, redact } from './journal';
export { NO_ANSWER, PROBE_MS, whenShownAgain } from './link-check';
export { LinkWatch } from './link-watch';
export { allReasons, notAcceptedText, reasonOf, signedOutText } from './reasons';
export { fullJitter, type RetryPolicy } from './retry-policy';
export { type CancelSignal, type RoomLease, RoomLeases } from './room-leases';
export { SocketGate, SOCKETS_PER_HOST, SOCKETS_TOTAL } from './socket-gate';
export type { SocketOwner } from './socket-ticket';
export { installWxSocketGate } from './wx-socket-gate';
