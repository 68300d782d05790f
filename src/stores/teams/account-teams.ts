import type { Clock } from '@/platform';
import type { ImConnection } from '@/connection';
import { OpenTeam } from './open-team';
import { TeamActs, type TeamKey } from './team-acts';
import { JoinedTeams, TeamRequests } from './team-lists';

/** The teams of one account, for pages of teams. The first page that needs them makes them; they end with the login. */
export class AccountTeams {
  readonly acts: TeamActs;
  readonly joined: JoinedTeams;
  readonly requests: TeamRequests;
  private readonly opened = new Map<string, OpenTeam>();

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    this.acts = new TeamActs(connection, clock);
    this.joined = new JoinedTeams(connection, clock);
    this.requests = new TeamRequests(connection, clock, this.acts);
  }

  /** Opens a team for a page; pages of the same team share it. The page calls `close` at its end. */
  open(key: TeamKey): OpenTeam {
    const name = `${key.teamType}|${key.teamId}`;
    const team = this.opened.get(name) ?? new OpenTeam(this.connection, this.clock, key);
    this.opened.set(name, team);
    team.viewers++;
    return team;
  }

  close(team: OpenTeam): void {
    if (--team.viewers > 0) return;
    this.opened.delete(`${team.key.teamType}|${team.key.teamId}`);
    team.dispose();
  }
}

const made = new WeakMap<ImConnection, AccountTeams>();

/** The teams of a connection; always the same object for the same connection. */
export function teamsOf(connection: ImConnection, clock: Clock): AccountTeams {
  const known = made.get(connection);
  if (known) return known;
  const teams = new AccountTeams(connection, clock);
  made.set(connection, teams);
  return teams;
}
