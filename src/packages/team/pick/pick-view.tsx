import { type CommonEvent, Switch, View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { toast } from '@/components/page/dialogs';
import { useGoBack, useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { WindowedList } from '@/components/ui/windowed-list';
import type { AccountStores, UserEntry } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { AvatarChoice } from '../avatar-choice';
import { DISCUSSION_EXTENSION, defaultName } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { teamIn } from '../team-routes';
import { teamTexts } from '../texts';
import { uploadDrawn } from '../upload-avatar';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** The height of `.tm` in team.scss. */
const heightOf = () => 64;
/** The server's limit of accounts for one request. */
const MOST = 200;

/** Chooses friends: for a new team, with the other side of a chat chosen already, or for a team that exists. */
export const PickView = observer(function PickView({ params }: { params: PageParams }) {
  const { account } = useStores();
  if (teamIn(params).teamId)
    return <TeamGate params={params}>{(view) => <Invite {...view} />}</TeamGate>;
  return account ? <Create account={account} first={paramOf(params, 'with')} /> : <Skeleton />;
});

const Create = observer(function Create({
  account,
  first,
}: {
  account: AccountStores;
  first: string;
}) {
  const t = useTexts(teamTexts);
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const navigate = useNavigate();
  const { language } = useStores().settings;
  const [isDiscussion, setDiscussion] = useState(false);
  const [picture, setPicture] = useState<number | null>(null);
  // Read while rendering, so that the profile is there when the team gets its name.
  const ownName = account.users.self.name;
  const create = async (chosen: readonly string[]) => {
    const names = [ownName, ...chosen.map((id) => account.users.get(id).name)];
    await attempt(async () => {
      const avatar = picture === null ? null : await uploadDrawn(acts, picture, language);
      const { team, failedList } = await acts.create(
        {
          name: defaultName(names, t('name.and')),
          teamType: 1,
          ...(avatar === null ? {} : { avatar }),
          // The others join at once; a discussion group has no managers, so everybody may do everything.
          agreeMode: 1,
          inviteMode: 1,
          updateInfoMode: isDiscussion ? 1 : 0,
          ...(isDiscussion ? { serverExtension: DISCUSSION_EXTENSION } : {}),
        },
        chosen,
      );
      if (failedList.length > 0) toast(t('pick.failed', { count: failedList.length }));
      navigate(routes.chat(teamConversationId(account.accountId, team)), 'replace');
    });
  };
  return (
    <>
      <View className="tm-group">
        <AvatarChoice
          chosen={picture}
          onChoose={(index) => setPicture(index === picture ? null : index)}
        />
        <View className="cell">
          <View className="cell-title">{t('discussion')}</View>
          <Switch
            checked={isDiscussion}
            ariaLabel={t('discussion')}
            onChange={({ detail }) => setDiscussion(detail.value)}
          />
        </View>
      </View>
      <Friends
        account={account}
        first={first}
        isFree={() => true}
        onDone={(chosen) => void create(chosen)}
      />
    </>
  );
});

const Invite = observer(function Invite({ account, team }: TeamView) {
  const t = useTexts(teamTexts);
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const goBack = useGoBack(routes.conversations, 'tab');
  const { members } = team;
  useEffect(() => {
    if (members.state === 'idle') void members.load();
  }, [members]);
  const invite = async (chosen: readonly string[]) => {
    const isDone = await attempt(async () => {
      const failed = await acts.invite(team.key, chosen);
      toast(failed.length > 0 ? t('pick.failed', { count: failed.length }) : t('pick.sent'));
    });
    if (isDone) goBack();
  };
  // Members beyond the loaded pages are offered too: the server leaves them out.
  const known = new Set(members.rows.map(({ accountId }) => accountId));
  return (
    <Friends
      account={account}
      first=""
      isFree={(id) => !known.has(id)}
      onDone={(chosen) => void invite(chosen)}
    />
  );
});

interface FriendsProps {
  account: AccountStores;
  /** An account that is chosen at first. */
  first: string;
  isFree: (accountId: string) => boolean;
  onDone: (chosen: readonly string[]) => void;
}

const Friends = observer(function Friends({ account, first, isFree, onDone }: FriendsProps) {
  const t = useTexts(teamTexts);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(first ? [first] : []));
  const [query, setQuery] = useState('');
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id === undefined) return;
      setChosen((before) => {
        const next = new Set(before);
        if (next.delete(id)) return next;
        if (next.size >= MOST) toast(t('pick.most', { count: MOST }));
        else next.add(id);
        return next;
      });
    },
    [t],
  );
  const renderRow = useCallback(
    (user: UserEntry) => <Friend user={user} isOn={chosen.has(user.accountId)} onTap={onTap} />,
    [chosen, onTap],
  );
  const { friends } = account.contacts;
  const stranger =
    first && !friends.some(({ accountId }) => accountId === first)
      ? [account.users.get(first)]
      : [];
  const wanted = query.toLowerCase();
  const rows = [...stranger, ...friends].filter(
    ({ name, accountId }) =>
      isFree(accountId) && `${name}\n${accountId}`.toLowerCase().includes(wanted),
  );
  const count = chosen.size;
  return (
    <>
      <View className="search">
        <SearchField label={t('search')} onInput={({ detail }) => setQuery(detail.value.trim())} />
      </View>
      {rows.length === 0 ? (
        <View className="fill">
          <EmptyState title={query ? t('noMatch', { query }) : t('pick.empty')} />
        </View>
      ) : (
        <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} />
      )}
      <View className="tm-foot">
        <Button disabled={count === 0} onClick={() => onDone([...chosen])}>
          {count === 0 ? t('pick.doneNone') : t('pick.done', { count })}
        </Button>
      </View>
    </>
  );
});

interface FriendProps {
  user: UserEntry;
  isOn: boolean;
  onTap: (event: CommonEvent) => void;
}

const Friend = observer(function Friend({ user, isOn, onTap }: FriendProps) {
  const t = useTexts(teamTexts);
  return (
    <View
      className={classes('tm', isOn && 'tm-on')}
      data-id={user.accountId}
      ariaRole="button"
      ariaLabel={isOn ? t('pick.on', { name: user.name }) : user.name}
      onClick={onTap}
    >
      <View className="tm-box" />
      <Avatar accountId={user.accountId} name={user.name} url={user.avatar} small />
      <View className="tm-name ellipsis">{user.name}</View>
    </View>
  );
});
