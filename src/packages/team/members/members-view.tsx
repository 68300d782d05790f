import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { choose, confirm } from '@/components/page/dialogs';
import { useGoBack, useNavigate } from '@/components/page/navigate';
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
import { Slot } from '@/components/ui/slot';
import { WindowedList } from '@/components/ui/windowed-list';
import type { AccountStores } from '@/stores';
import type { OpenTeam } from '@/stores/teams/open-team';
import type { MemberRow, MemberList } from '@/stores/teams/member-list';
import { isDiscussion } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { teamRoutes } from '../team-routes';
import { teamTexts, type TeamTextKey } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** A member, or the line that loads the next page. */
type Line = MemberRow | 'more';

/** The height of `.tm` and `.tm-more` in team.scss. */
const heightOf = () => 64;
/** A search requests this many members without a tap: the server cannot search. */
const SEARCHED_BY_ITSELF = 500;

export const MembersView = observer(function MembersView({ params }: { params: PageParams }) {
  const isTransfer = paramOf(params, 'for') === 'transfer';
  return (
    <TeamGate params={params}>{(view) => <Members {...view} isTransfer={isTransfer} />}</TeamGate>
  );
});

const Members = observer(function Members({
  account,
  team,
  isTransfer,
}: TeamView & { isTransfer: boolean }) {
  const { members } = team;
  const { language } = useStores().settings;
  const t = useTexts(teamTexts);
  const [query, setQuery] = useState('');
  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value.trim()),
    [],
  );
  const open = useMemberActs(account, team, isTransfer);
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      const row = id === undefined ? undefined : team.members.of(id);
      if (row) void open(row);
    },
    [team, open],
  );
  const renderRow = useCallback(
    (line: Line) =>
      line === 'more' ? (
        <More members={members} isSearch={query !== ''} />
      ) : (
        <Member account={account} team={team} row={line} onTap={onTap} />
      ),
    [account, team, members, onTap, query],
  );
  useEffect(() => {
    if (members.state === 'idle') void members.load();
  }, [members]);

  if (members.state === 'error')
    return (
      <EmptyState
        title={t('error')}
        hint={reasonText(members.error?.code ?? 0, language)}
        action={t('retry')}
        onAction={() => void members.load()}
      />
    );
  if (members.state !== 'ready') return <Skeleton />;
  const found = members.matching(query, (id) => account.users.peek(id)?.name ?? '');
  const rows: readonly Line[] = members.hasMore ? [...found, 'more'] : found;
  return (
    <>
      <View className="search">
        <SearchField label={t('search')} onInput={onSearch} />
      </View>
      <Slot>{isTransfer && <View className="tm-more">{t('transferPick')}</View>}</Slot>
      {rows.length === 0 ? (
        <View className="no-match">{t('noMatch', { query })}</View>
      ) : (
        <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} />
      )}
    </>
  );
});

interface MemberProps {
  account: AccountStores;
  team: OpenTeam;
  row: MemberRow;
  onTap: (event: CommonEvent) => void;
}

const Member = observer(function Member({ account, team, row, onTap }: MemberProps) {
  const t = useTexts(teamTexts);
  const { accountId, teamNick, chatBanned } = row.member;
  const user = account.users.get(accountId);
  const name = teamNick || user.name;
  const marks = [
    accountId === account.accountId && t('me'),
    row.role !== 0 && t(row.role === 1 ? 'role.1' : 'role.2'),
    team.isFollowed(accountId) && t('followed'),
    chatBanned && t('muted'),
  ].filter(Boolean);
  return (
    <View className="tm" hoverClass="pressed" data-id={accountId} ariaRole="button" onClick={onTap}>
      <Avatar accountId={accountId} name={name} url={user.avatar} small />
      <View className="tm-name ellipsis">{name}</View>
      <View className="tm-note">{marks.join(' · ')}</View>
    </View>
  );
});

/** Requests the next page when it is near the screen; after a failure, and far into a search, on a tap. */
const More = observer(function More({
  members,
  isSearch,
}: {
  members: MemberList;
  isSearch: boolean;
}) {
  const { language } = useStores().settings;
  const t = useTexts(teamTexts);
  const { error, loadingMore, rows } = members;
  const waits = loadingMore || error !== null || (isSearch && rows.length >= SEARCHED_BY_ITSELF);
  const { length } = rows;
  useEffect(() => {
    if (!waits) void members.loadMore();
  }, [members, waits, length]);
  const text = loadingMore
    ? t('loading')
    : error
      ? t('moreFailed', { reason: reasonText(error.code, language) })
      : t('more');
  return (
    <View className="tm-more" ariaRole="button" onClick={() => void members.loadMore()}>
      {text}
    </View>
  );
});

type MemberAct =
  | 'chat'
  | 'follow'
  | 'unfollow'
  | 'setNick'
  | 'muteOne'
  | 'unmuteOne'
  | 'addManager'
  | 'removeManager'
  | 'kick';

/** The acts on a member that the own role allows: six at most, the lines of WeChat's sheet. */
function memberActsOf(team: OpenTeam, row: MemberRow, isMe: boolean): readonly MemberAct[] {
  const acts: MemberAct[] = isMe
    ? []
    : ['chat', team.isFollowed(row.accountId) ? 'unfollow' : 'follow'];
  if (!team.mayManage(row.member)) return acts;
  acts.push('setNick', row.member.chatBanned ? 'unmuteOne' : 'muteOne');
  if (team.isOwner && !(team.info && isDiscussion(team.info)))
    acts.push(row.role === 2 ? 'removeManager' : 'addManager');
  return [...acts, 'kick'];
}

function useMemberActs(
  account: AccountStores,
  team: OpenTeam,
  isTransfer: boolean,
): (row: MemberRow) => Promise<void> {
  const { settings } = useStores();
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const navigate = useNavigate();
  const goBack = useGoBack(routes.conversations, 'tab');
  return useMemo(() => {
    const { key } = team;
    const ask = (what: TeamTextKey, name: string) => {
      const t = teamTexts(settings.language);
      return confirm({
        content: t(what, { name }),
        confirmText: t('ok'),
        cancelText: t('cancel'),
      });
    };
    return async (row) => {
      const { accountId } = row;
      const isMe = accountId === account.accountId;
      const name = row.member.teamNick || account.users.get(accountId).name;
      if (isTransfer) {
        if (isMe || !(await ask('transferAsk', name))) return;
        if (await attempt(() => acts.transfer(key, accountId))) goBack();
        return;
      }
      const possible = memberActsOf(team, row, isMe);
      if (possible.length === 0) return;
      const act =
        possible.length === 1
          ? possible[0]
          : await choose(possible, teamTexts(settings.language), settings.language);
      switch (act) {
        case 'chat':
          return navigate(routes.chat(account.conversations.conversationIdWith(accountId)));
        case 'setNick':
          return navigate(teamRoutes.edit(key, 'nick', accountId));
        case 'kick':
          if (await ask('kickAsk', name)) await attempt(() => acts.kick(key, [accountId]));
          return;
        case 'follow':
        case 'unfollow':
          await attempt(() => acts.follow(key, [accountId], act === 'follow'));
          return;
        case 'muteOne':
        case 'unmuteOne':
          await attempt(() => acts.muteMember(key, accountId, act === 'muteOne'));
          return;
        case 'addManager':
        case 'removeManager':
          await attempt(() => acts.setManagers(key, [accountId], act === 'addManager'));
          return;
        default:
      }
    };
  }, [account, team, isTransfer, settings, acts, attempt, navigate, goBack]);
}
