import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf } from '../protocol/request-items';
import { MessageTag } from '../protocol/tags';
import type { Property } from '../protocol/packet';
import type { World } from '../world/world';
import type { ConversationType } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

/** Tags that the server sets itself, or keeps as fields of the stored message. */
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

function checkP2p(world: World, senderId: string, receiverId: string): void {
  world.requireAccount(receiverId);
  if (world.relations.isBlocked(receiverId, senderId)) {
    throw new Refusal(Reason.accountInBlockList);
  }
}

function checkTeam(world: World, senderId: string, teamId: string): void {
  const member = world.teams.requireMember(teamId, senderId);
  if (member.chatBanned) throw new Refusal(Reason.teamMemberChatBanned);
}

function send(call: ImCall, type: ConversationType): unknown[] {
  const { world, accountId, session } = call;
  const message = call.items.property(0);
  const receiverId = textOf(message[MessageTag.receiverId]);
  const messageClientId = textOf(message[MessageTag.messageClientId]);
  if (!receiverId || !messageClientId) throw new Refusal(Reason.parameterError);
  if (world.account(accountId)?.chatBanned) throw new Refusal(Reason.accountChatBanned);
  if (type === 'p2p') checkP2p(world, accountId, receiverId);
  else checkTeam(world, accountId, receiverId);

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
  return [
    {
      [MessageTag.createTime]: stored.createTime,
      [MessageTag.messageClientId]: stored.messageClientId,
      [MessageTag.messageServerId]: stored.messageServerId,
    },
  ];
}

function acknowledge(call: ImCall): undefined {
  const { world, accountId, items, session } = call;
  const ids = new Set(items.strings(2));
  const kind = `${items.string(0)}_${items.string(1)}`;
  const mailbox = world.mailbox(accountId);
  // Team messages are acknowledged as (8,3); system notifications as (7,3), super team ones (21,19).
  if (kind === '7_2' || kind === '8_3') {
    mailbox.offline = mailbox.offline.filter((id) => !ids.has(id));
    for (const id of ids) {
      const stamp = world.logs.findByServerId(id)?.stamp ?? 0;
      // Proof that this device has everything pushed to it before, for the next incremental sync.
      if (session.syncStamp !== undefined && stamp > session.syncStamp) {
        mailbox.seen[session.deviceId] = Math.max(mailbox.seen[session.deviceId] ?? 0, stamp);
      }
    }
  } else if (kind === '7_3' || kind === '21_19') {
    mailbox.notifications = mailbox.notifications.filter(({ idServer }) => !ids.has(idServer));
  } else if (kind === '15_11') {
    world.signalling.acknowledge(accountId, ids);
  }
  world.events.emit('change', undefined);
  return undefined;
}

/** Sending and acknowledging. Delivery to others is the business of `delivery.ts`. */
export const messageHandlers: ImHandlers = {
  '30_1': (call) => send(call, 'p2p'),
  '31_2': (call) => send(call, 'team'),
  '4_5': acknowledge,
};
