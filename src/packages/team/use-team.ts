import '@/connection/team-reasons';
import { useEffect, useMemo, useState } from 'react';
import { attempt } from '@/components/page/attempt';
import { useCore } from '@/components/page/core-context';
import { useStores } from '@/components/page/stores-context';
import type { AccountStores } from '@/stores';
import { type AccountTeams, teamsOf } from '@/stores/teams/account-teams';
import type { OpenTeam } from '@/stores/teams/open-team';
import type { TeamKey } from '@/stores/teams/team-acts';

export function useTeams(account: AccountStores): AccountTeams {
  const { platform } = useCore();
  return teamsOf(account.connection, platform.clock);
}

/** Opens a team while the page exists; null before the first effect. */
export function useTeam(account: AccountStores, { teamId, teamType }: TeamKey): OpenTeam | null {
  const teams = useTeams(account);
  const [team, setTeam] = useState<OpenTeam | null>(null);
  useEffect(() => {
    const opened = teams.open({ teamId, teamType });
    setTeam(opened);
    return () => teams.close(opened);
  }, [teams, teamId, teamType]);
  return team;
}

/** Runs an act, one at a time. A refusal is a toast with its reason. Resolves to whether the act was done. */
export function useAttempt(): (act: () => Promise<unknown>) => Promise<boolean> {
  const { settings } = useStores();
  return useMemo(() => {
    let isRunning = false;
    return async (act) => {
      if (isRunning) return false;
      isRunning = true;
      const isDone = await attempt(act, settings.language);
      isRunning = false;
      return isDone;
    };
  }, [settings]);
}
