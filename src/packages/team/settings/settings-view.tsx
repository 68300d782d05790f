import { ScrollView, View } from '@tarojs/components';
import { ClearHistoryCell } from '@/components/history/clear-history-cell';
import { choose, confirm } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { Toggle } from '@/components/ui/toggle';
import type { V2NIMUpdateTeamInfoParams } from '@/sdk/types';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import type { OpenTeam } from '@/stores/teams/open-team';
import { isMentionAllForManagers, withMentionAll } from '@/stores/teams/mention-all';
import { isDiscussion } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { teamRoutes } from '../team-routes';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

export const SettingsView = observer(function SettingsView({ params }: { params: PageParams }) {
  return <TeamGate params={params}>{settings}</TeamGate>;
});

const settings = (view: TeamView) => <Settings {...view} />;

const Settings = observer(function Settings({ account, team }: TeamView) {
  const t = useTexts(teamTexts);
  const { key, info, self } = team;
  const navigate = useNavigate();
  const hasManagers = info !== null && !isDiscussion(info);
  if (!info) return null;
  return (
    <ScrollView className="fill" scrollY>
      <Head team={team} />
      <View className="tm-group">
        <Cell
          title={t('members')}
          value={t('count', { count: info.memberCount })}
          onClick={() => navigate(teamRoutes.members(key))}
        />
        {team.mayInvite && (
          <Cell title={t('invite')} onClick={() => navigate(teamRoutes.invite(key))} />
        )}
      </View>
      <View className="tm-group">
        {(['name', 'intro', 'announcement'] as const).map((field) => (
          <Cell
            key={field}
            title={t(field)}
            value={info[field] || t('none')}
            onClick={() => navigate(teamRoutes.edit(key, field))}
          />
        ))}
        <Cell
          title={t('ownNick')}
          value={self?.teamNick || t('none')}
          onClick={() => navigate(teamRoutes.edit(key, 'ownNick'))}
        />
        <Cell
          title={t('code.title')}
          value={info.teamId}
          onClick={() => navigate(teamRoutes.code(key))}
        />
      </View>
      <Notifications account={account} team={team} />
      {team.isManager && hasManagers && <Modes account={account} team={team} />}
      <Ends account={account} team={team} />
    </ScrollView>
  );
});

/** Avatar and name; a tap opens the page of the avatar. */
const Head = observer(function Head({ team }: { team: OpenTeam }) {
  const { info, mayEdit } = team;
  const t = useTexts(teamTexts);
  const navigate = useNavigate();
  if (!info) return null;
  const open = () => navigate(teamRoutes.avatar(team.key));
  return (
    <View
      className="tm-head"
      ariaLabel={`${info.name}, ${t('avatar')}`}
      hoverClass={mayEdit ? 'pressed' : 'none'}
      ariaRole={mayEdit ? 'button' : undefined}
      onClick={mayEdit ? open : undefined}
    >
      <Avatar accountId={info.teamId} name={info.name} url={info.avatar} large />
      <View className="tm-title">{info.name}</View>
    </View>
  );
});

/** The pin of the conversation, and its mute with three modes. */
const Notifications = observer(function Notifications({ account, team }: TeamView) {
  const t = useTexts(teamTexts);
  const { settings: own } = useStores();
  const attempt = useAttempt();
  const conversationId = teamConversationId(account.accountId, team.key);
  const row = account.conversations.get(conversationId);
  const modeText = (mode: 0 | 1 | 2) => t(`mute${mode}`);
  const ask = async () => {
    const mode = await choose([0, 1, 2] as const, modeText, own.language);
    if (mode !== undefined) await attempt(() => account.acts.setMuteMode(conversationId, mode));
  };
  return (
    <View className="tm-group">
      <Cell
        title={t('mute')}
        value={modeText(team.muteMode as 0 | 1 | 2)}
        onClick={() => void ask()}
      />
      <Toggle
        label={t('pin')}
        checked={row?.stickTop ?? false}
        onChange={(on) => attempt(() => account.acts.setStickTop(conversationId, on))}
      />
      <ClearHistoryCell account={account} conversationId={conversationId} />
    </View>
  );
});

/** What owner and managers decide. */
const Modes = observer(function Modes({ account, team }: TeamView) {
  const { info } = team;
  const { settings: own } = useStores();
  const t = useTexts(teamTexts);
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  if (!info) return null;
  const ask = async <V extends number>(
    values: readonly V[],
    textOf: (value: V) => string,
    change: (value: V) => V2NIMUpdateTeamInfoParams,
  ) => {
    const value = await choose(values, textOf, own.language);
    if (value !== undefined) await attempt(() => acts.update(team.key, change(value)));
  };
  const mode = (value: 0 | 1) => t(`mode${value}`);
  const both = [0, 1] as const;
  const joinText = (value: 0 | 1 | 2) => t(`joinMode${value}`);
  const agreeText = (value: 0 | 1) => t(`agreeMode${value}`);
  const { serverExtension } = info;
  const mentionAll = isMentionAllForManagers(serverExtension) ? 0 : 1;
  return (
    <View className="tm-group">
      <Toggle
        label={t('muteAll')}
        checked={(info.chatBannedMode as number) !== 0}
        onChange={(on) => attempt(() => acts.muteAll(team.key, on))}
      />
      <Cell
        title={t('joinMode')}
        value={joinText(info.joinMode as 0 | 1 | 2)}
        onClick={() => void ask([0, 1, 2] as const, joinText, (joinMode) => ({ joinMode }))}
      />
      <Cell
        title={t('agreeMode')}
        value={agreeText(info.agreeMode as 0 | 1)}
        onClick={() => void ask(both, agreeText, (agreeMode) => ({ agreeMode }))}
      />
      <Cell
        title={t('inviteMode')}
        value={mode(info.inviteMode as 0 | 1)}
        onClick={() => void ask(both, mode, (inviteMode) => ({ inviteMode }))}
      />
      <Cell
        title={t('infoMode')}
        value={mode(info.updateInfoMode as 0 | 1)}
        onClick={() => void ask(both, mode, (updateInfoMode) => ({ updateInfoMode }))}
      />
      {withMentionAll(serverExtension, false) !== null && (
        <Cell
          title={t('mentionMode')}
          value={mode(mentionAll)}
          onClick={() =>
            void ask(both, mode, (value) => ({
              serverExtension: withMentionAll(serverExtension, value === 0) ?? '',
            }))
          }
        />
      )}
    </View>
  );
});

/** The owner hands over or dismisses the team, everybody else leaves it. The event closes the page. */
const Ends = observer(function Ends({ account, team }: TeamView) {
  const t = useTexts(teamTexts);
  const navigate = useNavigate();
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const ask = async (what: 'leave' | 'dismiss') => {
    const isSure = await confirm({
      title: t(what),
      content: t(`${what}Ask`, { count: team.info?.memberCount ?? 0 }),
      confirmText: t('ok'),
      cancelText: t('cancel'),
    });
    if (isSure) await attempt(() => acts[what](team.key));
  };
  return (
    <View className="tm-group tm-ends">
      {team.isOwner && (
        <Cell title={t('transfer')} onClick={() => navigate(teamRoutes.transfer(team.key))} />
      )}
      {team.isOwner ? (
        <Button kind="danger" onClick={() => void ask('dismiss')}>
          {t('dismiss')}
        </Button>
      ) : (
        <Button kind="danger" onClick={() => void ask('leave')}>
          {t('leave')}
        </Button>
      )}
    </View>
  );
});
