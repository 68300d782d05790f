/** Tag numbers of a message (docs/yunxin-protocol.md, section 8.1) that the server reads. */
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
  antispamEnabled: 25,
  readReceiptEnabled: 26,
  threadRootServerId: 37,
  subType: 41,
  modifyTime: 62,
  modifyAccountId: 63,
  historyEnabled: 100,
  roamingEnabled: 101,
  onlineSyncEnabled: 102,
  offlineEnabled: 108,
  unreadEnabled: 109,
  receiptSnapshot: 112,
} as const;

/** Conversation type in messages on the wire (the API counts 1, 2, 3). */
export const WireConversation = { p2p: 0, team: 1, superTeam: 5 } as const;

/** Conversation type of the API, as in one-way deletions and cleared histories. */
export const ApiConversation = { p2p: 1, team: 2, superTeam: 3 } as const;

/** Type of a recall by conversation type. */
export const RecallType = { p2p: 7, team: 8, superTeam: 12 } as const;

/** Type of a recall that the server makes for the receivers alone. Super teams have none. */
export const OneWayRecallType = { p2p: 13, team: 14 } as const;

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
  robot: 11,
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

/** Tags of an online client in the login reply and in `26_10`. */
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

/** Tags of a recall (docs/yunxin-protocol.md, section 8.2). */
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

/** Tags of a system or custom notification (docs/yunxin-protocol.md, section 8.4). */
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
  broadcasts: 20,
  signalling: 21,
  superTeams: 22,
  mySuperTeamMembers: 23,
  superTeamRoamingMessages: 24,
  superTeamRecalls: 25,
  superTeamReadPositions: 26,
  deletedMessages: 27,
  stickTops: 28,
  clearedHistories: 29,
  edits: 30,
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
