import { isSwitchedOff } from '../protocol/request-items';
import { MessageTag, ProxyNotifyTag } from '../protocol/tags';
import type { World } from '../world/world';
import { messageToWire, recallToWire } from './message-wire';
import { type ImSessions, KickReason } from './sessions';

/** Pushes what happens in the world to the clients that are online. Returns the way to stop. */
export function deliverTo(world: World, sessions: ImSessions): () => void {
  const stops = [
    world.events.on('message', ({ message, originConsid }) => {
      const wire = messageToWire(world, message);
      const team = message.type === 'team';
      for (const accountId of world.recipients(message)) {
        sessions.push(accountId, team ? '8_3' : '7_2', [wire]);
      }
      if (!isSwitchedOff(message.tags[MessageTag.onlineSyncEnabled])) {
        sessions.push(message.senderId, team ? '8_102' : '7_101', [wire], originConsid);
      }
    }),

    world.events.on('recall', ({ recall, originConsid }) => {
      const wire = recallToWire(recall);
      for (const accountId of new Set([...world.recipients(recall), recall.senderId])) {
        sessions.push(accountId, '7_14', [wire], originConsid);
      }
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

    world.events.on('loginRefusal', ({ accountId }) => {
      for (const session of sessions.ofAccount(accountId)) {
        sessions.kick(session, KickReason.server);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
