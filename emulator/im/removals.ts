import type { Property } from '../protocol/packet';
import { numberOf, textOf, truthOf } from '../protocol/request-items';
import { ApiConversation } from '../protocol/tags';
import { logKey } from '../world/message-log';
import type { World } from '../world/world';
import type { ClearedRecord, DeletionRecord } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';
import { conversationToApi, deletionToWire } from './message-wire';

function deleteOne(call: ImCall, reference: Property): DeletionRecord | undefined {
  const { world, accountId } = call;
  const message =
    world.logs.findByServerId(textOf(reference[4])) ??
    world.logs.findByClientId(textOf(reference[2]), textOf(reference[5]));
  if (!message) return undefined;
  const deletion: DeletionRecord = {
    message: {
      type: message.type,
      senderId: message.senderId,
      receiverId: message.receiverId,
      messageServerId: message.messageServerId,
      messageClientId: message.messageClientId,
      createTime: message.createTime,
    },
    deleteTime: world.now(),
    serverExtension: textOf(reference[8]),
    stamp: world.stamp(),
  };
  const mailbox = world.mailbox(accountId);
  mailbox.deletions.push(deletion);
  mailbox.offline = mailbox.offline.filter((id) => id !== message.messageServerId);
  return deletion;
}

/** Converts a cleared history (docs/yunxin-protocol.md, section 8.8). */
export function clearedToWire(accountId: string, record: ClearedRecord): Property {
  return {
    0: conversationToApi(record.type),
    1: record.type === 'p2p' ? record.targetId : accountId,
    3: record.type === 'p2p' ? undefined : record.targetId,
    6: record.deleteTime,
    7: record.serverExtension,
  };
}

/** Time of a clearing. The SDK drops older messages, so the time is after the newest message and before the next. */
function clearTime(world: World, key: string): number {
  const time = Math.max(world.now(), (world.logs.readLog(key).at(-1)?.createTime ?? 0) + 1);
  world.logs.setMinimumTime(key, time);
  return time;
}

/** Commands for one-way deletion and clearing a history; both affect only the calling account. */
export const removalHandlers: ImHandlers = {
  '30_23': (call) => {
    const deletion = deleteOne(call, call.items.property(0));
    if (deletion) {
      const { accountId, session } = call;
      call.sessions.push(accountId, '7_123', [deletionToWire(deletion)], session.consid);
    }
    return [deletion?.deleteTime ?? call.world.now()];
  },

  '30_24': (call) => {
    const deletions = call.items
      .properties(0)
      .map((reference) => deleteOne(call, reference))
      .filter((deletion) => deletion !== undefined);
    if (deletions.length) {
      const wire = deletions.map(deletionToWire);
      call.sessions.push(call.accountId, '7_124', [wire], call.session.consid);
    }
    return [deletions.at(-1)?.deleteTime ?? call.world.now()];
  },

  '30_18': ({ world, accountId, items, sessions, session }) => {
    const tags = items.property(0);
    const teamId = textOf(tags[3]);
    const isSuperTeam = numberOf(tags[0]) === ApiConversation.superTeam;
    const type = !teamId ? 'p2p' : isSuperTeam ? 'superTeam' : 'team';
    const targetId = teamId || textOf(tags[1]);
    const record: ClearedRecord = {
      type,
      targetId,
      deleteTime: clearTime(world, logKey(type, accountId, targetId)),
      serverExtension: textOf(tags[7]),
      stamp: world.stamp(),
    };
    const mailbox = world.mailbox(accountId);
    mailbox.cleared = [
      ...mailbox.cleared.filter((other) => other.type !== type || other.targetId !== targetId),
      record,
    ];
    if (truthOf(tags[4])) {
      sessions.push(accountId, '7_118', [clearedToWire(accountId, record)], session.consid);
    }
    return [record.deleteTime];
  },
};
