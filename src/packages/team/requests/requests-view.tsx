import { View } from '@tarojs/components';
import { useCallback, useEffect } from 'react';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { WindowedList } from '@/components/ui/windowed-list';
import type { V2NIMTeamJoinActionInfo } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { isOpen } from '@/stores/teams/team-asks';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** The height of `.tm-request` in team.scss. */
const heightOf = () => 96;

/** Applications to own teams and invitations, with their states. The page marks the shown requests as read. */
export const RequestsView = observer(function RequestsView() {
  const { account } = useStores();
  return account ? <Requests account={account} /> : <Skeleton />;
});

const Requests = observer(function Requests({ account }: { account: AccountStores }) {
  const { requests } = useTeams(account);
  const t = useTexts(teamTexts);
  const { infos } = requests;
  const { asks } = account;
  // The page is open while requests come.
  useEffect(() => asks.markSeen(), [asks, infos, asks.unread]);
  const renderRow = useCallback(
    (info: V2NIMTeamJoinActionInfo) => <Request account={account} info={info} />,
    [account],
  );
  if (infos.length === 0) return <EmptyState title={t('requests.empty')} />;
  return <WindowedList rows={infos} heightOf={heightOf} renderRow={renderRow} />;
});

interface RequestProps {
  account: AccountStores;
  info: V2NIMTeamJoinActionInfo;
}

const Request = observer(function Request({ account, info }: RequestProps) {
  const t = useTexts(teamTexts);
  const { requests } = useTeams(account);
  const attempt = useAttempt();
  const { operatorAccountId, postscript, teamId, actionType, actionStatus } = info;
  const user = account.users.get(operatorAccountId);
  const title = account.titleOf(teamConversationId(account.accountId, info)) || teamId;
  const type = actionType as number as 0 | 1 | 2 | 3;
  const status = actionStatus as number as 0 | 1 | 2 | 3;
  const answer = (accepts: boolean) => void attempt(() => requests.answer(info, accepts));
  return (
    <View className="tm-request">
      <Avatar accountId={operatorAccountId} name={user.name} url={user.avatar} small />
      <View className="tm-request-text">
        <View className="ellipsis">{user.name}</View>
        <View className="tm-request-line ellipsis">{t(`requests.${type}`, { team: title })}</View>
        {postscript && <View className="tm-request-line ellipsis">{postscript}</View>}
      </View>
      {isOpen(info) ? (
        <>
          <View className="tm-answer" ariaRole="button" onClick={() => answer(false)}>
            {t('reject')}
          </View>
          <View className="tm-answer" ariaRole="button" onClick={() => answer(true)}>
            {t('accept')}
          </View>
        </>
      ) : (
        <View className="tm-note">{status === 0 ? '' : t(`status.${status}`)}</View>
      )}
    </View>
  );
});
