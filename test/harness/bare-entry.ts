/** The unmodified SDK alone, set up for a mini-program as the SDK's documents say. */
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
