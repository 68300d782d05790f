import { Input, ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** V2NIMTeamJoinMode: nobody can apply. */
const CLOSED = 2;

/** Finds a team by its id, and applies to it with a text. */
export const ApplyView = observer(function ApplyView() {
  const { account } = useStores();
  return account ? <Apply account={account} /> : <Skeleton />;
});

const Apply = observer(function Apply({ account }: { account: AccountStores }) {
  const t = useTexts(teamTexts);
  const { acts, joined } = useTeams(account);
  const attempt = useAttempt();
  const navigate = useNavigate();
  const [typed] = useState({ id: '', text: '' });
  const [team, setTeam] = useState<V2NIMTeam | null>(null);
  const enter = (found: V2NIMTeam) =>
    navigate(routes.chat(teamConversationId(account.accountId, found)), 'replace');
  const find = () =>
    attempt(async () => {
      setTeam(null);
      const teamId = typed.id.trim();
      if (teamId !== '') setTeam(await acts.find({ teamId, teamType: 1 }));
    });
  const apply = (found: V2NIMTeam) =>
    attempt(async () => {
      const answer = await acts.apply(found, typed.text.trim());
      if (answer.isValidTeam) enter(answer);
      else toast(t('apply.sent'));
    });
  const isMember = team !== null && joined.teams.some(({ teamId }) => teamId === team.teamId);
  return (
    <ScrollView className="fill" scrollY>
      <View className="tm-form">
        <Input
          className="tm-field"
          placeholder={t('apply.id')}
          placeholderClass="tm-placeholder"
          ariaLabel={t('apply.id')}
          type="number"
          onInput={({ detail }) => {
            typed.id = detail.value;
          }}
          onConfirm={() => void find()}
        />
        <View className="tm-count" />
        <Button kind="quiet" onClick={() => void find()}>
          {t('apply.find')}
        </Button>
      </View>
      {team && (
        <View className="tm-form">
          <View className="tm">
            <Avatar accountId={team.teamId} name={team.name} url={team.avatar} small />
            <View className="tm-name ellipsis">{team.name}</View>
            <View className="tm-note">{t('count', { count: team.memberCount })}</View>
          </View>
          <View className="tm-count">{team.intro}</View>
          {isMember ? (
            <Button onClick={() => enter(team)}>{t('chat')}</Button>
          ) : (team.joinMode as number) === CLOSED ? (
            <View className="tm-count">{t('apply.closed')}</View>
          ) : (
            <>
              <Input
                className="tm-field"
                placeholder={t('apply.text')}
                placeholderClass="tm-placeholder"
                ariaLabel={t('apply.text')}
                maxlength={-1}
                onInput={({ detail }) => {
                  typed.text = detail.value;
                }}
              />
              <View className="tm-count" />
              <Button onClick={() => void apply(team)}>{t('apply.send')}</Button>
            </>
          )}
        </View>
      )}
    </ScrollView>
  );
});
