import { isSwitchedOff, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import { logKey } from '../world/message-log';
import type { World } from '../world/world';
import type { ConversationType, StoredMessage } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';
import { messageToWire } from './message-wire';

/** Maximum page size; equals the SDK's own limit. */
const MAX_PAGE = 100;

/** Returns the other side of a message for `accountId`: the peer or the team. */
function targetOf(message: StoredMessage, accountId: string): string {
  if (message.type !== 'p2p') return message.receiverId;
  return message.senderId === accountId ? message.receiverId : message.senderId;
}

/** Returns a predicate for messages that the account has neither deleted nor cleared. */
export function visibleTo(world: World, accountId: string): (message: StoredMessage) => boolean {
  const mailbox = world.mailbox(accountId);
  const deleted = new Set([
    ...mailbox.deletions.map(({ message }) => message.messageServerId),
    ...mailbox.recalls.map(({ messageServerId }) => messageServerId),
  ]);
  const cleared = new Map(
    mailbox.cleared.map((record) => [`${record.type}|${record.targetId}`, record.deleteTime]),
  );
  return (message) => {
    if (deleted.has(message.messageServerId)) return false;
    const clearedAt = cleared.get(`${message.type}|${targetOf(message, accountId)}`) ?? 0;
    return message.createTime > clearedAt;
  };
}

function history(call: ImCall, type: ConversationType): unknown[] {
  const { world, accountId, items } = call;
  const targetId = items.string(0);
  if (type !== 'p2p') world.teams.requireMember(targetId, accountId, type);
  const visible = visibleTo(world, accountId);
  const page = world.logs.historyPage(
    logKey(type, accountId, targetId),
    {
      beginTime: items.number(1),
      endTime: items.number(2),
      lastServerId: items.string(3),
      limit: Math.min(items.number(4) || MAX_PAGE, MAX_PAGE),
      oldestFirst: items.bool(5),
      messageTypes: items.numbers(6),
    },
    (message) => !isSwitchedOff(message.tags[MessageTag.historyEnabled]) && visible(message),
  );
  return [page.map((message) => messageToWire(world, message))];
}

function byReferences({ world, accountId, items }: ImCall): unknown[] {
  const visible = visibleTo(world, accountId);
  const found = items.properties(0).flatMap((reference) => {
    const message =
      world.logs.findByServerId(textOf(reference[MessageTag.messageServerId])) ??
      world.logs.findByClientId(
        textOf(reference[MessageTag.senderId]),
        textOf(reference[MessageTag.messageClientId]),
      );
    const mine = message && [...world.recipients(message), message.senderId].includes(accountId);
    return message && mine && visible(message) ? [messageToWire(world, message)] : [];
  });
  return [found];
}

/** Commands on history: p2p, team, super team, and single messages by reference. */
export const historyHandlers: ImHandlers = {
  '30_6': (call) => history(call, 'p2p'),
  '31_23': (call) => history(call, 'team'),
  '32_14': (call) => history(call, 'superTeam'),
  '33_2': byReferences,
};
