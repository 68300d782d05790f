import { MemberRole } from '../protocol/room-tags';
import type { RoomMessage, RoomQueueElement, RoomRecord } from '../world/room-state';
import { Reason, Refusal } from '../protocol/reasons';
import { cdnToWire } from './cdn';
import { type Flood, type FloodOptions, Floods } from './flood';
import { changeRoomInfo } from './info-commands';
import type { ChatroomParts } from './room-command';
import type { RoomLocation } from './room-sessions';
import type { NewRoomMessage } from './room-broadcast';

/** Names of V2NIMChatroomMemberRole. */
export type RoomRoleName = keyof typeof MemberRole;

/** Operator of an action, as notifications name it. Default: the room's creator. */
export interface RoomOperator {
  operatorId?: string;
  /** Extension of the notification. */
  extension?: string;
}

/** A client inside a room, for tests, the app server and the control API. */
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

/** A room in the list of the app server. */
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

/** Commands for rooms, modelled on Yunxin's server API. Unknown rooms are refused with 113404. */
export class Chatrooms {
  /** The running floods. */
  readonly floods: Floods;

  constructor(private readonly parts: ChatroomParts) {
    this.floods = new Floods(parts);
  }

  /** Adds a room or replaces the room with the same id. Missing fields get defaults. */
  addRoom(room: Partial<RoomRecord> & { roomId: string }): RoomRecord {
    return this.parts.world.addRoom(room);
  }

  /** Returns the room's record, closed or not. */
  room(roomId: string): RoomRecord {
    const room = this.parts.world.rooms.find(roomId);
    if (!room) throw new Refusal(Reason.chatroomNotExist, `no room ${roomId}`);
    return room;
  }

  private operation(room: RoomRecord, by: RoomOperator = {}) {
    const { operatorId = room.creatorAccountId, extension } = by;
    return { operatorId, ...(extension !== undefined && { extension }) };
  }

  /** Returns the open rooms as the app server lists them. `search` filters by id, name and announcement. */
  list(search = ''): RoomView[] {
    const words = search.trim().toLowerCase();
    return Object.values(this.parts.world.state.rooms)
      .filter(({ valid }) => valid)
      .filter(({ roomId, roomName, announcement }) =>
        [roomId, roomName, announcement].some((text) => text.toLowerCase().includes(words)),
      )
      .map((room) => this.viewOf(room));
  }

  /** Returns a room as the list shows it, closed or not. */
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
   * Sends a flood of messages from virtual members, who enter and leave meanwhile. The flood runs in real
   * time; `stop` and closing the emulator end it early.
   */
  floodRoom(options: FloodOptions): Flood {
    return this.floods.start(options);
  }

  /** Closes a room for good: every client inside gets `13_3` with reason 1, and entering is refused (113406). */
  closeRoom(roomId: string): void {
    this.parts.people.closeRoom(this.room(roomId));
  }

  /** Changes name, announcement, live URL, extension or queue mode, and notifies the room. */
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

  /** Mutes a member until `unban`. */
  ban(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setChatBanned(room, accountId, true, this.operation(room, by));
  }

  unban(roomId: string, accountId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setChatBanned(room, accountId, false, this.operation(room, by));
  }

  /** Mutes a member for some seconds; 0 ends the mute. */
  tempBan(roomId: string, accountId: string, seconds: number, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setTempChatBanned(room, accountId, seconds, this.operation(room, by));
  }

  /** Mutes all clients with a tag for some seconds; 0 ends the mute. */
  tempBanTag(roomId: string, tag: string, seconds: number, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setTagChatBanned(room, tag, seconds, this.operation(room, by));
  }

  /** Mutes everybody but the creator and managers, or ends that mute. */
  setChatBanned(roomId: string, chatBanned: boolean, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.people.setRoomChatBanned(room, chatBanned, this.operation(room, by));
  }

  /**
   * Kicks an account: `13_3` with the reason (RoomKickReason, default 2: by a manager) and the extension,
   * and 313 to the room. Refused with 114404 when the account is not inside.
   */
  kick(
    roomId: string,
    accountId: string,
    { reason, ...by }: RoomOperator & { reason?: number } = {},
  ): void {
    const room = this.room(roomId);
    this.parts.people.kickMember(room, accountId, this.operation(room, by), reason);
  }

  /** Lets clients poll ordinary messages at this interval instead of pushing them; 0 pushes them again. */
  setCdnPolling(roomId: string, seconds: number): void {
    const room = this.room(roomId);
    room.cdnPollingSeconds = seconds;
    this.parts.sessions.broadcast(roomId, '13_99', [cdnToWire(this.parts, room)]);
  }

  /** Sends a message in the name of an account, whether the account is inside or not, muted or not. */
  sendAs(
    roomId: string,
    accountId: string,
    message: string | Omit<NewRoomMessage, 'senderId'>,
  ): RoomMessage {
    const given = typeof message === 'string' ? { text: message } : message;
    return this.parts.broadcast.postMessage(this.room(roomId), { ...given, senderId: accountId });
  }

  /** Recalls a message (323). Refused with 107404 when the message is unknown. */
  recall(roomId: string, messageClientId: string, by?: RoomOperator): void {
    const room = this.room(roomId);
    this.parts.broadcast.recallMessage(room, messageClientId, this.operation(room, by));
  }

  /** Returns the stored messages and notifications, oldest first. */
  messages(roomId: string): readonly RoomMessage[] {
    return this.room(roomId).messages;
  }

  queue(roomId: string): readonly RoomQueueElement[] {
    return this.room(roomId).queue;
  }

  /** Adds elements to the queue: a single element as an offer, several as a batch offer (324). */
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
    if (first && complete.length === 1) this.parts.queues.offerElement(room, first, operatorId);
    else if (first) this.parts.queues.offerElements(room, complete, operatorId);
  }

  /** Returns the accounts inside, in the order of entering. */
  membersOnline(roomId: string): string[] {
    return this.parts.sessions.accountsInRoom(roomId);
  }

  /** Returns the clients inside, of a given account or of all accounts. */
  clients(roomId: string, accountId?: string): RoomClientView[] {
    return this.parts.sessions
      .inRoom(roomId)
      .filter((session) => accountId === undefined || session.accountId === accountId)
      .map(({ roomId: _, link: __, ...client }) => client);
  }
}
