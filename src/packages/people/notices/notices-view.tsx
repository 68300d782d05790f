import { View } from '@tarojs/components';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { separatorTime } from '@/components/format/time';
import { attempt } from '@/components/page/attempt';
import { choose, confirm, inform } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { EmptyState } from '@/components/ui/empty-state';
import { WindowedList } from '@/components/ui/windowed-list';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import type { V2NIMTeamJoinActionInfo } from '@/sdk/types';
import type { AccountStores, FriendRequest } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import type { Notice } from '@/stores/notices/notices';
import { teamsOf } from '@/stores/teams/account-teams';
import { isOpen } from '@/stores/teams/team-asks';
import { Request } from '../requests/requests-view';
import { peopleTexts } from '../texts';
import { Who } from '../who';
import '../people.scss';

type Line =
  | { readonly time: number; readonly request: FriendRequest }
  | { readonly time: number; readonly info: V2NIMTeamJoinActionInfo }
  | { readonly time: number; readonly notice: Notice };

/** The heights of `.p-request` and `.p-notice` in people.scss. */
const REQUEST_HEIGHT = 88;
const NOTICE_HEIGHT = 116;
const heightOf = (line: Line) => ('notice' in line ? NOTICE_HEIGHT : REQUEST_HEIGHT);

/** Lists requests and notices, newest first, and marks the shown lines as read. */
export const NoticesView = observer(function NoticesView() {
  const { account } = useStores();
  return account && <NoticeList account={account} />;
});

const NoticeList = observer(function NoticeList({ account }: { account: AccountStores }) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { notices, requests, asks } = account;
  const [teams] = useState(() => teamsOf(account.connection, systemClock));
  const { infos } = teams.requests;
  const { list } = notices;
  useEffect(() => {
    notices.markRead();
    requests.update(({ read }) => !read, { read: true });
    asks.markSeen();
  }, [notices, list, requests, requests.unread, asks, infos, asks.unread]);
  const renderRow = useCallback(
    (line: Line) => {
      if ('request' in line) return <Request account={account} request={line.request} />;
      if ('info' in line) return <TeamRequest account={account} info={line.info} />;
      return <NoticeRow account={account} notice={line.notice} />;
    },
    [account],
  );
  const clear = async () => {
    const isSure = await confirm({
      content: t('notices.clearConfirm'),
      confirmText: t('requests.clear'),
      cancelText: appT('common.cancel'),
    });
    if (!isSure) return;
    notices.clear();
    // What waits for an answer stays.
    requests.keepOnly(({ incoming, state }) => incoming && state === 'pending');
  };
  const lines: Line[] = [
    ...requests.list.map((request) => ({ time: request.time, request })),
    ...infos.map((info) => ({ time: info.timestamp, info })),
    ...list.map((notice) => ({ time: notice.time, notice })),
  ].sort((a, b) => b.time - a.time);
  if (lines.length === 0)
    return <EmptyState title={t('notices.empty')} hint={t('notices.emptyHint')} />;
  return (
    <>
      <View className="p-bar p-bar-end">
        <View
          className="p-link"
          ariaRole="button"
          hoverClass="pressed"
          onClick={() => void clear()}
        >
          {t('requests.clear')}
        </View>
      </View>
      <WindowedList rows={lines} heightOf={heightOf} renderRow={renderRow} />
    </>
  );
});

const TeamRequest = observer(function TeamRequest({
  account,
  info,
}: {
  account: AccountStores;
  info: V2NIMTeamJoinActionInfo;
}) {
  const t = useTexts(peopleTexts);
  const { language } = useStores().settings;
  const { operatorAccountId, postscript = '', teamId, timestamp } = info;
  const user = account.users.get(operatorAccountId);
  const team = account.titleOf(teamConversationId(account.accountId, info)) || teamId;
  const type = info.actionType as number as 0 | 1 | 2 | 3;
  const status = info.actionStatus as number as 0 | 1 | 2 | 3;
  const answer = (accepts: boolean) =>
    void attempt(
      () => teamsOf(account.connection, systemClock).requests.answer(info, accepts),
      language,
    );
  return (
    <View className="p-row p-request">
      <Who user={user}>
        <View className="p-note ellipsis">
          {[t(`notices.team.${type}`, { team }), postscript].filter(Boolean).join(' · ')}
        </View>
        <View className="p-time ellipsis">
          <Time time={timestamp} />
        </View>
      </Who>
      {isOpen(info) ? (
        <>
          <View
            className="p-act"
            ariaRole="button"
            hoverClass="pressed"
            onClick={() => answer(false)}
          >
            {t('requests.reject')}
          </View>
          <View
            className="p-act p-main"
            ariaRole="button"
            hoverClass="pressed"
            onClick={() => answer(true)}
          >
            {t('requests.accept')}
          </View>
        </>
      ) : (
        <View className="p-state">{t(`notices.status.${status}`)}</View>
      )}
    </View>
  );
});

const NoticeRow = observer(function NoticeRow({
  account,
  notice,
}: {
  account: AccountStores;
  notice: Notice;
}) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { language } = useStores().settings;
  const { kind, senderId, teamId, title, text, time, id } = notice;
  const isPersonal = kind === 'custom';
  const user = account.users.get(isPersonal ? senderId : account.accountId);
  const team =
    teamId && account.titleOf(teamConversationId(account.accountId, { teamId, teamType: 1 }));
  const source = isPersonal ? [user.name, team].filter(Boolean).join(' · ') : t(`notices.${kind}`);
  const show = () => void inform(title || source, text, appT('common.ok'));
  const offer = async () => {
    const picked = await choose(['delete'] as const, () => t('notices.delete'), language);
    if (picked) account.notices.remove(id);
  };
  return (
    <View
      className="p-notice p-row"
      hoverClass="pressed"
      ariaRole="button"
      onClick={show}
      onLongPress={() => void offer()}
    >
      <Avatar
        accountId={isPersonal ? senderId : kind}
        name={source}
        url={isPersonal ? user.avatar : ''}
        small
      />
      <View className="p-texts">
        <View className="p-name ellipsis">{title || source}</View>
        <View className="p-note p-two">{text}</View>
        <View className="p-time ellipsis">
          <Time time={time} />
          {title ? ` · ${source}` : ''}
        </View>
      </View>
    </View>
  );
});

const Time = observer(function Time({ time }: { time: number }): ReactNode {
  return separatorTime(time, today.now(), useTexts(appTexts));
});
