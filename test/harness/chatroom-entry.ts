/** The unmodified chatroom SDK behind the app's gate. */
export { default as V2NIMChatroomClient } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
export { installWxSocketGate, RoomLeases, SocketGate } from '@/connection';
export { systemClock } from '@/platform';
