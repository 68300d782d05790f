/** The SDK's types that the package works with. sdk.ts needs types of room-port.ts, so these are apart from it. */
export type { V2NIMChatroomInfo as RoomInfo } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
export type { V2NIMChatroomMember as RoomMember } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMemberService';
export type {
  V2NIMChatroomMessage as RoomMessage,
  V2NIMChatroomMessageCreator as RoomMessageCreator,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMessageService';
export type {
  V2NIMChatroomQueueElement as RoomQueueElement,
  V2NIMChatroomQueueService as RoomQueueService,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomQueueService';
export type { V2NIMStorageService as RoomStorage } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMStorageService';
export type { V2NIMChatroomService as RoomService } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomService';
