import type { CommonEvent } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { EmptyState } from '@/components/ui/empty-state';
import { useNavigate } from '@/components/page/navigate';
import { Notice } from '@/components/page/notice';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { PointMenu, PointMenuPort } from '@/components/ui/point-menu';
import { Skeleton } from '@/components/ui/skeleton';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { DESIGN_WIDTH, WindowedList } from '@/components/ui/windowed-list';
import { SEGMENT_ROWS } from '@/components/ui/windowed-list/list-segments';
import type { windowSize } from '@/components/page/host-facts';
import type { AccountStores, ConversationRow } from '@/stores';
import { appTexts } from '@/i18n';
import { ConversationHead } from './conversation-head';
import { ConversationItem } from './conversation-item';
import { type ConversationMenu, useConversationMenu } from './conversation-menu';
import { DueReminder } from './due-reminder';
import { type ListTab, rowsOf } from './list-tabs';
import { RowTouches } from './row-touches';
import { useFirstScreenCache } from './use-first-screen-cache';
import './conversations.scss';

/** The height in conversations.scss. */
const ROW_HEIGHT = 72;
const heightOf = () => ROW_HEIGHT;

/** The rows that a list draws first. */
const firstRows = ({ windowHeight, windowWidth }: ReturnType<typeof windowSize>) =>
  Math.ceil((windowHeight * DESIGN_WIDTH) / windowWidth / ROW_HEIGHT / SEGMENT_ROWS) * SEGMENT_ROWS;

export const ConversationsView = observer(function ConversationsView() {
  const { account } = useStores();
  useFirstScreenCache(firstRows);
  return (
    <>
      <ConnectionBanner />
      <Notice />
      {account && <DueReminder account={account} />}
      {account ? <ConversationList account={account} /> : <Skeleton />}
    </>
  );
});

function ConversationList({ account }: { account: AccountStores }) {
  const [touches] = useState(() => new RowTouches());
  const [port] = useState(() => new PointMenuPort());
  const [tab, setTab] = useState<ListTab>('all');
  const menu = useConversationMenu(account, port, touches);
  const onTab = useCallback(
    ({ currentTarget }: CommonEvent) => {
      touches.close();
      setTab((currentTarget.dataset as { tab: ListTab }).tab);
    },
    [touches],
  );
  return (
    <>
      <ConversationHead account={account} menu={menu} port={port} tab={tab} onTab={onTab} />
      <Rows account={account} menu={menu} tab={tab} />
      <PointMenu port={port} />
    </>
  );
}

interface RowsProps {
  account: AccountStores;
  menu: ConversationMenu;
  tab: ListTab;
}

const Rows = observer(function Rows({ account, menu, tab }: RowsProps) {
  const { conversations } = account;
  const { language } = useStores().settings;
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const { touches } = menu;
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (!touches.close() && id) navigate(routes.chat(id));
    },
    [touches, navigate],
  );
  const renderRow = useCallback(
    (row: ConversationRow) => (
      <ConversationItem row={row} account={account} onOpen={open} menu={menu} />
    ),
    [account, open, menu],
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
  const rows = rowsOf(account, tab);
  if (rows.length === 0) return <EmptyState title={t('conversations.noneHere')} />;
  return (
    <WindowedList
      key={tab}
      className="conversations"
      rows={rows}
      heightOf={heightOf}
      renderRow={renderRow}
    />
  );
});
