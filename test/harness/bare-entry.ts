/** The unmodified SDK alone, as its documents say to set it up in a mini-program. */
export {
  NIM,
  setAdapters,
  V2NIMFriendService,
  V2NIMLocalConversationService,
  V2NIMMessageExtendUtil,
  V2NIMNotificationService,
  V2NIMSettingService,
  V2NIMStorageService,
  V2NIMTeamService,
  V2NIMMessageLogUtil,
  V2NIMMessageService,
  V2NIMSignallingService,
  V2NIMUserService,
  wxAdapters,
} from 'nim-web-sdk-ng/dist/esm/nim';
