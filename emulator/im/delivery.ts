import { isSwitchedOff } from '../protocol/request-items';
import { MessageTag, ProxyNotifyTag } from '../protocol/tags';
import type { World } from '../world/world';
import type { StoredMessage } from '../world/world-state';
import { pinToWire, reactionToWire } from './message-extras';
import { messageToWire, recallToWire } from './message-wire';
import { broadcastToWire } from './notifications';
import { type ImSessions, KickReason } from './sessions';
import { receiptToWire } from './team-receipts';

/** Pushes of messages, of copies for the sender's other clients, and of recalls. */
const PUSHES = {
  p2p: { received: '7_2', copied: '7_101', recalled: '7_14' },
  team: { received: '8_3', copied: '8_102', recalled: '7_14' },
  superTeam: { received: '21_3', copied: '21_102', recalled: '21_18' },
} as const;

/** Pushes of reactions and pins: to the other accounts, and to other clients of the account that made the change. */
const REACTION_PUSHES = {
  added: { others: '23_5', own: '23_103' },
  removed: { others: '23_6', own: '23_104' },
} as const;
const PIN_PUSHES = {
  pinned: { others: '23_18', own: '23_115' },
  updated: { others: '23_19', own: '23_116' },
  unpinned: { others: '23_20', own: '23_117' },
} as const;

function partiesOf(world: World, message: StoredMessage): Set<string> {
  return new Set([...world.recipients(message), message.senderId]);
}

/** Pushes the events of the world to the online clients. The returned function stops the pushes. */
export function deliverTo(world: World, sessions: ImSessions): () => void {
  const stops = [
    world.events.on('message', ({ message, originConsid }) => {
      const wire = messageToWire(world, message);
      const { received, copied } = PUSHES[message.type];
      for (const accountId of world.recipients(message)) {
        sessions.push(accountId, received, [wire]);
      }
      if (!isSwitchedOff(message.tags[MessageTag.onlineSyncEnabled])) {
        sessions.push(message.senderId, copied, [wire], originConsid);
      }
    }),

    world.events.on('recall', ({ recall, originConsid }) => {
      const wire = recallToWire(recall);
      for (const accountId of world.toldOf(recall)) {
        sessions.push(accountId, PUSHES[recall.type].recalled, [wire], originConsid);
      }
    }),

    world.events.on('edit', ({ message, originConsid }) => {
      const wire = messageToWire(world, message);
      for (const accountId of partiesOf(world, message)) {
        sessions.push(accountId, '7_33', [wire], originConsid);
      }
    }),

    world.events.on('reaction', ({ message, reaction, isAdded, originConsid }) => {
      const items = [messageToWire(world, message), reactionToWire(reaction)];
      for (const accountId of partiesOf(world, message)) {
        const isOwn = accountId === reaction.operatorId;
        const { others, own } = isAdded ? REACTION_PUSHES.added : REACTION_PUSHES.removed;
        sessions.push(accountId, isOwn ? own : others, items, originConsid);
      }
    }),

    world.events.on('pin', ({ message, pin, change, originConsid }) => {
      const items = [messageToWire(world, message), pinToWire(pin)];
      for (const accountId of partiesOf(world, message)) {
        const isOwn = accountId === pin.operatorId;
        const { others, own } = PIN_PUSHES[change];
        sessions.push(accountId, isOwn ? own : others, items, originConsid);
      }
    }),

    world.events.on('teamReceipt', ({ message, latestReader }) => {
      sessions.push(message.senderId, '8_31', [[receiptToWire(world, message, latestReader)]]);
    }),

    world.events.on('profile', ({ accountId, originConsid }) => {
      const account = world.account(accountId);
      if (!account) return;
      sessions.push(accountId, '3_110', [world.relations.userToWire(account)], originConsid);
    }),

    world.events.on('proxyNotify', ({ accountId, from, body }) => {
      const notify = {
        [ProxyNotifyTag.fromAccountId]: from,
        [ProxyNotifyTag.body]: body,
        [ProxyNotifyTag.time]: world.now(),
      };
      sessions.push(accountId, '22_2', [notify]);
    }),

    world.events.on('broadcast', ({ broadcast }) => {
      for (const { link } of sessions.allSessions())
        link?.push('7_17', [broadcastToWire(broadcast)]);
    }),

    world.events.on('loginRefusal', ({ accountId }) => {
      for (const session of sessions.ofAccount(accountId)) {
        sessions.kickSession(session, KickReason.server);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
