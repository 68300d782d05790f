/**
 * The SDK's enumerations as values. The SDK declares ambient const enums, which isolated modules cannot read,
 * and importing its V2NIMConst would pull the whole table into the package. The names are the SDK's
 * without the V2NIM_ prefixes; test/unit/sdk/constants.test.ts compares each with the SDK's own table.
 */
export const LoginStatus = { LOGOUT: 0, LOGINED: 1, LOGINING: 2, UNLOGIN: 3 } as const;
export const ConnectStatus = { DISCONNECTED: 0, CONNECTED: 1, CONNECTING: 2, WAITING: 3 } as const;
export const DataSyncType = { MAIN: 1, TEAM_MEMBER: 2, SUPER_TEAM_MEMBER: 3 } as const;
export const DataSyncState = { WAITING: 1, SYNCING: 2, COMPLETED: 3 } as const;
export const LoginAuthType = { DEFAULT: 0, DYNAMIC_TOKEN: 1, THIRD_PARTY: 2 } as const;
export const ConversationType = { UNKNOWN: 0, P2P: 1, TEAM: 2, SUPER_TEAM: 3 } as const;
export const MessageType = {
  INVALID: -1,
  TEXT: 0,
  IMAGE: 1,
  AUDIO: 2,
  VIDEO: 3,
  LOCATION: 4,
  NOTIFICATION: 5,
  FILE: 6,
  TIPS: 10,
  ROBOT: 11,
  CALL: 12,
  CUSTOM: 100,
} as const;
export const MessageSendingState = { UNKNOWN: 0, SUCCEEDED: 1, FAILED: 2, SENDING: 3 } as const;
export const KickedOfflineReason = {
  CLIENT_EXCLUSIVE: 1,
  SERVER: 2,
  CLIENT: 3,
  CLIENT_QUIETLY: 4,
} as const;
export const SignallingEventType = {
  UNKNOWN: 0,
  CLOSE: 1,
  JOIN: 2,
  INVITE: 3,
  CANCEL_INVITE: 4,
  REJECT: 5,
  ACCEPT: 6,
  LEAVE: 7,
  CONTROL: 8,
} as const;
export const SignallingChannelType = { AUDIO: 1, VIDEO: 2, CUSTOM: 3 } as const;

/** The version of `nim-web-sdk-ng` in this build. */
export const SDK_VERSION = '10.8.1';
