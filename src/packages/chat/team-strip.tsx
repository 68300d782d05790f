import { View } from '@tarojs/components';
import { useCore } from '@/components/page/core-context';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import { Slot } from '@/components/ui/slot';
import { type AccountStores, addressOf } from '@/stores';
import { teamsOf } from '@/stores/teams/account-teams';
import { chatTexts } from './texts';

interface TeamStripProps {
  account: AccountStores;
  conversationId: string;
}

/** The line above a team's chat: the way to the settings, and the applications that wait for a manager. */
export const TeamStrip = observer(function TeamStrip({ account, conversationId }: TeamStripProps) {
  const { type, targetId } = addressOf(conversationId);
  const isOpen = type > 1 && account.closedOf(conversationId) !== 'dismissed';
  return (
    <Slot>
      {isOpen && <Strip account={account} team={{ teamId: targetId, teamType: type - 1 }} />}
    </Slot>
  );
});

interface StripProps {
  account: AccountStores;
  team: { teamId: string; teamType: number };
}

const Strip = observer(function Strip({ account, team }: StripProps) {
  const t = useTexts(chatTexts);
  const navigate = useNavigate();
  const { platform } = useCore();
  // The server tells applications to owner and managers only.
  const { requests } = teamsOf(account.connection, platform.clock);
  const count = requests.applicationsTo(team.teamId).length;
  return (
    <View className="strip">
      <View
        className={count > 0 ? 'strip-item strip-asks' : 'strip-item strip-none'}
        ariaRole="button"
        onClick={() => navigate(routes.teamRequests)}
      >
        {count > 0 ? t('team.asks', { count }) : ''}
      </View>
      <View
        className="strip-item"
        hoverClass="pressed"
        ariaRole="button"
        onClick={() => navigate(routes.team(team))}
      >
        {t('team.settings')}
      </View>
    </View>
  );
});
