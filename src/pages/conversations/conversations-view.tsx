import { ScrollView } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { AccountStores } from '@/stores';
import { ConversationItem } from './conversation-item';
import { useConversationMenu } from './conversation-menu';
import './conversations.scss';

/** Rows in the tree at first, and how many more each time the reader nears their end. */
const PAGE_ROWS = 30;

export const ConversationsView = observer(function ConversationsView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      {account ? <ConversationList account={account} /> : <Skeleton />}
    </>
  );
});

const ConversationList = observer(function ConversationList({
  account,
}: {
  account: AccountStores;
}) {
  const { conversations } = account;
  const { language } = useStores().settings;
  const t = useT();
  const [limit, setLimit] = useState(PAGE_ROWS);
  const showMore = useCallback(() => setLimit((known) => known + PAGE_ROWS), []);
  const openMenu = useConversationMenu(account);

  if (conversations.rows.length === 0) {
    if (conversations.state === 'loading') return <Skeleton />;
    return conversations.error ? (
      <EmptyState
        title={t('conversations.error')}
        hint={reasonText(conversations.error.code, language)}
      />
    ) : (
      <EmptyState title={t('conversations.empty')} hint={t('conversations.emptyHint')} />
    );
  }
  return (
    <ScrollView
      className="fill conversations"
      scrollY
      enhanced
      lowerThreshold={400}
      onScrollToLower={limit < conversations.rows.length ? showMore : undefined}
    >
      {conversations.rows.slice(0, limit).map((row) => (
        <ConversationItem key={row.conversationId} row={row} account={account} onMenu={openMenu} />
      ))}
    </ScrollView>
  );
});
