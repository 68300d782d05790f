import { rowsOf, TABS } from '@/pages/conversations/list-tabs';
import type { AccountStores, ConversationRow } from '@/stores';

test('each tab of the list has its rows, in the order of the list', () => {
  const row = (name: string, fields: object) => ({
    name,
    isP2p: true,
    hasMention: false,
    ...fields,
  });
  const rows = [
    row('read', { unread: 0 }),
    row('unread', { unread: 2 }),
    row('team', { unread: 0, isP2p: false }),
    row('mentioned', { unread: 1, isP2p: false, hasMention: true }),
  ];
  const account = {
    conversations: { rows },
    acts: { isUnread: ({ unread }: ConversationRow) => unread > 0 },
  } as unknown as AccountStores;
  const names = TABS.map((tab) =>
    rowsOf(account, tab).map((one) => (one as unknown as { name: string }).name),
  );
  expect(names).toEqual([
    ['read', 'unread', 'team', 'mentioned'],
    ['unread', 'mentioned'],
    ['mentioned'],
    ['team', 'mentioned'],
  ]);
});
