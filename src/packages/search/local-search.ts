import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';

/** A person or a team that was found. */
export interface Found {
  readonly conversationId: string;
  readonly targetId: string;
  readonly name: string;
  readonly avatar: string;
  /** The text below the name, which says why it was found; empty when the name does. */
  readonly note: string;
}

/**
 * Friends, and people of the list, whose remark, name or account has the words. Call it in an `observer`: it reads
 * their names.
 */
export function findPeople({ contacts, conversations }: AccountStores, words: string): Found[] {
  const peers = conversations.rows.flatMap(({ peer }) => (peer ? [peer] : []));
  const people = new Set([...contacts.friends, ...peers]);
  return [...people].flatMap((user) => {
    const { accountId, alias, profileName, name, avatar } = user;
    const isIn = (text: string) => text.toLowerCase().includes(words);
    if (![alias, profileName, accountId].some(isIn)) return [];
    const note = isIn(name) ? '' : isIn(profileName) ? profileName : accountId;
    const conversationId = conversations.conversationIdWith(accountId);
    return [{ conversationId, targetId: accountId, name, avatar, note }];
  });
}

/** Teams whose name or id has the words: those that the account is in, and those of the list. */
export function findTeams(
  account: AccountStores,
  joined: readonly V2NIMTeam[],
  words: string,
): Found[] {
  const { accountId, conversations } = account;
  const all = new Map<string, Omit<Found, 'note'>>();
  for (const { teamId, teamType, name, avatar = '' } of joined) {
    const conversationId = teamConversationId(accountId, { teamId, teamType });
    all.set(conversationId, { conversationId, targetId: teamId, name, avatar });
  }
  for (const { isP2p, conversationId, targetId, name, avatar } of conversations.rows) {
    if (isP2p || all.has(conversationId)) continue;
    const title = account.titleOf(conversationId) || name;
    all.set(conversationId, { conversationId, targetId, name: title, avatar });
  }
  return [...all.values()].flatMap((team) => {
    if (team.name.toLowerCase().includes(words)) return [{ ...team, note: '' }];
    return team.targetId.includes(words) ? [{ ...team, note: team.targetId }] : [];
  });
}
