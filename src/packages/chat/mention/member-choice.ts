import type { AccountStores, UserEntry } from '@/stores';
import { EVERYBODY } from '@/stores/messages/kinds/mentions';
import { isMentionAllForManagers } from '@/stores/teams/mention-all';

/** V2NIMTeamMemberRole of a member who is neither owner nor manager. */
const NORMAL_ROLE = 0;

/** Receives the chosen account, or `EVERYBODY`, and the name that is written. */
export type MemberReceiver = (accountId: string, name: string) => void;

/** The page that asked for a member of each conversation. */
const asked = new Map<string, MemberReceiver>();

export function askForMember(conversationId: string, receive: MemberReceiver): void {
  asked.set(conversationId, receive);
}

/** The page that asked; undefined after a reload of the browser. */
export function receiverOf(conversationId: string): MemberReceiver | undefined {
  return asked.get(conversationId);
}

export function mentionPage(conversationId: string): string {
  return `/packages/chat/mention/index?conversationId=${encodeURIComponent(conversationId)}`;
}

/**
 * The name of a member in a mention: the nick in the team, else the profile name. An alias is not written, because the
 * others would read it.
 */
export function mentionName(
  nick: string | undefined,
  { profileName, accountId }: UserEntry,
): string {
  return nick || profileName || accountId;
}

/** Whether the account may mention all members of a team. */
export function mayMentionAll(
  { teams, accountId }: AccountStores,
  conversationId: string,
): boolean {
  const team = teams.teamOf(conversationId);
  if (!team) return false;
  if (!isMentionAllForManagers(team.serverExtension)) return true;
  return (team.member(accountId)?.role ?? NORMAL_ROLE) !== NORMAL_ROLE;
}

export { EVERYBODY };
