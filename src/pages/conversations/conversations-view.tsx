import type { CommonEvent } from '@tarojs/components';
import { useCallback } from 'react';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { useNavigate } from '@/components/navigate';
import { Notice } from '@/components/notice';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { routes } from '@/components/routes';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import { WindowedList } from '@/components/windowed-list';
import type { AccountStores, ConversationRow } from '@/stores';
import { ConversationItem } from './conversation-item';
import { useConversationMenu } from './conversation-menu';
import './conversations.scss';

/** As conversations.scss has it. */
const ROW_HEIGHT = 72;
const heightOf = () => ROW_HEIGHT;

export const ConversationsView = observer(function ConversationsView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      <Notice />
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
  const openMenu = useConversationMenu(account);
  const navigate = useNavigate();
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id) navigate(routes.chat(id));
    },
    [navigate],
  );
  const renderRow = useCallback(
    (row: ConversationRow) => (
      <ConversationItem row={row} account={account} onOpen={open} onMenu={openMenu} />
    ),
    [account, open, openMenu],
  );

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
    <WindowedList
      className="conversations"
      rows={conversations.rows.slice()}
      heightOf={heightOf}
      renderRow={renderRow}
    />
  );
});
