import { Input, ScrollView, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { scanCode } from '@/components/code/scan-code';
import { toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import type { TeamKey } from '@/stores/teams/team-acts';
import { teamConversationId } from '@/stores/conversations/conversation-id';
import { CLOSED } from '../team-fields';
import { teamIn } from '../team-routes';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** Finds a team by its id or its QR code, and applies to it with a text. */
export const ApplyView = observer(function ApplyView({ params }: { params: PageParams }) {
  const { account } = useStores();
  return account ? <Apply account={account} params={params} /> : <Skeleton />;
});

interface ApplyProps {
  account: AccountStores;
  /** `team` and `type`: a team whose code was scanned elsewhere. */
  params: PageParams;
}

const Apply = observer(function Apply({ account, params }: ApplyProps) {
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
  useEffect(() => {
    const key = teamIn(params);
    if (key.teamId !== '') void find(key);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the address of a page does not change
  }, []);
  const findTyped = () => void find({ teamId: typed.id.trim(), teamType: 1 });
  const scan = async () => {
    const code = await scanCode(settings.language);
    if (!code) return;
    if (code === 'foreign') toast(t('apply.foreign'));
    else if (code.kind === 'person') navigate(routes.card(code.accountId));
    else await find(code.team);
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
