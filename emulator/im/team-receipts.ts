import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { textOf } from '../protocol/request-items';
import type { World } from '../world/world';
import type { StoredMessage } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

/** Converts the read count of a team message (docs/yunxin-protocol.md, section 8.14). */
export function receiptToWire(world: World, message: StoredMessage, latestReader = ''): Property {
  const { receivers = [], readers = [] } = world.extras.receiptOf(message) ?? {};
  return {
    0: message.receiverId,
    1: message.messageServerId,
    100: readers.length,
    101: receivers.length - readers.length,
    102: message.messageClientId,
    103: latestReader,
  };
}

/** The messages of a request; those without a record are left out. */
function messagesIn({ world, items }: ImCall): StoredMessage[] {
  return items.properties(0).flatMap((tags) => {
    const message = world.logs.findByServerId(textOf(tags[1]));
    return message && world.extras.receiptOf(message) ? [message] : [];
  });
}

function detail({ world, accountId, items }: ImCall): unknown[] {
  const message = world.logs.findByServerId(textOf(items.property(0)[1]));
  const receipt = message && world.extras.receiptOf(message);
  if (!message || !receipt) throw new Refusal(Reason.teamReceiptNotFound);
  if (message.senderId !== accountId) throw new Refusal(Reason.forbidden);
  const { receivers, readers } = receipt;
  const unread = receivers.filter((receiver) => !readers.includes(receiver));
  return [receiptToWire(world, message), readers, unread];
}

/** Commands on read receipts of team messages; super teams have none. */
export const teamReceiptHandlers: ImHandlers = {
  '31_28': (call) => {
    const { world, accountId } = call;
    const messages = messagesIn(call);
    for (const message of messages) {
      world.teams.requireMember(message.receiverId, accountId);
      world.extras.readBy(message, accountId);
    }
    return [messages.map((message) => receiptToWire(world, message))];
  },
  '31_29': (call) => [messagesIn(call).map((message) => receiptToWire(call.world, message))],
  '31_30': detail,
};
