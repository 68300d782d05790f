import { browserAdapters, wxAdapters } from 'nim-web-sdk-ng/dist/esm/nim';

/**
 * What the app uses of the SDK. In the mini-program this is a file of its own, `nim-sdk.js`, evaluated when
 * the first login begins (config/sdk-file); whatever is not named here is not in the package.
 */
export {
  NIM,
  setAdapters,
  V2NIMFriendService,
  V2NIMLocalConversationService,
  V2NIMMessageExtendUtil,
  V2NIMMessageLogUtil,
  V2NIMMessageService,
  V2NIMNotificationService,
  V2NIMPassthroughService,
  V2NIMSettingService,
  V2NIMSignallingService,
  V2NIMStorageService,
  V2NIMTeamService,
  V2NIMUserService,
} from 'nim-web-sdk-ng/dist/esm/nim';

/** The SDK's own way to the network and storage of this platform. */
export const adapters = process.env.TARO_ENV === 'h5' ? browserAdapters : wxAdapters;
