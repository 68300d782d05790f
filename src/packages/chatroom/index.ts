import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { createRoomPort } from './sdk';
import { ChatroomStore } from './stores/chatroom-store';

export type { RoomInfo, RoomMember, RoomQueueElement } from './sdk-types';
export { ChatroomStore } from './stores/chatroom-store';
export type { MemberFilter, MembersStore } from './stores/members-store';
export type { QueueStore } from './stores/queue-store';
export type { OwnClient } from './stores/self-store';
export type { RoomEdit, RoomStore } from './stores/room-store';

let chatroom: { core: Core; store: ChatroomStore } | undefined;

/**
 * The stores of the chatroom package for an app's core. Each core has one instance: the room outlives the
 * pages of the package.
 */
export function createChatroom(core: Core, stores: RootStore): ChatroomStore {
  if (chatroom?.core !== core) {
    const createPort = () => createRoomPort(core.env, core.manager.sdkOptions);
    chatroom = { core, store: new ChatroomStore({ core, stores, createPort }) };
  }
  return chatroom.store;
}
