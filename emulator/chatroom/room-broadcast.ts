import { randomUUID } from 'node:crypto';
import type { Link } from '../link/link';
import type { Property } from '../protocol/packet';
import { numberOf } from '../protocol/request-items';
import { RoomMessageTag, RoomNotice } from '../protocol/room-tags';
import { MessageType } from '../protocol/tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomMessage, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import { isPolled } from './polling';
import type { RoomLocation, RoomSession, RoomSessions } from './room-sessions';
import type { RoomWire } from './room-wire';
import { matchesTags } from './tag-expression';

/** Message to post in a room. Missing fields get defaults. */
export interface NewRoomMessage {
  senderId: string;
  text?: string;
  messageType?: number;
  /** JSON text, keys as on the wire (`w`, `h`, `dur`, `ext` …). */
  attachment?: string;
  serverExtension?: string;
  messageClientId?: string;
  /** Server time in ms; default now. Raised above the time of the room's newest message. */
  createTime?: number;
  receiverIds?: string[];
  /** Tag expression. */
  notifyTargetTags?: string;
  highPriority?: boolean;
  /** false = not stored in the history. */
  historyEnabled?: boolean;
  /** Further tags of the message. */
  tags?: Property;
  senderClientType?: number;
  /** Link that the message came over. This link gets the answer and no push. */
  origin?: Link;
}

/** Notification to post in a room. */
export interface NewRoomNotice {
  /** One of RoomNotice. */
  id: number;
  operatorId: string;
  targetIds?: readonly string[];
  extension?: string;
  /** Further fields of the attachment's `data`. */
  fields?: Record<string, unknown>;
  /** Tag expression: clients that get the notification. */
  notifyTargetTags?: string;
  /** Restricts the notification to these accounts. */
  receiverIds?: string[];
  /** false = not stored in the history. */
  kept?: boolean;
}

function locationOf(wire: Property): RoomLocation | undefined {
  const { x, y, z } = RoomMessageTag;
  if (wire[x] === undefined && wire[y] === undefined && wire[z] === undefined) return undefined;
  return { x: numberOf(wire[x]), y: numberOf(wire[y]), z: numberOf(wire[z]) };
}

function distanceBetween(a: RoomLocation, b: RoomLocation): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/** Tells whether a client may see a message, by receivers, tags and distance. A client sees all its own messages. */
export function isMessageFor(message: RoomMessage, session: RoomSession): boolean {
  if (message.senderId === session.accountId && message.messageType !== MessageType.notification) {
    return true;
  }
  const { receiverIds, notifyTargetTags } = message;
  if (receiverIds && !receiverIds.includes(session.accountId)) return false;
  if (notifyTargetTags && !matchesTags(notifyTargetTags, session.tags)) return false;
  const location = session.location && session.distance > 0 ? locationOf(message.wire) : undefined;
  if (!location || !session.location) return true;
  return distanceBetween(location, session.location) <= session.distance;
}

/** Stores messages and notifications of rooms in the history and pushes them to the clients inside. */
export class RoomBroadcast {
  constructor(
    private readonly world: World,
    private readonly sessions: RoomSessions,
    private readonly wire: RoomWire,
  ) {}

  /** Stores a message and pushes it to every client that may see it. */
  postMessage(room: RoomRecord, message: NewRoomMessage): RoomMessage {
    const { senderId, messageType = MessageType.text, attachment, notifyTargetTags } = message;
    const { rooms } = this.world;
    const messageClientId = message.messageClientId ?? randomUUID().replaceAll('-', '');
    const createTime = rooms.nextMessageTime(room, message.createTime);
    const profile = this.wire.profileOf(room, senderId);
    const wire: Property = {
      ...message.tags,
      [RoomMessageTag.messageClientId]: messageClientId,
      [RoomMessageTag.messageType]: messageType,
      [RoomMessageTag.attachment]: attachment ?? message.text,
      [RoomMessageTag.text]: message.text,
      [RoomMessageTag.senderUpdateTime]: rooms.findMember(room, senderId)?.updateTime ?? 0,
      [RoomMessageTag.senderNick]: profile.nick,
      [RoomMessageTag.senderAvatar]: profile.avatar,
      [RoomMessageTag.senderExtension]: profile.serverExtension,
      [RoomMessageTag.createTime]: createTime,
      [RoomMessageTag.senderId]: senderId,
      [RoomMessageTag.roomId]: room.roomId,
      [RoomMessageTag.senderClientType]: message.senderClientType ?? 0,
    };
    const given = {
      [RoomMessageTag.serverExtension]: message.serverExtension,
      [RoomMessageTag.highPriority]: message.highPriority && 1,
      [RoomMessageTag.historyDisabled]: message.historyEnabled === false ? 1 : undefined,
      [RoomMessageTag.notifyTargetTags]: notifyTargetTags,
    };
    for (const [tag, value] of Object.entries(given)) {
      if (value !== undefined) wire[Number(tag)] = value;
    }
    const stored: RoomMessage = { messageClientId, senderId, messageType, createTime, wire };
    if (message.receiverIds) stored.receiverIds = message.receiverIds;
    if (notifyTargetTags) stored.notifyTargetTags = notifyTargetTags;
    rooms.appendMessage(room, stored, message.historyEnabled !== false);
    if (!isPolled(room, stored)) this.deliver(room, stored, message.origin);
    return stored;
  }

  private deliver(room: RoomRecord, message: RoomMessage, origin?: Link): void {
    this.sessions.broadcast(
      room.roomId,
      '13_7',
      [this.wire.message(message)],
      (session) => session.link !== origin && isMessageFor(message, session),
    );
  }

  /** Notifies a room of a change of the room or its members. */
  postNotice(room: RoomRecord, notice: NewRoomNotice): RoomMessage {
    const { operatorId, targetIds, extension } = notice;
    const nickOf = (accountId: string): string => this.wire.profileOf(room, accountId).nick;
    const data = {
      operator: operatorId,
      opeNick: nickOf(operatorId),
      ...(targetIds && { target: targetIds, tarNick: targetIds.map(nickOf) }),
      ...(extension && { ext: extension }),
      ...notice.fields,
    };
    return this.postMessage(room, {
      senderId: operatorId,
      messageType: MessageType.notification,
      attachment: JSON.stringify({ id: notice.id, data }),
      historyEnabled: notice.kept ?? true,
      ...(notice.notifyTargetTags && { notifyTargetTags: notice.notifyTargetTags }),
      ...(notice.receiverIds && { receiverIds: notice.receiverIds }),
    });
  }

  /** Recalls a message: removes it from the history and notifies the room. Refused with 107404 when it is unknown. */
  recallMessage(
    room: RoomRecord,
    messageClientId: string,
    by: { operatorId: string; extension?: string },
  ): void {
    const message = this.world.rooms.findMessage(room, messageClientId);
    if (!message) throw new Refusal(Reason.messageNotExist, `no message ${messageClientId}`);
    this.world.rooms.removeMessage(room, message);
    this.postNotice(room, {
      id: RoomNotice.recalled,
      ...by,
      targetIds: [message.senderId],
      fields: { msgId: messageClientId, msgTime: message.createTime },
    });
  }
}
