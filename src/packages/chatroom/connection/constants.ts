/** The chatroom SDK's enumerations as values, under its names without the prefixes; see src/sdk/constants.ts. */
export const RoomStatus = {
  DISCONNECTED: 0,
  WAITING: 1,
  CONNECTING: 2,
  CONNECTED: 3,
  ENTERING: 4,
  ENTERED: 5,
  EXITED: 6,
} as const;
export const KickedReason = {
  UNKNOWN: -1,
  CHATROOM_INVALID: 1,
  BY_MANAGER: 2,
  BY_CONFLICT_LOGIN: 3,
  SILENTLY: 4,
  BE_BLOCKED: 5,
} as const;
export const MemberRole = {
  NORMAL: 0,
  CREATOR: 1,
  MANAGER: 2,
  NORMAL_GUEST: 3,
  ANONYMOUS_GUEST: 4,
  VIRTUAL: 5,
} as const;
export const QueueLevelMode = { ANY: 0, MANAGER: 1 } as const;
export const QueryDirection = { DESC: 0, ASC: 1 } as const;
export const NotificationType = {
  MEMBER_ENTER: 0,
  MEMBER_EXIT: 1,
  MEMBER_BLOCK_ADDED: 2,
  MEMBER_BLOCK_REMOVED: 3,
  MEMBER_CHAT_BANNED_ADDED: 4,
  MEMBER_CHAT_BANNED_REMOVED: 5,
  ROOM_INFO_UPDATED: 6,
  MEMBER_KICKED: 7,
  MEMBER_TEMP_CHAT_BANNED_ADDED: 8,
  MEMBER_TEMP_CHAT_BANNED_REMOVED: 9,
  MEMBER_INFO_UPDATED: 10,
  QUEUE_CHANGE: 11,
  CHAT_BANNED: 12,
  CHAT_BANNED_REMOVED: 13,
  TAG_TEMP_CHAT_BANNED_ADDED: 14,
  TAG_TEMP_CHAT_BANNED_REMOVED: 15,
  MESSAGE_REVOKE: 16,
  TAGS_UPDATE: 17,
  ROLE_UPDATE: 18,
} as const;
