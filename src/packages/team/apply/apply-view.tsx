import { Input, ScrollView, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { tellFailure, toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { wxAsk } from '@/components/page/wx-call';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import type { TeamKey } from '@/stores/teams/team-acts';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { teamInCode } from '../join-code';
import { CLOSED } from '../team-fields';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** Finds a team by its id or its QR code, and applies to it with a text. */
export const ApplyView = observer(function ApplyView() {
  const { account } = useStores();
  return account ? <Apply account={account} /> : <Skeleton />;
});

const Apply = observer(function Apply({ account }: { account: AccountStores }) {
  const t = useTexts(teamTexts);
  const { settings } = useStores();
  const { acts, joined } = useTeams(account);
  const attempt = useAttempt();
  const navigate = useNavigate();
  const [typed] = useState({ id: '', text: '' });
  const [team, setTeam] = useState<V2NIMTeam | null>(null);
  const enter = (found: V2NIMTeam) =>
    navigate(routes.chat(teamConversationId(account.accountId, found)), 'replace');
  const find = (key: TeamKey) =>
    attempt(async () => {
      setTeam(null);
      if (key.teamId !== '') setTeam(await acts.find(key));
    });
  const findTyped = () => void find({ teamId: typed.id.trim(), teamType: 1 });
  const scan = async () => {
    const scanned = await wxAsk(() => Taro.scanCode({ scanType: ['qrCode'] }));
    if (!scanned.ok) return tellFailure(scanned.failure, settings.language);
    const key = teamInCode(String(scanned.value.result));
    if (key) await find(key);
    else toast(t('apply.foreign'));
  };
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
          onConfirm={findTyped}
        />
        <View className="tm-count" />
        <Button kind="quiet" onClick={findTyped}>
          {t('apply.find')}
        </Button>
        {process.env.TARO_ENV === 'weapp' && (
          <Button kind="plain" onClick={() => void scan()}>
            {t('apply.scan')}
          </Button>
        )}
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
