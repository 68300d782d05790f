/**
 * The six-digit codes that the app throws or handles, by name. Names of codes below 600000 are those of the SDK's
 * V2NIMErrorCode in camel case, where it has the code (test/unit/sdk/codes.test.ts compares them). Texts, causes and
 * fixes are in src/connection/reasons.ts; numbers of up to four digits are written where they are used.
 */
export const Code = {
  // --- Yunxin, IM reuse: "Reuse IM" of NERoom and NEMeetingKit (docs/im-reuse.md) ---
  /** The meeting kit signs in while IM is not signed in. */
  imNotSignedIn: 100004,
  /** The meeting account is bound to another IM account. */
  otherImAccount: 100005,
  /** Joining a meeting anonymously is not possible with IM reuse. */
  anonymousJoinWithReuse: 112001,

  // --- Yunxin, V2NIMErrorCode: "Error codes" of the IM SDK ---
  /** The server refused the token. */
  invalidToken: 102302,
  /** The account is not registered under the app key. */
  accountNotExist: 102404,
  /** The account is banned. */
  accountBanned: 102422,
  /** The receiver accepts messages of friends only. */
  friendNotExist: 104404,
  /** The accounts are friends already. */
  friendAlreadyExist: 104405,
  /** Only sender or managers may recall the message. */
  senderOrManagerPermissionOnlyRevoke: 107303,
  /** The message is too old to be recalled. */
  revokeExceedTimeLimit: 107314,
  /** The message must not be recalled. */
  revokeMessageNotAllowed: 107315,
  /** The message is not pinned. */
  pinNotExist: 107320,
  /** The message is pinned. */
  pinAlreadyExist: 107322,
  /** The app key has no read receipts of teams. */
  teamReadReceiptFunctionDisabled: 107324,
  /** The server has no such message. */
  messageNotExist: 107404,
  /** Normal members of the team are muted. */
  teamNormalMemberChatBanned: 108306,
  /** The team has no read receipts. */
  teamMessageReadReceiptDisabled: 108312,
  /** The team does not exist. */
  teamNotExist: 108404,
  /** All members of the team are muted. */
  allTeamMemberChatBanned: 108423,
  /** The account is not a member of the team. */
  teamMemberNotExist: 109404,
  /** The member is muted in the team. */
  teamMemberChatBanned: 109424,
  /** The server has no link address for the chatroom. */
  chatroomLinkUnavailable: 113304,
  /** The chatroom does not exist. */
  chatroomNotExist: 113404,
  /** The chatroom is closed. */
  chatroomClosed: 113406,
  /** Chatrooms are disabled for the app key. */
  chatroomDisabled: 113410,
  /** All members of the chatroom are muted. */
  allChatroomMemberChatBanned: 113423,
  /** Anonymous users must not do this. */
  anonymousMemberForbidden: 114303,
  /** The member is muted in the chatroom. */
  chatroomMemberChatBanned: 114421,
  /** The account is on the block list of the chatroom. */
  accountInChatroomBlockList: 114426,
  /** Internal error of the SDK, or a failure without a code. */
  internal: 190001,
  /** The SDK is not logged in, or the chatroom is not entered. */
  illegalState: 190002,
  /** The SDK was called in a wrong way. */
  misuse: 191001,
  /** The call was cancelled, or replaced by a newer operation. */
  cancelled: 191002,
  /** A credential provider failed. */
  callbackFailed: 191003,
  /** A parameter is invalid. */
  invalidParameter: 191004,
  /** No answer came within the time limit. */
  timeout: 191005,
  /** The resource does not exist. */
  resourceNotExist: 191006,
  /** The link could not be opened. */
  connectFailed: 192001,
  /** The link did not open within 8 s. */
  connectTimeout: 192002,
  /** The link broke. */
  disconnect: 192003,
  /** The server did not answer a command within 8 s. */
  protocolTimeout: 192004,
  /** A packet could not be sent. */
  protocolSendFailed: 192005,
  /** An HTTP request failed. */
  requestFailed: 192006,

  /** The file is not on the device any more. */
  fileNotFound: 194001,
  /** A file could not be uploaded. */
  fileUploadFailed: 194006,

  // --- Yunxin, signalling: "Error codes" of the signalling service ---
  /** The invitation was accepted before. */
  inviteAccepted: 118302,
  /** The account is not in the channel. */
  memberNotExist: 118303,
  /** The invitation was rejected before. */
  inviteRejected: 118307,
  /** There is no such invitation. */
  inviteNotExist: 118310,
  /** The channel does not exist any more. */
  channelNotExist: 118404,

  // --- WeChat: errno of wx.request and wx.connectSocket ---
  /** The host is on none of WeChat's domain lists. */
  domainNotListed: 600002,

  // --- this client: docs/errors.md ---
  /** The configuration of the build or an option is wrong. */
  configuration: 600100,
  /** Another client of the account signed in and the login policy is exclusive. */
  kickedByClient: 600101,
  /** The server signed the account out. */
  kickedByServer: 600102,
  /** The device has no network. */
  offline: 600103,
  /** The app server did not answer. */
  appServerUnreachable: 600104,
  /** The answer of the app server does not match the contract. */
  unexpectedAnswer: 600105,
  /** A credential provider resolved without a text. */
  noCredential: 600106,
  /** The app server does not know the session. */
  noSession: 600107,
  /** The account does not belong to the session. */
  notYourAccount: 600108,
  /** Another client of the account signed this client out. */
  signedOutByClient: 600109,
  /** A step of IM reuse came in the wrong order. */
  kitOrder: 600111,
  /** No meeting kit is plugged in. */
  noKit: 600112,
  /** The meeting kit has no such way to sign in. */
  kitWayMissing: 600113,
  /** The sub-package with the SDK could not be loaded. */
  sdkNotLoaded: 600114,
  /** A manager removed the user from the chatroom. */
  roomKickedByManager: 600120,
  /** The user entered the chatroom on another device. */
  roomKickedByClient: 600121,
  /** The user entered another chatroom. */
  roomReplaced: 600122,
} as const;
