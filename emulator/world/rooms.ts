import { MemberRole } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import {
  type ChatroomSettings,
  DEFAULT_CHATROOM_SETTINGS,
  emptyRoom,
  type RoomMemberRecord,
  type RoomMessage,
  type RoomRecord,
} from './room-state';
import type { WorldCore } from './world-core';

/** Limit on the messages of a room, so that a flood does not fill the memory. */
const MESSAGES_KEPT = 5000;

/** Query of a page of a room's history. */
export interface RoomHistoryQuery {
  /** ms, inclusive; 0 = open. */
  beginTime: number;
  endTime: number;
  limit: number;
  oldestFirst: boolean;
  /** Empty = all. */
  messageTypes: readonly number[];
}

/** Records of rooms, their members and their messages. RoomSessions knows the clients inside. */
export class Rooms {
  /** Messages by room and client id, to recognise repeated messages. */
  private readonly sent = new Map<string, Map<string, RoomMessage>>();
  /** Newest message time by room, including messages that are not stored in the history. */
  private readonly newestTimes = new Map<string, number>();

  constructor(private readonly world: WorldCore) {
    const { rooms } = world.state;
    for (const room of Object.values(rooms)) {
      // A stored world may lack newer fields.
      const complete = { ...emptyRoom(room.roomId, world.now()), ...room };
      rooms[room.roomId] = complete;
      for (const member of Object.values(complete.members)) this.removeGuest(complete, member);
      for (const message of complete.messages) this.index(complete, message);
    }
  }

  get settings(): ChatroomSettings {
    return (this.world.state.chatrooms ??= structuredClone(DEFAULT_CHATROOM_SETTINGS));
  }

  find(roomId: string): RoomRecord | undefined {
    const { rooms } = this.world.state;
    return Object.hasOwn(rooms, roomId) ? rooms[roomId] : undefined;
  }

  /** Returns the room. Refuses an unknown room with 113404 and a closed room with 113406. */
  require(roomId: string): RoomRecord {
    const room = this.find(roomId);
    if (!room) throw new Refusal(Reason.chatroomNotExist, `no room ${roomId}`);
    if (!room.valid) throw new Refusal(Reason.chatroomClosed, `room ${roomId} is closed`);
    return room;
  }

  /** Adds a room or replaces the room with the same id. Missing fields get defaults. */
  addRoom(room: Partial<RoomRecord> & { roomId: string }): RoomRecord {
    const record = { ...emptyRoom(room.roomId, this.world.now()), ...room };
    this.world.state.rooms[room.roomId] = record;
    this.sent.delete(room.roomId);
    this.newestTimes.delete(room.roomId);
    for (const message of record.messages) this.index(record, message);
    if (record.creatorAccountId) this.ensureMember(record, record.creatorAccountId);
    this.world.stamp();
    return record;
  }

  findMember(room: RoomRecord, accountId: string): RoomMemberRecord | undefined {
    return Object.hasOwn(room.members, accountId) ? room.members[accountId] : undefined;
  }

  /** Returns the member. Creates a missing member, as creator or guest. */
  ensureMember(room: RoomRecord, accountId: string): RoomMemberRecord {
    const existing = this.findMember(room, accountId);
    if (existing) return existing;
    const profile = this.world.account(accountId)?.profile;
    const creator = accountId === room.creatorAccountId;
    const member: RoomMemberRecord = {
      accountId,
      role: creator ? MemberRole.creator : MemberRole.guest,
      level: 0,
      nick: profile?.name ?? accountId,
      avatar: profile?.avatar ?? '',
      serverExtension: '',
      blocked: false,
      chatBanned: false,
      tempChatBannedUntil: 0,
      updateTime: this.world.now(),
      order: room.nextOrder++,
    };
    room.members[accountId] = member;
    return member;
  }

  /** Changes a member without notifying the room. */
  changeMember(
    room: RoomRecord,
    accountId: string,
    change: Partial<Omit<RoomMemberRecord, 'accountId' | 'order'>>,
  ): RoomMemberRecord {
    const member = this.ensureMember(room, accountId);
    Object.assign(member, { updateTime: this.world.now() }, change);
    this.world.stamp();
    return member;
  }

  /** Removes a guest that has left, unless the guest is blocked or muted. */
  removeGuest(room: RoomRecord, member: RoomMemberRecord): void {
    const passing = member.role === MemberRole.guest || member.role === MemberRole.anonymous;
    const marked = member.blocked || member.chatBanned || this.isTempBanned(member);
    if (passing && !marked) delete room.members[member.accountId];
  }

  removeMember(room: RoomRecord, accountId: string): void {
    delete room.members[accountId];
    this.world.stamp();
  }

  isTempBanned(member: RoomMemberRecord): boolean {
    return member.tempChatBannedUntil > this.world.now();
  }

  /** Returns a time for a new message: `requested`, or the next time after the newest message. */
  nextMessageTime(room: RoomRecord, requested = this.world.now()): number {
    const newest = this.newestTimes.get(room.roomId) ?? room.messages.at(-1)?.createTime ?? 0;
    const time = Math.max(Math.floor(requested), newest + 1);
    this.newestTimes.set(room.roomId, time);
    return time;
  }

  private index(room: RoomRecord, message: RoomMessage): void {
    const sent = this.sent.get(room.roomId) ?? new Map<string, RoomMessage>();
    this.sent.set(room.roomId, sent);
    sent.set(message.messageClientId, message);
  }

  /** Adds a message to the index and, if `kept`, to the history. */
  appendMessage(room: RoomRecord, message: RoomMessage, kept: boolean): void {
    this.index(room, message);
    const sent = this.sent.get(room.roomId);
    // The map is in insertion order, so its first ids are the oldest.
    if (sent && sent.size > 2 * MESSAGES_KEPT) {
      for (const id of [...sent.keys()].slice(0, MESSAGES_KEPT)) sent.delete(id);
    }
    if (kept) {
      room.messages.push(message);
      if (room.messages.length > 2 * MESSAGES_KEPT) room.messages.splice(0, MESSAGES_KEPT);
    }
    this.world.events.emit('change', undefined);
  }

  findMessage(room: RoomRecord, messageClientId: string): RoomMessage | undefined {
    return this.sent.get(room.roomId)?.get(messageClientId);
  }

  /** Removes a message from the history. Repeating the message does not restore it. */
  removeMessage(room: RoomRecord, message: RoomMessage): void {
    const at = room.messages.indexOf(message);
    if (at >= 0) room.messages.splice(at, 1);
    this.world.stamp();
  }

  /** Returns a page of history; `visible` filters out messages that the client may not see. */
  history(
    room: RoomRecord,
    query: RoomHistoryQuery,
    visible: (message: RoomMessage) => boolean = () => true,
  ): RoomMessage[] {
    const { beginTime, endTime, messageTypes } = query;
    const matches = room.messages.filter(
      (message) =>
        (!beginTime || message.createTime >= beginTime) &&
        (!endTime || message.createTime <= endTime) &&
        (!messageTypes.length || messageTypes.includes(message.messageType)) &&
        visible(message),
    );
    const limit = query.limit > 0 ? query.limit : 100;
    return query.oldestFirst ? matches.slice(0, limit) : matches.slice(-limit).reverse();
  }
}
