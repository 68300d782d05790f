/**
 * Re-exports the SDK's own types. Type-only: this file adds no byte to any bundle, so every layer may
 * use it without importing the SDK (the lint rule allows `nim-web-sdk-ng` in this folder alone).
 */
export type { V2NIM } from 'nim-web-sdk-ng/dist/esm/nim/src/index';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMLoginService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMLocalConversationService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMConversationService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMUserService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMFriendService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMTeamService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMNotificationService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMSettingService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMSignallingService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMSubscriptionService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMStorageService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMPassthroughService';
export type * from 'nim-web-sdk-ng/dist/esm/nim/src/SyncServiceInterface';
