import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { WindowedList } from '@/components/ui/windowed-list';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import type { V2NIMTeamMember } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { MemberList } from '@/stores/teams/member-list';
import { chatTexts } from '../texts';
import { EVERYBODY, mayMentionAll, mentionName, receiverOf } from './member-choice';
import '../../../components/people/friend-list.scss';

/** The height of a row in friend-list.scss. */
const ROW_HEIGHT = 56;
const heightOf = () => ROW_HEIGHT;
/** A search goes on with further pages until it has found so many members. */
const ENOUGH = 20;

interface Line {
  readonly accountId: string;
  readonly nick: string;
}

/** Chooses a member of a team, or all members, for a mention. */
export const MentionView = observer(function MentionView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const conversationId = paramOf(params, 'conversationId');
  return account ? <Members account={account} conversationId={conversationId} /> : <Skeleton />;
});

interface MembersProps {
  account: AccountStores;
  conversationId: string;
}

const Members = observer(function Members({ account, conversationId }: MembersProps) {
  const { language } = useStores().settings;
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  const [receive] = useState(() => receiverOf(conversationId));
  const [query, setQuery] = useState('');
  const members = useMemo(() => {
    const team = account.teams.teamOf(conversationId);
    return team && new MemberList(account.connection, systemClock, team);
  }, [account, conversationId]);
  // A browser that reloads the page has lost the chat that asked.
  useEffect(() => {
    if (!members || !receive) goBack();
    else void members.load();
    return () => members?.dispose();
  }, [members, receive, goBack]);
  const load = useCallback(() => void members?.load(), [members]);
  const loadMore = useCallback(() => void members?.loadMore(), [members]);
  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value.trim()),
    [],
  );
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id, name } = currentTarget.dataset as { id?: string; name?: string };
      if (!id || !name) return;
      receive?.(id, name);
      goBack();
    },
    [receive, goBack],
  );
  const renderRow = useCallback(
    ({ accountId, nick }: Line) => (
      <Member account={account} accountId={accountId} nick={nick} onTap={onTap} />
    ),
    [account, onTap],
  );

  const all = members?.rows ?? [];
  const others = all
    .map(({ member }) => member)
    .filter(({ accountId }) => accountId !== account.accountId);
  const found = others.filter((member) => matches(account, member, query));
  const needsMore = query !== '' && found.length < ENOUGH && !members?.error;
  const count = all.length;
  useEffect(() => {
    if (needsMore) loadMore();
  }, [needsMore, loadMore, count]);

  if (!members || count === 0) {
    if (!members?.error) return <Skeleton />;
    return (
      <EmptyState
        title={t('mention.error')}
        hint={reasonText(members.error.code, language)}
        action={appT('common.retry')}
        onAction={load}
      />
    );
  }
  const rows: Line[] = found.map(({ accountId, teamNick }) => ({
    accountId,
    nick: teamNick ?? '',
  }));
  if (query === '' && mayMentionAll(account, conversationId))
    rows.unshift({ accountId: EVERYBODY, nick: t('mention.all') });
  const isSearching = needsMore && members.hasMore;
  return (
    <>
      <View className="search">
        <SearchField label={t('mention.search')} onInput={onSearch} />
      </View>
      {rows.length === 0 && !isSearching ? (
        <View className="no-match">{appT('contacts.noMatch', { query })}</View>
      ) : (
        <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} onLower={loadMore} />
      )}
    </>
  );
});

function matches(
  { users }: AccountStores,
  { accountId, teamNick }: V2NIMTeamMember,
  query: string,
): boolean {
  if (query === '') return true;
  const { name, profileName } = users.get(accountId);
  const texts = `${teamNick ?? ''}\n${name}\n${profileName}\n${accountId}`;
  return texts.toLowerCase().includes(query.toLowerCase());
}

interface MemberProps extends Line {
  account: AccountStores;
  onTap: (event: CommonEvent) => void;
}

const Member = observer(function Member({ account, accountId, nick, onTap }: MemberProps) {
  const user = accountId === EVERYBODY ? null : account.users.get(accountId);
  return (
    <View
      className="contact"
      hoverClass="pressed"
      data-id={accountId}
      data-name={user ? mentionName(nick, user) : nick}
      ariaRole="button"
      onClick={onTap}
    >
      <Avatar
        accountId={accountId}
        name={user ? nick || user.name : '@'}
        url={user?.avatar}
        small
      />
      <View className="contact-name ellipsis">{nick || user?.name}</View>
    </View>
  );
});
