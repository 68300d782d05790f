import '@/connection/team-reasons';
import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import type { AccountStores } from '@/stores';
import { type OwnTeamMessage, Readers } from '@/stores/chat/readers';
import { chatTexts } from '../texts';
import './readers.scss';

type Tab = 'read' | 'unread';

/** The members who have read an own message in a team, and those who have not. */
export const ReadersView = observer(function ReadersView({ params }: { params: PageParams }) {
  const { account, settings } = useStores();
  const t = useTexts(chatTexts);
  return (
    <>
      <ConnectionBanner />
      {!settings.readMarks ? (
        <EmptyState title={t('reads.off')} hint={t('reads.offHint')} />
      ) : account ? (
        <Members
          account={account}
          conversationId={paramOf(params, 'conversationId')}
          messageClientId={paramOf(params, 'message')}
          messageServerId={paramOf(params, 'server')}
        />
      ) : (
        <Skeleton />
      )}
    </>
  );
});

const Members = observer(function Members({
  account,
  conversationId,
  messageClientId,
  messageServerId,
}: OwnTeamMessage & { account: AccountStores }) {
  const { settings } = useStores();
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const [tab, setTab] = useState<Tab>('read');
  const readers = useMemo(
    () =>
      new Readers(account.connection, systemClock, {
        conversationId,
        messageClientId,
        messageServerId,
      }),
    [account, conversationId, messageClientId, messageServerId],
  );
  useEffect(() => {
    void readers.load();
    return () => readers.dispose();
  }, [readers]);
  const navigate = useNavigate();
  const openPerson = useCallback(
    ({ currentTarget }: CommonEvent) =>
      navigate(routes.card((currentTarget.dataset as { id: string }).id)),
    [navigate],
  );
  if (readers.isGone) return <EmptyState title={t('message.gone')} />;
  if (!readers.isReady)
    return readers.error ? (
      <EmptyState
        title={t('reads.failed')}
        hint={reasonText(readers.error.code, settings.language)}
        action={appT('common.retry')}
        onAction={() => void readers.load()}
      />
    ) : (
      <Skeleton />
    );
  const { read, unread } = readers;
  const tabs = [
    ['read', t('reads.readTab', { count: read.length })],
    ['unread', t('reads.unreadTab', { count: unread.length })],
  ] as const;
  const shown = tab === 'read' ? read : unread;
  return (
    <>
      <View className="rd-tabs" ariaRole="tablist">
        {tabs.map(([name, text]) => (
          <View
            key={name}
            className={classes('rd-tab', tab === name && 'here')}
            ariaRole="tab"
            onClick={() => setTab(name)}
          >
            {text}
          </View>
        ))}
      </View>
      {shown.length === 0 ? (
        <EmptyState title={t(tab === 'read' ? 'reads.nobody' : 'reads.everybody')} />
      ) : (
        <ScrollView className="fill rd-list" scrollY enhanced>
          {shown.map((id) => (
            <Member key={id} {...{ account, conversationId, id, openPerson }} />
          ))}
        </ScrollView>
      )}
    </>
  );
});

interface MemberProps {
  account: AccountStores;
  conversationId: string;
  id: string;
  openPerson: (event: CommonEvent) => void;
}

const Member = observer(function Member({ account, conversationId, id, openPerson }: MemberProps) {
  const name = account.nameIn(conversationId, id);
  return (
    <View
      className="rd-row"
      hoverClass="pressed"
      data-id={id}
      ariaRole="button"
      onClick={openPerson}
    >
      <Avatar accountId={id} name={name} url={account.users.get(id).avatar} small />
      <View className="rd-name ellipsis">{name}</View>
    </View>
  );
});
