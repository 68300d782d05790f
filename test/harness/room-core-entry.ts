/** Entry of the bundle for a client with rooms: the core and the chatroom package, without its pages. */
export { boot } from '@/connection/boot';
export { createChatroom } from '@/packages/chatroom';
export { createRoomPort, instanceCount } from '@/packages/chatroom/sdk';
export { createRootStore } from '@/stores';
export { autorun } from 'mobx';
