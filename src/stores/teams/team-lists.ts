import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMTeam, V2NIMTeamJoinActionInfo } from '@/sdk/types';
import type { TeamActs } from './team-acts';
import { APPLICATION, isOpen, MOST_REQUESTS } from './team-asks';

/** The teams and super teams of the account, the newest first. The SDK has them in memory after the sync. */
export class JoinedTeams {
  teams: readonly V2NIMTeam[] = [];
  state: 'loading' | 'ready' | 'error' = 'loading';
  error: ConnectionError | null = null;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    makeObservable(this, { teams: observableRef, state: observableRef, error: observableRef });
    const load = () => void this.load();
    connection.listen('team', 'onSyncStarted', () =>
      runInAction(() => {
        if (this.teams.length === 0) this.state = 'loading';
      }),
    );
    connection.listen('team', 'onSyncFinished', load);
    connection.listen('team', 'onSyncFailed', (cause) => this.fail(cause));
    connection.listen('team', 'onTeamCreated', load);
    connection.listen('team', 'onTeamJoined', load);
    connection.listen('team', 'onTeamInfoUpdated', load);
    connection.listen('team', 'onTeamDismissed', load);
    connection.listen('team', 'onTeamLeft', load);
    if (connection.state.name === 'online') load();
  }

  /** Reads the list from the SDK's memory; the view calls it to retry. */
  async load(): Promise<void> {
    try {
      const teams = await answered(this.clock, () =>
        this.connection.services.team.getJoinedTeamList([1, 2]),
      );
      runInAction(() => {
        this.teams = teams.filter(({ isValidTeam }) => isValidTeam !== false).reverse();
        this.state = 'ready';
        this.error = null;
      });
    } catch (cause) {
      this.fail(cause);
    }
  }

  private fail(cause: unknown): void {
    runInAction(() => {
      this.error = ConnectionError.from(cause);
      if (this.state === 'loading') this.state = 'error';
    });
  }
}

/**
 * Applications to teams of the account and invitations of the account, the newest first. The SDK keeps both in memory
 * until the app ends; a request that was not answered then comes again with the server's offline data.
 */
export class TeamRequests {
  infos: readonly V2NIMTeamJoinActionInfo[] = [];
  error: ConnectionError | null = null;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly acts: TeamActs,
  ) {
    makeObservable(this, { infos: observableRef, error: observableRef });
    const load = () => void this.load();
    connection.listen('team', 'onReceiveTeamJoinActionInfo', load);
    connection.on('state', ({ to }) => {
      if (to.name === 'online') load();
    });
    if (connection.state.name === 'online') load();
  }

  /** Applications to a team that wait for an answer. */
  applicationsTo(teamId: string): readonly V2NIMTeamJoinActionInfo[] {
    return this.infos.filter(
      (info) =>
        info.teamId === teamId && isOpen(info) && (info.actionType as number) === APPLICATION,
    );
  }

  /**
   * Answers a request. The list shows the new state, also when another manager was faster.
   * @throws ConnectionError
   */
  async answer(info: V2NIMTeamJoinActionInfo, accepts: boolean, text = ''): Promise<void> {
    try {
      await (accepts ? this.acts.accept(info) : this.acts.reject(info, text));
    } finally {
      await this.load();
    }
  }

  async load(): Promise<void> {
    try {
      const { infos } = await answered(this.clock, () =>
        this.connection.services.team.getTeamJoinActionInfoList({
          offset: 0,
          limit: MOST_REQUESTS,
        }),
      );
      runInAction(() => {
        // The SDK changes its objects when a request is answered; a copy is a change for the view.
        this.infos = infos.map((info) => ({ ...info })).sort((a, b) => b.timestamp - a.timestamp);
        this.error = null;
      });
    } catch (cause) {
      runInAction(() => (this.error = ConnectionError.from(cause)));
    }
  }
}
