import { Reason, Refusal } from '../protocol/reasons';
import { isSwitchedOff, numberOf, textOf, truthOf } from '../protocol/request-items';
import { RoomMessageTag } from '../protocol/room-tags';
import { MessageType } from '../protocol/tags';
import type { Property } from '../protocol/packet';
import type { RoomMessage } from '../world/room-state';
import { hitsAntispam } from './antispam';
import { isManager, requireAccountHolder, type RoomCall, type RoomHandlers } from './room-command';
import { isMessageFor } from './room-broadcast';
import { matchesTags, parseTags } from './tag-expression';

const TEXT_LIMIT = 5000;
const HISTORY_LIMIT = 100;
const SECOND_MS = 1000;

/** Message types that a client may send: all but notifications. */
const SENDABLE: readonly number[] = Object.values(MessageType).filter(
  (type) => type !== MessageType.notification,
);

/** Tags that the server sets itself, or reads and does not forward. */
const SERVER_TAGS: readonly number[] = [
  RoomMessageTag.resend,
  RoomMessageTag.receiverIds,
  RoomMessageTag.senderUpdateTime,
  RoomMessageTag.senderNick,
  RoomMessageTag.senderAvatar,
  RoomMessageTag.senderExtension,
];

/** Tags in the answer to the sender. For all other tags the SDK keeps the sender's value. */
const ANSWERED_TAGS: readonly number[] = [
  RoomMessageTag.messageClientId,
  RoomMessageTag.createTime,
  RoomMessageTag.senderId,
  RoomMessageTag.roomId,
  RoomMessageTag.senderClientType,
  RoomMessageTag.senderUpdateTime,
  RoomMessageTag.senderNick,
  RoomMessageTag.senderAvatar,
  RoomMessageTag.senderExtension,
  // The SDK invents a route configuration when these two tags are missing in the answer.
  RoomMessageTag.routeEnvironment,
  RoomMessageTag.routeEnabled,
];

function checkMaySpeak(call: RoomCall): void {
  const { room, member, accountId, world } = call;
  requireAccountHolder(call);
  if (world.account(accountId)?.chatBanned) throw new Refusal(Reason.accountChatBanned);
  if (member.chatBanned || world.rooms.isTempBanned(member)) {
    throw new Refusal(Reason.chatroomMemberChatBanned);
  }
  if (isManager(member)) return;
  const now = world.now();
  if (call.session.tags.some((tag) => (room.tagBans[tag] ?? 0) > now)) {
    throw new Refusal(Reason.chatroomMemberChatBanned, 'a tag of the sender is banned');
  }
  if (room.chatBanned) throw new Refusal(Reason.chatroomAllChatBanned);
}

function checkContent(call: RoomCall, message: Property): void {
  const messageType = numberOf(message[RoomMessageTag.messageType]);
  const text = textOf(message[RoomMessageTag.text]);
  const attachment = textOf(message[RoomMessageTag.attachment]);
  const hasText = messageType === MessageType.text || messageType === MessageType.tip;
  const isEmpty = hasText ? !text && !attachment : !attachment;
  if (!SENDABLE.includes(messageType) || isEmpty || text.length > TEXT_LIMIT) {
    throw new Refusal(Reason.parameterError, 'no message of a known type');
  }
  const checked = !isSwitchedOff(message[RoomMessageTag.antispamEnabled]);
  if (checked && hitsAntispam(call.world, text)) throw new Refusal(Reason.messageHitAntispam);
}

/** Refuses a message above the room's limit of messages per account and second. */
function checkRate(call: RoomCall, highPriority: boolean): void {
  const { room, accountId, world } = call;
  if (room.messagesPerSecond <= 0) return;
  const since = world.now() - SECOND_MS;
  let recent = 0;
  for (let at = room.messages.length - 1; at >= 0; at -= 1) {
    const message = room.messages[at];
    if (!message || message.createTime <= since) break;
    if (message.senderId === accountId && message.messageType !== MessageType.notification) {
      recent += 1;
    }
  }
  if (recent < room.messagesPerSecond) return;
  throw new Refusal(highPriority ? Reason.highPriorityRateLimit : Reason.rateLimitReached);
}

function receiversOf(message: Property): string[] | undefined {
  const text = textOf(message[RoomMessageTag.receiverIds]);
  if (!text) return undefined;
  const receivers = parseTags(text);
  if (!receivers) throw new Refusal(Reason.parameterError, 'receiverIds is a JSON array of text');
  return receivers.length ? receivers : undefined;
}

function answer(message: RoomMessage): unknown[] {
  const tags = Object.entries(message.wire).filter(([tag]) => ANSWERED_TAGS.includes(Number(tag)));
  return [Object.fromEntries(tags)];
}

function send(call: RoomCall): unknown[] {
  const { room, session, accountId, world, broadcast } = call;
  const message = call.items.property(0);
  const messageClientId = textOf(message[RoomMessageTag.messageClientId]);
  if (!messageClientId) throw new Refusal(Reason.parameterError, 'messageClientId is required');
  checkMaySpeak(call);
  const earlier = world.rooms.findMessage(room, messageClientId);
  if (earlier && earlier.senderId !== accountId) throw new Refusal(Reason.duplicateMessageClientId);
  // A client repeats a message when the answer was lost; the first copy stays valid.
  if (earlier) return answer(earlier);
  checkContent(call, message);
  const highPriority = truthOf(message[RoomMessageTag.highPriority]);
  checkRate(call, highPriority);

  const tags: Property = {};
  for (const [tag, value] of Object.entries(message)) {
    if (!SERVER_TAGS.includes(Number(tag))) tags[Number(tag)] = value;
  }
  const text = textOf(message[RoomMessageTag.text]);
  const receiverIds = receiversOf(message);
  const notifyTargetTags = textOf(message[RoomMessageTag.notifyTargetTags]);
  const stored = broadcast.postMessage(room, {
    senderId: accountId,
    messageClientId,
    messageType: numberOf(message[RoomMessageTag.messageType]),
    attachment: textOf(message[RoomMessageTag.attachment]),
    ...(text && { text }),
    historyEnabled: !truthOf(message[RoomMessageTag.historyDisabled]),
    senderClientType: session.clientType,
    tags,
    ...(receiverIds && { receiverIds }),
    ...(notifyTargetTags && { notifyTargetTags }),
    ...(session.link && { origin: session.link }),
  });
  return answer(stored);
}

function limitOf(limit: number): number {
  return limit > 0 ? Math.min(limit, HISTORY_LIMIT) : HISTORY_LIMIT;
}

/** Handles `36_9`. `begin` is inclusive: the newest time for newest first, else the oldest time. */
function history({ items, room, session, world, wire }: RoomCall): unknown[] {
  const oldestFirst = items.bool(2);
  const begin = items.number(0);
  const query = {
    beginTime: oldestFirst ? begin : 0,
    endTime: oldestFirst ? 0 : begin,
    limit: limitOf(items.number(1)),
    oldestFirst,
    messageTypes: items.numbers(3),
  };
  const page = world.rooms.history(room, query, (message) => isMessageFor(message, session));
  return [page.map((message) => wire.message(message))];
}

function historyByTag({ items, room, world, wire }: RoomCall): unknown[] {
  const option = items.property(0);
  const tags = parseTags(textOf(option[1]));
  if (!tags?.length) throw new Refusal(Reason.parameterError, 'tags are required');
  const types = option[2];
  const query = {
    beginTime: numberOf(option[3]),
    endTime: numberOf(option[4]),
    limit: limitOf(numberOf(option[5])),
    // In this command the SDK sends 0 for oldest first; in 36_9 it sends true.
    oldestFirst: isSwitchedOff(option[6]),
    messageTypes: Array.isArray(types) ? types.map(numberOf) : [],
  };
  const page = world.rooms.history(
    room,
    query,
    ({ notifyTargetTags }) =>
      notifyTargetTags !== undefined && tags.some((tag) => matchesTags(notifyTargetTags, [tag])),
  );
  return [page.map((message) => wire.message(message))];
}

function acknowledge({ items, room, world }: RoomCall): unknown[] {
  const message = world.rooms.findMessage(room, textOf(items.property(0)[1]));
  if (!message) throw new Refusal(Reason.messageNotExist);
  if (!truthOf(message.wire[RoomMessageTag.highPriority])) {
    throw new Refusal(Reason.ackMessageNotHighPriority);
  }
  return [];
}

/** Commands on messages: sending, history, acknowledging. */
export const messageHandlers: RoomHandlers = {
  '36_6': send,
  '36_9': history,
  '36_35': acknowledge,
  '36_36': historyByTag,
};
