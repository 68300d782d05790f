import { useDidHide, useDidShow } from '@tarojs/taro';
import { type ReactNode, useEffect, useState } from 'react';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { systemClock } from '@/platform';
import type { AccountStores } from '@/stores';
import type { OpenTeam } from '@/stores/teams/open-team';
import { teamIn } from './team-routes';
import { teamTexts } from './texts';
import { useTeam } from './use-team';

/** How long a page says that its team has ended before the page closes. */
const CLOSING_MS = 2500;

export interface TeamView {
  account: AccountStores;
  team: OpenTeam;
}

interface TeamGateProps {
  params: PageParams;
  /** The same function every time. */
  children: (view: TeamView) => ReactNode;
}

/** Opens the team of the page's address. Loading, a failure and the end of the team take the place of the page. */
export const TeamGate = observer(function TeamGate({ params, children }: TeamGateProps) {
  const { account } = useStores();
  if (!account) return <Skeleton />;
  return <Gate account={account} params={params} children={children} />;
});

const Gate = observer(function Gate({
  account,
  params,
  children,
}: TeamGateProps & { account: AccountStores }) {
  const team = useTeam(account, teamIn(params));
  const { language } = useStores().settings;
  const t = useTexts(teamTexts);
  if (team?.ended) return <Ended team={team} />;
  if (team?.error && !team.info)
    return (
      <EmptyState
        title={t('list.error')}
        hint={reasonText(team.error.code, language)}
        action={t('retry')}
        onAction={() => void team.load()}
      />
    );
  return team?.info ? children({ account, team }) : <Skeleton />;
});

/** Says how the team ended, and closes the page while it is on the screen. */
const Ended = observer(function Ended({ team }: { team: OpenTeam }) {
  const t = useTexts(teamTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  const [shown, setShown] = useState(true);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));
  useEffect(() => {
    if (!shown) return undefined;
    const timer = systemClock.setTimeout(goBack, CLOSING_MS);
    return () => systemClock.clearTimeout(timer);
  }, [shown, goBack]);
  return (
    <EmptyState title={t(`ended.${team.ended ?? 'left'}`)} action={t('close')} onAction={goBack} />
  );
});
