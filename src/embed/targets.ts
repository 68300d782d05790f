import { routes } from '@/components/page/routes';
import { roomRoutes } from '@/packages/chatroom/routes';
import type { RootStore } from '@/stores';
import { p2pConversationId, teamConversationId } from '@/stores/conversations/conversation-id';
import type { ImTarget } from './host-types';

/** V2NIMTeamType. */
const TEAM = 1;
const SUPER_TEAM = 2;

interface Opening {
  url: string;
  /** Ends what was started for the page; called when WeChat does not open the page. */
  cancel?: () => void;
}

/**
 * The address of what the host opens; a call is started. null: nobody is signed in, and the page is for signed-in
 * users.
 */
export function openTarget(target: ImTarget, { session, account }: RootStore): Opening | null {
  if ('page' in target) return { url: routes[target.page] };
  if ('room' in target) {
    const { room, asGuest = false } = target;
    return asGuest || session.accountId ? { url: roomRoutes.room(room, asGuest) } : null;
  }
  const { accountId } = session;
  if (!accountId) return null;
  if ('person' in target) return { url: routes.chat(p2pConversationId(accountId, target.person)) };
  if ('team' in target) {
    const teamType = target.isSuper ? SUPER_TEAM : TEAM;
    const team = { teamId: target.team, teamType };
    return { url: routes.chat(teamConversationId(accountId, team)) };
  }
  const url = routes.call;
  if (target.call === 'current' || !account) return { url };
  const { call } = account;
  // During a call the page of that call opens.
  const isStarted = call.start(target.call, ('type' in target && target.type) || 'audio');
  // Without its page the user could not end the call.
  return isStarted ? { url, cancel: () => call.hangUp() } : { url };
}
