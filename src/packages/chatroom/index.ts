import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { createRoomPort } from './sdk';
import { ChatroomStore } from './stores/chatroom-store';

export { exitCode, type ExitCause, type RoomState } from './connection/room-state';
export { InvalidParameter } from './connection/enter-params';
export { MemberRole } from './connection/constants';
export type { RoomSignIn } from './connection/room-sign-in';
export type { RoomInfo, RoomMember, RoomMessage, RoomQueueElement } from './sdk';
export { ChatroomStore, type EnterOptions } from './stores/chatroom-store';
export type { FloodCounters } from './stores/flood-counters';
export type { CustomContent, Gift } from './stores/custom-content';
export type { MemberFilter, MembersState, MembersStore } from './stores/members-store';
export { NAMES_SHOWN, type Notice, type NoticeKind } from './stores/notices';
export { may, type MemberAction } from './stores/permissions';
export type { QueueStore } from './stores/queue-store';
export type { RoomListState, RoomListStore } from './stores/room-list-store';
export type { RoomImage, RoomRow, RoomRowKind } from './stores/room-row';
export type { OwnClient } from './stores/self-store';
export type { RoomSummary } from './stores/room-server';
export type { ImageFile, RoomEdit, RoomStore } from './stores/room-store';
export type { RoomTalk } from './stores/room-talk';
export type { RoomSegment } from './stores/room-window';
export type { ComposerState, SelfStore } from './stores/self-store';

let chatroom: { core: Core; store: ChatroomStore } | undefined;

/**
 * The chatroom package's stores over the app's core. One for each core: pages of the package come and go,
 * the room stays.
 */
export function createChatroom(core: Core, stores: RootStore): ChatroomStore {
  if (chatroom?.core !== core) {
    const createPort = () => createRoomPort(core.env, core.manager.sdkOptions);
    chatroom = { core, store: new ChatroomStore({ core, stores, createPort }) };
  }
  return chatroom.store;
}
