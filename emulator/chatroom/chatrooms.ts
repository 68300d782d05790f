import { MemberRole } from '../protocol/room-tags';
import type { RoomMessage, RoomQueueElement, RoomRecord } from '../world/room-state';
import { Reason, Refusal } from '../protocol/reasons';
import { cdnToWire } from './cdn';
import { type Flood, type FloodOptions, Floods } from './flood';
import { changeRoomInfo } from './info-commands';
import type { ChatroomParts } from './room-command';
import type { RoomLocation } from './room-sessions';
import type { NewRoomMessage } from './room-talk';

/** The names of V2NIMChatroomMemberRole. */
export type RoomRoleName = keyof typeof MemberRole;

/** Who does it, as notifications say; by default the room's creator. */
export interface RoomOperator {
  operatorId?: string;
  /** The notification's extension. */
  extension?: string;
}

/** One client inside a room, for tests, the app server and the control API. */
export interface RoomClientView {
  accountId: string;
  clientId: string;
  clientType: number;
  customClientType: number;
  enterTime: number;
  nick: string;
  avatar: string;
  serverExtension: string;
  tags: readonly string[];
  notifyTargetTags: string;
  location: RoomLocation | undefined;
  distance: number;
  antispamBusinessId: string;
}

/** What the list of the app server says of a room. */
export interface RoomView {
  roomId: string;
  roomName: string;
  cover: string;
  announcement: string;
  liveUrl: string;
  live: boolean;
  creatorAccountId: string;
  onlineUserCount: number;
}

/** Rooms as Yunxin's server API commands them. Unknown rooms are refused with 113404. */
export class Chatrooms {
  /** Floods that run now. */
  readonly floods: Floods;

  constructor(private readonly parts: ChatroomParts) {
    this.floods = new Floods(parts);
  }

  /** Adds a room, or replaces the one of that id; what is left out is made up. */
  addRoom(room: Partial<RoomRecord> & { roomId: string }): RoomRecord {
    return this.parts.world.addRoom(room);
  }

  /** The room's record, closed or not. */
  room(roomId: string): RoomRecord {
    const room = this.parts.world.rooms.find(roomId);
    if (!room) throw new Refusal(Reason.chatroomNotExist, `no room ${roomId}`);
    return room;
  }

  private operation(room: RoomRecord, by: RoomOperator = {}) {
    const { operatorId = room.creatorAccountId, extension } = by;
    return { operatorId, ...(extension !== undefined && { extension }) };
  }

  /** Rooms that are open, as the app server lists them; `search` looks at id, name and announcement. */
  list(search = ''): RoomView[] {
    const words = search.trim().toLowerCase();
    return Object.values(this.parts.world.state.rooms)
      .filter(({ valid }) => valid)
      .filter(({ roomId, roomName, announcement }) =>
        [roomId, roomName, announcement].some((text) => text.toLowerCase().includes(words)),
      )
      .map((room) => this.viewOf(room));
  }

  /** One room as the list has it, closed or not. */
  view(roomId: string): RoomView {
    return this.viewOf(this.room(roomId));
  }

  private viewOf(room: RoomRecord): RoomView {
    const { roomId, roomName, cover, announcement, liveUrl, live, creatorAccountId } = room;
    const onlineUserCount = this.parts.wire.onlineUserCount(room);
    return {
      roomId,
      roomName,
      cover,
      announcement,
      liveUrl,
      live,
      creatorAccountId,
      onlineUserCount,
    };
  }

  /**
   * Pours messages of virtual members into a room, who come and go meanwhile. By real time; `stop` ends
   * it early, and so does closing the emulator.
   */
  floodRoom(options: FloodOptions): Flood {
    return this.floods.start(options);
  }

  /** Closes a room for good: everyone inside gets `13_3` with reason 1, nobody enters again (113406). */
  closeRoom(roomId: string): void {
    this.parts.people.close(this.room(roomId));
  }

  /** Changes name, announcement, live URL, extension or queue mode, and tells the room. */
  update(
    roomId: string,
    change: Parameters<typeof changeRoomInfo>[2],
    by: RoomOperator & { notificationEnabled?: boolean } = {},
  ): void {
    const room = this.room(roomId);
    changeRoomInfo(this.parts, room, change, this.operation(room, by), by.notificationEnabled);
  }

  setRole(roomId: string, accountId: string, role: RoomRoleName, by?: RoomOperator): void {
    const room = this.room(roomId);
    const change = { role: MemberRole[role] };
    this.parts.people.setRole(room, accountId, change, this.operation(room, by));
  }

  block(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setBlocked(room, accountId, true, this.operation(room, by));
  }

  unblock(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setBlocked(room, accountId, false, this.operation(room, by));
  }

  /** The member may not speak until `unban`. */
  ban(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setChatBanned(room, accountId, true, this.operation(room, by));
  }

  unban(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setChatBanned(room, accountId, false, this.operation(room, by));
  }

  /** The member may not speak for some seconds; 0 ends it. */
  tempBan(roomId: string, accountId: string, seconds: number, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setTempChatBanned(room, accountId, seconds, this.operation(room, by));
  }

  /** Nobody who entered with the tag may speak for some seconds; 0 ends it. */
  tempBanTag(roomId: string, tag: string, seconds: number, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setTagChatBanned(room, tag, seconds, this.operation(room, by));
  }

  /** Only the creator and managers may speak, or everyone again. */
  setChatBanned(roomId: string, chatBanned: boolean, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setRoomChatBanned(room, chatBanned, this.operation(room, by));
  }

  /**
   * Puts an account out: `13_3` with the reason (RoomKickReason, default 2: by a manager) and the
   * extension, and 313 to the room. Refused with 114404 when it is not inside.
   */
  kick(
    roomId: string,
    accountId: string,
    { reason, ...by }: RoomOperator & { reason?: number } = {},
  ): void {
    const room = this.room(roomId);
    this.parts.people.kick(room, accountId, this.operation(room, by), reason);
  }

  /** Has ordinary messages polled every so many seconds instead of pushed, or pushed again (0). */
  setCdnPolling(roomId: string, seconds: number): void {
    const room = this.room(roomId);
    room.cdnPollingSeconds = seconds;
    this.parts.sessions.broadcast(roomId, '13_99', [cdnToWire(this.parts, room)]);
  }

  /** Says something in a room as this account, whether it is inside or not, muted or not. */
  sendAs(
    roomId: string,
    accountId: string,
    message: string | Omit<NewRoomMessage, 'senderId'>,
  ): RoomMessage {
    const given = typeof message === 'string' ? { text: message } : message;
    return this.parts.talk.post(this.room(roomId), { ...given, senderId: accountId });
  }

  /** Takes a message back (323). Refused with 107404 when it is unknown. */
  recall(roomId: string, messageClientId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.talk.recall(room, messageClientId, this.operation(room, by));
  }

  /** The kept messages and notifications, oldest first. */
  messages(roomId: string): readonly RoomMessage[] {
    return this.room(roomId).messages;
  }

  queue(roomId: string): readonly RoomQueueElement[] {
    return this.room(roomId).queue;
  }

  /** Puts elements into the queue: one is an offer, several are a batch offer (324). */
  queueOffer(
    roomId: string,
    elements: (Pick<RoomQueueElement, 'key' | 'value'> & Partial<RoomQueueElement>)[],
    by?: RoomOperator,
  ): void {
    const room = this.room(roomId);
    const { operatorId } = this.operation(room, by);
    const complete = elements.map((element) => {
      return { transient: false, ownerAccountId: operatorId, ...element };
    });
    const [first] = complete;
    if (first && complete.length === 1) this.parts.queues.offer(room, first, operatorId);
    else if (first) this.parts.queues.offerAll(room, complete, operatorId);
  }

  /** Accounts inside, in the order they entered. */
  membersOnline(roomId: string): string[] {
    return this.parts.sessions.accounts(roomId);
  }

  /** Clients inside, of one account or of all. */
  clients(roomId: string, accountId?: string): RoomClientView[] {
    return this.parts.sessions
      .inRoom(roomId)
      .filter((session) => accountId === undefined || session.accountId === accountId)
      .map(({ roomId: _, link: __, ...client }) => client);
  }
}
