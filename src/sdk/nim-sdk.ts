import { browserAdapters, wxAdapters } from 'nim-web-sdk-ng/dist/esm/nim';

/**
 * The part of the SDK that the app uses. In the mini-program it is in the file that config/sdk-file builds from
 * nim.ts, evaluated when the first login begins; the package has no other part of the SDK.
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
  V2NIMSubscriptionService,
  V2NIMTeamService,
  V2NIMUserService,
} from 'nim-web-sdk-ng/dist/esm/nim';

/** The SDK's own adapters for the network and storage of this platform. */
export const adapters = process.env.TARO_ENV === 'h5' ? browserAdapters : wxAdapters;
