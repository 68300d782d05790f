import type { AccountStores, ConversationRow } from '@/stores';

/** The tabs above the list, in order. */
export const TABS = ['all', 'unread', 'mention', 'teams'] as const;
export type ListTab = (typeof TABS)[number];

/** The rows of a tab. */
export function rowsOf(
  { conversations, acts }: Pick<AccountStores, 'conversations' | 'acts'>,
  tab: ListTab,
): ConversationRow[] {
  return conversations.rows.filter((row) => {
    if (tab === 'unread') return acts.isUnread(row);
    return tab === 'all' || (tab === 'mention' ? row.hasMention : !row.isP2p);
  });
}
