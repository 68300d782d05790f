/** Entry of the bundle for a client with chats, teams and rooms: the core and the chatroom package, no pages. */
export { boot } from '@/connection/boot';
export { createChatroom } from '@/packages/chatroom';
export { createRoomPort } from '@/packages/chatroom/sdk';
export { createRootStore } from '@/stores';
export { sdkFile } from '@/sdk/lazy-nim';
export { actsOf } from '@/stores/chat/acts';
export { autorun } from 'mobx';
