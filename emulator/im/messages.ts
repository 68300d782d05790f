import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import type { Property } from '../protocol/packet';
import type { ConversationType, StoredMessage } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';
import { checkMaySend } from './send-checks';

/** Tags that the server sets itself or stores as fields of the message. */
const SERVER_TAGS: readonly number[] = [
  MessageTag.conversationType,
  MessageTag.receiverId,
  MessageTag.senderId,
  MessageTag.fromNick,
  MessageTag.createTime,
  MessageTag.messageType,
  MessageTag.text,
  MessageTag.messageClientId,
  MessageTag.messageServerId,
  MessageTag.resend,
  MessageTag.userUpdateTime,
];

function answer(stored: StoredMessage): unknown[] {
  return [
    {
      [MessageTag.createTime]: stored.createTime,
      [MessageTag.messageClientId]: stored.messageClientId,
      [MessageTag.messageServerId]: stored.messageServerId,
      [MessageTag.receiptSnapshot]: stored.tags[MessageTag.receiptSnapshot],
    },
  ];
}

function send(call: ImCall, type: ConversationType): unknown[] {
  const { world, accountId, session } = call;
  const message = call.items.property(0);
  const receiverId = textOf(message[MessageTag.receiverId]);
  const messageClientId = textOf(message[MessageTag.messageClientId]);
  if (!receiverId || !messageClientId) throw new Refusal(Reason.parameterError);
  // A client repeats a message when the answer was lost; the first copy stays valid, whatever has changed since.
  const earlier = world.logs.findByClientId(accountId, messageClientId);
  if (earlier) return answer(earlier);
  checkMaySend(world, accountId, { type, receiverId }, message);

  const tags: Property = {};
  for (const [tag, value] of Object.entries(message)) {
    if (!SERVER_TAGS.includes(Number(tag))) tags[Number(tag)] = value;
  }
  tags[MessageTag.fromClientType] = session.type;
  tags[MessageTag.fromDeviceId] = session.deviceId;
  const stored = world.sendMessage({
    type,
    from: accountId,
    to: receiverId,
    messageClientId,
    messageType: numberOf(message[MessageTag.messageType]),
    text: textOf(message[MessageTag.text]),
    tags,
    originConsid: session.consid,
  });
  return answer(stored);
}

function acknowledge(call: ImCall): undefined {
  const { world, accountId, items, session } = call;
  const ids = new Set(items.strings(2));
  const kind = `${items.string(0)}_${items.string(1)}`;
  const mailbox = world.mailbox(accountId);
  // Team messages are acknowledged as (8,3), system notifications as (7,3), or (21,19) for super teams.
  if (kind === '7_2' || kind === '8_3') {
    mailbox.offline = mailbox.offline.filter((id) => !ids.has(id));
    for (const id of ids) {
      const stamp = world.logs.findByServerId(id)?.stamp ?? 0;
      // The acknowledgement proves that the device has all earlier pushes; the next incremental sync uses that.
      if (session.syncStamp !== undefined && stamp > session.syncStamp) {
        mailbox.seen[session.deviceId] = Math.max(mailbox.seen[session.deviceId] ?? 0, stamp);
      }
    }
  } else if (kind === '7_3' || kind === '21_19') {
    mailbox.notifications = mailbox.notifications.filter(({ idServer }) => !ids.has(idServer));
  } else if (kind === '15_11') {
    world.signalling.acknowledgeEvents(accountId, ids);
  }
  world.events.emit('change', undefined);
  return undefined;
}

/** Commands for sending and acknowledging. `delivery.ts` delivers the messages to other clients. */
export const messageHandlers: ImHandlers = {
  '30_1': (call) => send(call, 'p2p'),
  '31_2': (call) => send(call, 'team'),
  '32_2': (call) => send(call, 'superTeam'),
  '4_5': acknowledge,
};
