import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import { logKey } from '../world/message-log';
import type {
  CollectionRecord,
  PinRecord,
  ReactionRecord,
  StoredMessage,
} from '../world/world-state';
import { visibleTo } from './history';
import type { ImCall, ImHandlers } from './im-command';
import { conversationToWire, messageToWire } from './message-wire';
import { checkContent, checkMayWrite } from './send-checks';

const NORMAL_MEMBER = 0;
/** Tags that `modifyMessage` may change. */
const EDITED_TAGS = [
  MessageTag.attachment,
  MessageTag.serverExtension,
  MessageTag.subType,
] as const;
/** Most messages of a search and of a thread page. */
const MOST_FOUND = 100;
/** V1 prefixes of conversation ids, as `33_21` names them. */
const V1_TYPES = { p2p: 'p2p', team: 'team', super_team: 'superTeam' } as const;

/** Returns the message of a reference that the account may see; refuses with 107404. */
function requireMessage({ world, accountId }: ImCall, reference: Property): StoredMessage {
  const message =
    world.logs.findByServerId(textOf(reference[MessageTag.messageServerId])) ??
    world.logs.findByClientId(
      textOf(reference[MessageTag.senderId]),
      textOf(reference[MessageTag.messageClientId]),
    );
  const parties = message ? [...world.recipients(message), message.senderId] : [];
  const isSeen = message !== undefined && parties.includes(accountId);
  if (!isSeen || !world.logs.findByServerId(message.messageServerId)) {
    throw new Refusal(Reason.messageNotExist);
  }
  return message;
}

// --- edit --------------------------------------------------------------------------------------------

/** The sender, and managers of the team, change a message. */
function modify(call: ImCall): unknown[] {
  const { world, accountId, items, session } = call;
  const tags = items.property(0);
  const message = requireMessage(call, tags);
  if (message.senderId !== accountId) {
    if (message.type === 'p2p') throw new Refusal(Reason.forbidden);
    const { role } = world.teams.requireMember(message.receiverId, accountId, message.type);
    if (role === NORMAL_MEMBER) throw new Refusal(Reason.forbidden);
  }
  checkMayWrite(world, accountId, message);
  checkContent(world, tags);
  const edited: Property = {};
  for (const tag of EDITED_TAGS) if (tags[tag] !== undefined) edited[tag] = tags[tag];
  const text = tags[MessageTag.text];
  world.extras.modify(
    message,
    { tags: edited, ...(text === undefined ? {} : { text: textOf(text) }) },
    accountId,
    session.consid,
  );
  return [messageToWire(world, message)];
}

// --- reactions ---------------------------------------------------------------------------------------

/** Converts a reaction (docs/yunxin-protocol.md, section 8.14). */
export function reactionToWire({
  operatorId,
  index,
  createTime,
  serverExtension,
}: ReactionRecord): Property {
  return { 1: operatorId, 2: index, 3: createTime, 4: serverExtension };
}

function reactionIn({ items, accountId }: ImCall): Omit<ReactionRecord, 'createTime'> {
  const tags = items.property(1);
  return { operatorId: accountId, index: numberOf(tags[2]), serverExtension: textOf(tags[4]) };
}

function reactionsOf(call: ImCall): unknown[] {
  const { items, world } = call;
  const answers = items.properties(0).map((tags) => {
    const message = world.logs.findByServerId(textOf(tags[5]));
    // The SDK reads a list of [unused, operatorId, index, createTime, serverExtension].
    const detail = (message ? world.extras.reactionsOf(message) : []).map((each) => [
      '',
      each.operatorId,
      String(each.index),
      String(each.createTime),
      each.serverExtension,
    ]);
    return { ...tags, 7: JSON.stringify(detail), 8: world.now() };
  });
  return [answers];
}

// --- pins --------------------------------------------------------------------------------------------

export function pinToWire({
  operatorId,
  serverExtension,
  createTime,
  updateTime,
}: PinRecord): Property {
  return { 1: operatorId, 2: serverExtension, 3: createTime, 4: updateTime };
}

function changePin(change: 'pin' | 'updatePin' | 'unpin') {
  return (call: ImCall): unknown[] => {
    const { world, accountId, items, session } = call;
    const message = requireMessage(call, items.property(0));
    const extension = textOf(items.property(1)[2]);
    return [world.extras[change](message, accountId, extension, session.consid).updateTime];
  };
}

function pinsOf(call: ImCall): unknown[] {
  const { world, accountId, items } = call;
  const [, prefix = '', targetId = ''] =
    /^(p2p|team|super_team)\|(.*)$/.exec(textOf(items.property(0)[1])) ?? [];
  if (!(prefix in V1_TYPES)) throw new Refusal(Reason.parameterError);
  const type = V1_TYPES[prefix as keyof typeof V1_TYPES];
  if (type !== 'p2p') world.teams.requireMember(targetId, accountId, type);
  const pins = world.extras.pinsOf(logKey(type, accountId, targetId)).flatMap((pin) => {
    const message = world.logs.findByServerId(pin.messageServerId);
    if (!message) return [];
    return {
      1: conversationToWire(message.type),
      2: message.senderId,
      3: message.receiverId,
      4: message.createTime,
      5: message.messageServerId,
      6: message.messageClientId,
      7: pin.operatorId,
      8: pin.serverExtension,
      9: pin.createTime,
      10: pin.updateTime,
    };
  });
  return [world.now(), true, pins];
}

// --- collections -------------------------------------------------------------------------------------

function collectionToWire(record: CollectionRecord): Property {
  const { collectionId, collectionType, collectionData, serverExtension, uniqueId } = record;
  return {
    1: collectionId,
    2: collectionType,
    3: collectionData,
    4: serverExtension,
    5: uniqueId,
    6: record.createTime,
    7: record.updateTime,
  };
}

function collect({ world, accountId, items }: ImCall): unknown[] {
  const tags = items.property(0);
  const collectionData = textOf(tags[3]);
  if (!collectionData) throw new Refusal(Reason.parameterError);
  const record = world.extras.collect(accountId, {
    collectionType: numberOf(tags[2]),
    collectionData,
    serverExtension: textOf(tags[4]),
    uniqueId: textOf(tags[5]),
  });
  return [collectionToWire(record)];
}

function updateCollection({ world, accountId, items }: ImCall): unknown[] {
  const tags = items.property(0);
  const record = world.extras
    .collectionsOf(accountId)
    .find(({ collectionId }) => collectionId === textOf(tags[1]));
  if (!record) throw new Refusal(Reason.collectionNotExist);
  record.serverExtension = textOf(tags[4]);
  record.updateTime = Math.max(world.now(), record.updateTime + 1);
  world.stamp();
  return [collectionToWire(record)];
}

/** Direction 0 is the newest first, 1 the oldest first; the anchor itself is left out. */
function collections({ world, accountId, items }: ImCall): unknown[] {
  const tags = items.property(0);
  const [begin, end, type] = [numberOf(tags[1]), numberOf(tags[2]) || Infinity, numberOf(tags[6])];
  const limit = Math.min(numberOf(tags[4]) || MOST_FOUND, MOST_FOUND);
  const all = world.extras
    .collectionsOf(accountId)
    .filter(({ collectionType }) => type === 0 || collectionType === type);
  const inRange = all.filter(
    ({ createTime, collectionId }) =>
      createTime >= begin && createTime <= end && collectionId !== textOf(tags[3]),
  );
  const ordered = numberOf(tags[5]) === 1 ? inRange : [...inRange].reverse();
  return [all.length, ordered.slice(0, limit).map(collectionToWire)];
}

// --- search and threads ------------------------------------------------------------------------------

function listOf(value: unknown): Set<string> {
  return new Set(textOf(value).split(',').filter(Boolean));
}

function search(call: ImCall, byConversation: boolean): unknown[] {
  const { world, accountId, items } = call;
  const tags = items.property(0);
  const keyword = textOf(tags[1]).toLowerCase();
  const [begin, end] = [numberOf(tags[2]), numberOf(tags[3]) || Infinity];
  const [people, teams, senders, types] = [7, 8, 9, 10].map((tag) => listOf(tags[tag]));
  const visible = visibleTo(world, accountId);
  const isIn = ({ type, senderId, receiverId }: StoredMessage): boolean => {
    if (!people?.size && !teams?.size) return true;
    const peer = senderId === accountId ? receiverId : senderId;
    return type === 'p2p' ? people?.has(peer) === true : teams?.has(receiverId) === true;
  };
  const found = world.extras.search(
    accountId,
    (message) =>
      message.createTime >= begin &&
      message.createTime <= end &&
      isIn(message) &&
      (!senders?.size || senders.has(message.senderId)) &&
      (!types?.size || types.has(String(message.messageType))) &&
      `${message.text}\n${fileName(message)}`.toLowerCase().includes(keyword) &&
      visible(message),
  );
  // The SDK sends 2 for the newest first.
  if (numberOf(tags[6]) === 1) found.reverse();
  const limit = Math.min(numberOf(tags[5]) || 10, MOST_FOUND);
  const page = byConversation
    ? firstOfEach(found, numberOf(tags[4]), limit)
    : found.slice(0, limit);
  return [page.map((message) => messageToWire(world, message))];
}

/** At most `limit` messages of each of the first conversations. */
function firstOfEach(
  found: readonly StoredMessage[],
  conversations: number,
  limit: number,
): StoredMessage[] {
  const groups = new Map<string, StoredMessage[]>();
  for (const message of found) {
    const key = logKey(message.type, message.senderId, message.receiverId);
    const group = groups.get(key) ?? [];
    if (!groups.has(key) && groups.size >= conversations) continue;
    groups.set(key, group);
    if (group.length < limit) group.push(message);
  }
  return [...groups.values()].flat();
}

function fileName({ tags }: StoredMessage): string {
  try {
    const { name } = JSON.parse(textOf(tags[MessageTag.attachment])) as { name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}

function thread(call: ImCall): unknown[] {
  const { world, accountId, items } = call;
  const root = requireMessage(call, items.property(0));
  const tags = items.property(1);
  const [begin, end] = [numberOf(tags[1]), numberOf(tags[2]) || Infinity];
  const visible = visibleTo(world, accountId);
  const all = world.extras.threadOf(root).filter(visible);
  const inRange = all.filter(
    ({ createTime, messageServerId }) =>
      createTime >= begin && createTime <= end && messageServerId !== textOf(tags[3]),
  );
  const ordered = numberOf(tags[5]) === 1 ? inRange : [...inRange].reverse();
  const page = ordered.slice(0, Math.min(numberOf(tags[4]) || 50, MOST_FOUND));
  return [
    messageToWire(world, root),
    { 1: all.length, 2: all.at(-1)?.createTime ?? root.createTime },
    page.map((message) => messageToWire(world, message)),
  ];
}

/** The emulator does not listen: the text names the length, as a test or a demo can show it. */
function voiceToText({ items }: ImCall): unknown[] {
  const tags = items.property(0);
  if (!textOf(tags[2])) throw new Refusal(Reason.voiceToTextFailed);
  return [`voice of ${Math.round(numberOf(tags[3]) / 1000)} s`];
}

/** Commands on messages that were sent: edit, reactions, pins, collections, search, threads, voice to text. */
export const messageExtraHandlers: ImHandlers = {
  '30_31': modify,
  '31_37': modify,
  '32_38': modify,
  '33_3': (call) => {
    const message = requireMessage(call, call.items.property(0));
    const { extras } = call.world;
    return [extras.addReaction(message, reactionIn(call), call.session.consid).createTime];
  },
  '33_4': (call) => {
    const message = requireMessage(call, call.items.property(0));
    const { extras } = call.world;
    return [extras.removeReaction(message, reactionIn(call), call.session.consid).createTime];
  },
  '33_7': reactionsOf,
  '33_15': changePin('pin'),
  '33_16': changePin('updatePin'),
  '33_17': changePin('unpin'),
  '33_21': pinsOf,
  '33_8': collect,
  '33_9': ({ world, accountId, items }) => [
    world.extras.removeCollections(
      accountId,
      items.properties(0).map((tags) => textOf(tags[1])),
    ),
  ],
  '33_10': updateCollection,
  '33_11': collections,
  '30_26': (call) => search(call, true),
  '30_27': (call) => search(call, false),
  '33_1': thread,
  '29_5': voiceToText,
};
