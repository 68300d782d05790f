import type { ImHandlers } from './im-command';
import { KickReason } from './sessions';

/** Logout, signing out own other clients, chatroom addresses. */
export const clientHandlers: ImHandlers = {
  '26_5': ({ session, sessions }) => {
    sessions.remove(session);
    return [];
  },

  '26_8': ({ session, sessions, accountId, items }) => {
    const wanted = items.strings(0);
    const targets = sessions
      .ofAccount(accountId)
      .filter((other) => other !== session && wanted.includes(other.clientId));
    for (const target of targets) {
      sessions.kick(target, KickReason.otherClient, session);
    }
    return [targets.map((target) => target.clientId)];
  },

  '36_1': ({ world, items, host }) => {
    world.rooms.require(items.string(0));
    return [[host.linkAddress]];
  },
};
