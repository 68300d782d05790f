import type { ImHandlers } from './im-command';
import { KickReason, StatusType } from './sessions';

/** Port without a listener. Links of other clients than mini-programs have another protocol and another port. */
const OTHER_CLIENTS_PORT = 1;

function withoutListener(address: string): string {
  return address.replace(/:\d+$/, `:${OTHER_CLIENTS_PORT}`);
}

/** Commands for logout, signing out the account's other clients, and chatroom addresses. */
export const clientHandlers: ImHandlers = {
  '26_5': ({ session, sessions }) => {
    sessions.removeSession(session, StatusType.logout);
    return [];
  },

  '26_8': ({ session, sessions, accountId, items }) => {
    const wanted = items.strings(0);
    const targets = sessions
      .ofAccount(accountId)
      .filter((other) => other !== session && wanted.includes(other.clientId));
    for (const target of targets) {
      sessions.kickSession(target, KickReason.otherClient, session);
    }
    return [targets.map((target) => target.clientId)];
  },

  '36_1': ({ world, items, host }) => {
    world.rooms.require(items.string(0));
    const forMiniPrograms = items.bool(1);
    return [[forMiniPrograms ? host.linkAddress : withoutListener(host.linkAddress)]];
  },
};
