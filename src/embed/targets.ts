import { routes } from '@/components/page/routes';
import { roomRoutes } from '@/packages/chatroom/routes';
import type { RootStore } from '@/stores';
import { p2pConversationId, teamConversationId } from '@/stores/conversations/conversation-id';
import type { ImTarget } from './host-types';

/** V2NIMTeamType. */
const TEAM = 1;
const SUPER_TEAM = 2;

/**
 * The address of what the host opens; a call is started. null: nobody is signed in, and the page is for signed-in
 * users.
 */
export function openTarget(target: ImTarget, { session, account }: RootStore): string | null {
  if ('page' in target) return routes[target.page];
  if ('room' in target) {
    const { room, asGuest = false } = target;
    return asGuest || session.accountId ? roomRoutes.room(room, asGuest) : null;
  }
  const { accountId } = session;
  if (!accountId) return null;
  if ('person' in target) return routes.chat(p2pConversationId(accountId, target.person));
  if ('team' in target) {
    const teamType = target.isSuper ? SUPER_TEAM : TEAM;
    return routes.chat(teamConversationId(accountId, { teamId: target.team, teamType }));
  }
  // During a call the page of that call opens.
  if (target.call !== 'current')
    account?.call.start(target.call, ('type' in target && target.type) || 'audio');
  return routes.call;
}
