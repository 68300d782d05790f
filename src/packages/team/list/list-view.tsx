import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useEffect } from 'react';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Cell } from '@/components/ui/cell';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { WindowedList } from '@/components/ui/windowed-list';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { teamRoutes } from '../team-routes';
import { teamTexts } from '../texts';
import { useTeams } from '../use-team';
import '../team.scss';

/** The height of `.tm` in team.scss. */
const heightOf = () => 64;

export const ListView = observer(function ListView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      {account ? <Teams account={account} /> : <Skeleton />}
    </>
  );
});

const Teams = observer(function Teams({ account }: { account: AccountStores }) {
  const { joined } = useTeams(account);
  const { unread } = account.asks;
  const { language } = useStores().settings;
  const t = useTexts(teamTexts);
  const navigate = useNavigate();
  useEffect(() => void joined.load(), [joined]);
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id) navigate(routes.chat(id));
    },
    [navigate],
  );
  const renderRow = useCallback(
    (team: V2NIMTeam) => (
      <View
        className="tm"
        hoverClass="pressed"
        ariaRole="button"
        data-id={teamConversationId(account.accountId, team)}
        onClick={open}
      >
        <Avatar accountId={team.teamId} name={team.name} url={team.avatar} small />
        <View className="tm-name ellipsis">{team.name}</View>
        <View className="tm-note">{t('count', { count: team.memberCount })}</View>
      </View>
    ),
    [account, open, t],
  );
  return (
    <>
      <View className="tm-group">
        <View
          className="cell cell-link"
          hoverClass="pressed"
          ariaRole="button"
          onClick={() => navigate(routes.teamRequests)}
        >
          <View className="cell-title">{t('list.requests')}</View>
          <Badge count={unread} />
        </View>
        <Cell title={t('list.create')} onClick={() => navigate(teamRoutes.create)} />
        <Cell title={t('list.apply')} onClick={() => navigate(teamRoutes.apply)} />
      </View>
      {joined.teams.length > 0 ? (
        <WindowedList rows={joined.teams} heightOf={heightOf} renderRow={renderRow} />
      ) : joined.state === 'loading' ? (
        <Skeleton />
      ) : joined.error ? (
        <EmptyState
          title={t('list.error')}
          hint={reasonText(joined.error.code, language)}
          action={t('retry')}
          onAction={() => void joined.load()}
        />
      ) : (
        <EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />
      )}
    </>
  );
});
