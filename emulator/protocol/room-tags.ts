/** Tag numbers of the chatroom link (docs/yunxin-protocol.md, sections 8.10 to 8.12) that the server reads. */

/** Tags of the room item of `36_2` (docs/yunxin-protocol.md, section 8.10). */
export const EnterTag = {
  appkey: 1,
  account: 2,
  deviceId: 3,
  roomId: 5,
  appLogin: 8,
  nick: 20,
  avatar: 21,
  serverExtension: 22,
  notificationExtension: 23,
  anonymous: 38,
  tags: 39,
  notifyTargetTags: 40,
  authType: 41,
  loginExtension: 42,
  x: 43,
  y: 44,
  z: 45,
  distance: 46,
  antispamBusinessId: 47,
} as const;

/** Tags of a room (docs/yunxin-protocol.md, section 8.11). */
export const RoomTag = {
  roomId: 1,
  roomName: 3,
  announcement: 4,
  liveUrl: 5,
  valid: 9,
  serverExtension: 12,
  queueLevelMode: 16,
  creator: 100,
  onlineUserCount: 101,
  chatBanned: 102,
} as const;

/** Tags of a member (docs/yunxin-protocol.md, section 8.11). */
export const RoomMemberTag = {
  roomId: 1,
  accountId: 2,
  role: 3,
  level: 4,
  nick: 5,
  avatar: 6,
  serverExtension: 7,
  online: 8,
  enterTime: 10,
  blocked: 12,
  chatBanned: 13,
  valid: 14,
  updateTime: 15,
  tempChatBanned: 16,
  tempChatBannedDuration: 17,
  tags: 18,
  notifyTargetTags: 19,
  multiEnterInfo: 20,
} as const;

/** Tags of a message to and from the server (docs/yunxin-protocol.md, section 8.12). */
export const RoomMessageTag = {
  messageClientId: 1,
  messageType: 2,
  attachment: 3,
  serverExtension: 4,
  resend: 5,
  senderUpdateTime: 6,
  senderNick: 7,
  senderAvatar: 8,
  senderExtension: 9,
  /** 1 = not stored in the history. */
  historyDisabled: 12,
  text: 13,
  antispamEnabled: 16,
  createTime: 20,
  senderId: 21,
  roomId: 22,
  senderClientType: 23,
  highPriority: 25,
  subType: 28,
  routeEnvironment: 30,
  notifyTargetTags: 31,
  x: 34,
  y: 35,
  z: 36,
  receiverIds: 37,
  routeEnabled: 100,
} as const;

/** V2NIMChatroomMemberRole. */
export const MemberRole = {
  normal: 0,
  creator: 1,
  manager: 2,
  guest: 3,
  anonymous: 4,
  virtual: 5,
} as const;

/** Reason of a kick in `13_3`: V2NIMChatroomKickedReason. */
export const RoomKickReason = {
  unknown: -1,
  roomClosed: 1,
  manager: 2,
  otherClient: 3,
  quietly: 4,
  blocked: 5,
} as const;

/** The `id` in a notification's attachment (docs/yunxin-protocol.md, section 5). */
export const RoomNotice = {
  enter: 301,
  exit: 302,
  blocked: 303,
  unblocked: 304,
  chatBanned: 305,
  chatUnbanned: 306,
  roomInfo: 312,
  kicked: 313,
  tempBanned: 314,
  tempUnbanned: 315,
  memberInfo: 316,
  queueChange: 317,
  roomChatBanned: 318,
  roomChatUnbanned: 319,
  queueBatchChange: 320,
  tagTempBanned: 321,
  tagTempUnbanned: 322,
  recalled: 323,
  queueBatchOffer: 324,
  tags: 325,
  role: 326,
} as const;
