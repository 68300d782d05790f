/** The unmodified chatroom SDK, and the app's gate to put in front of it. */
export { default as V2NIMChatroomClient } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
export { installWxSocketGate, RoomLeases, SocketGate } from '@/connection';
export { systemClock } from '@/platform';
