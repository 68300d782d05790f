/** Tag numbers of a message (shapes M4 and M6 of the wire protocol), as far as the server reads them. */
export const MessageTag = {
  conversationType: 0,
  receiverId: 1,
  senderId: 2,
  fromClientType: 4,
  fromDeviceId: 5,
  fromNick: 6,
  createTime: 7,
  messageType: 8,
  text: 9,
  attachment: 10,
  messageClientId: 11,
  messageServerId: 12,
  resend: 13,
  userUpdateTime: 14,
  serverExtension: 15,
  historyEnabled: 100,
  roamingEnabled: 101,
  onlineSyncEnabled: 102,
  offlineEnabled: 108,
  unreadEnabled: 109,
} as const;

/** Conversation type in messages on the wire: 0 p2p, 1 team (the API counts from 1). */
export const WireConversation = { p2p: 0, team: 1 } as const;

/** Message types on the wire; the API uses the same numbers. */
export const MessageType = {
  text: 0,
  image: 1,
  audio: 2,
  video: 3,
  location: 4,
  notification: 5,
  file: 6,
  tip: 10,
  call: 12,
  custom: 100,
} as const;

/** Tags of the login request `26_3` and, under the same numbers, of the IM part of `36_2`. */
export const LoginTag = {
  clientType: 3,
  os: 4,
  appLogin: 8,
  deviceId: 13,
  appkey: 18,
  account: 19,
  clientSession: 26,
  customTag: 38,
  customClientType: 39,
  authType: 115,
  loginExtension: 116,
  token: 1000,
} as const;

/** Tags of one online client in the login reply and in `26_10`. */
export const ClientTag = {
  clientId: 1,
  consid: 2,
  clientIP: 3,
  port: 4,
  type: 5,
  customClientType: 6,
  timestamp: 7,
  customTag: 8,
  os: 9,
  pushType: 10,
  hasTokenPreviously: 11,
  loginType: 12,
} as const;

/** Tags of a recall (shape M8). */
export const RecallTag = {
  createTime: 0,
  type: 1,
  receiverId: 2,
  senderId: 3,
  postscript: 4,
  attach: 5,
  messageClientId: 10,
  messageServerId: 11,
  deletedMessageTime: 14,
  operatorId: 16,
} as const;

/** Tags of a system or custom notification (shape M14). */
export const NotificationTag = {
  timestamp: 0,
  type: 1,
  receiverId: 2,
  senderId: 3,
  postscript: 4,
  content: 5,
  idServer: 6,
  offlineEnabled: 7,
} as const;

/** Tags of a pass-through request and its answer (`22_1`). */
export const ProxyTag = { zone: 1, path: 2, method: 3, header: 4, body: 5 } as const;

/** Tags of a pass-through notification (`22_2`). */
export const ProxyNotifyTag = { fromAccountId: 1, body: 2, time: 3 } as const;

/** Sync items of `27_1`. */
export const SyncItem = {
  myInfo: 1,
  offlineMessages: 2,
  teams: 3,
  roamingMessages: 7,
  relations: 9,
  friends: 11,
  friendUsers: 13,
  messageReceipts: 14,
  myTeamMembers: 15,
  recalls: 17,
  readPositions: 18,
  signalling: 21,
  deletedMessages: 27,
  stickTops: 28,
  clearedHistories: 29,
} as const;

/** Client types of Yunxin, for login lists and multi-login policies. */
export const ClientType = {
  android: 1,
  ios: 2,
  pc: 4,
  winPhone: 8,
  web: 16,
  restApi: 32,
  mac: 64,
  harmony: 65,
} as const;
