import { runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import { Code } from '@/sdk/codes';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMTeam, V2NIMTeamMember } from '@/sdk/types';
import { addressOf } from '../conversations/conversation-id';
import { type TeamClosed, TeamEntry, type TeamMember } from './team-entry';

/** The SDK's limit of teams for one request; members are requested in the same portions. */
const BATCH = 100;
/** The SDK gives up a request after 8 s; a call that the SDK never settles must not block the others. */
const LIMIT_MS = 15_000;

/** Codes of a refused message that say that what is known of the team is out of date. */
const OUTDATED: readonly number[] = [
  Code.teamNotExist,
  Code.teamMemberNotExist,
  Code.teamMemberChatBanned,
  Code.teamNormalMemberChatBanned,
  Code.allTeamMemberChatBanned,
];

/**
 * Teams and their members, fetched in batches when they are first shown and kept up to date: names, number of
 * members, and whether the account may write.
 */
export class TeamStore {
  private readonly teams = new Map<string, TeamEntry>();
  private readonly wantedTeams = new Set<TeamEntry>();
  private readonly wantedMembers = new Map<TeamEntry, Set<string>>();
  private readonly stop: () => void;
  private fetching = false;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    connection.listen('team', 'onTeamCreated', (team) => this.joined(team));
    connection.listen('team', 'onTeamJoined', (team) => this.joined(team));
    connection.listen('team', 'onTeamDismissed', (team) => this.end(team, 'dismissed'));
    connection.listen('team', 'onTeamLeft', (team, isKicked) =>
      this.end(team, isKicked ? 'kicked' : 'left'),
    );
    connection.listen('team', 'onTeamInfoUpdated', (team) => this.apply([team]));
    connection.listen('team', 'onTeamMemberJoined', (members) => this.applyMembers(members));
    connection.listen('team', 'onTeamMemberInfoUpdated', (members) => this.applyMembers(members));
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.wantAll();
    });
  }

  /** The team of a conversation; null for a p2p conversation. Names arrive later in the same entry. */
  teamOf(conversationId: string): TeamEntry | null {
    const { type, targetId } = addressOf(conversationId);
    if (targetId === '' || (type !== ConversationType.TEAM && type !== ConversationType.SUPER_TEAM))
      return null;
    const key = `${type}|${targetId}`;
    const known = this.teams.get(key);
    if (known) return known;
    const team = new TeamEntry(targetId, type === ConversationType.TEAM ? 1 : 2);
    this.teams.set(key, team);
    this.wantedTeams.add(team);
    this.schedule();
    return team;
  }

  /** The nick of a member in the team; empty while it is unknown. */
  nickOf(team: TeamEntry, accountId: string): string {
    return this.memberOf(team, accountId).nick;
  }

  /** Whether the account follows a member of a conversation's team. */
  isFollowed(conversationId: string, accountId: string): boolean {
    const team = this.teamOf(conversationId);
    if (!team) return false;
    return this.memberOf(team, this.connection.accountId).followed.includes(accountId);
  }

  /** Why the account may not write in the team; null while it may write, and while the reason is unknown. */
  closedOf(team: TeamEntry): TeamClosed | null {
    return team.closedFor(this.memberOf(team, this.connection.accountId));
  }

  /** Whether the account is owner or manager of the team; false while the role is unknown. */
  managesTeam(team: TeamEntry): boolean {
    return team.isManagedBy(this.memberOf(team, this.connection.accountId));
  }

  /** A message to a team was refused with this code: requests the team again when its data is out of date. */
  refused(conversationId: string, code: number): void {
    const team = OUTDATED.includes(code) && this.teamOf(conversationId);
    if (team) this.wantAgain(team);
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    this.teams.clear();
    this.wantedTeams.clear();
    this.wantedMembers.clear();
  }

  /** Requests everything again after each sync: names may have changed while the link was down. */
  private wantAll(): void {
    for (const team of this.teams.values()) {
      this.wantedTeams.add(team);
      for (const accountId of team.memberIds) this.wantMember(team, accountId);
    }
    this.schedule();
  }

  private wantAgain(team: TeamEntry): void {
    this.wantedTeams.add(team);
    this.wantMember(team, this.connection.accountId);
    this.schedule();
  }

  private memberOf(team: TeamEntry, accountId: string): TeamMember {
    const known = team.member(accountId);
    if (known) return known;
    this.wantMember(team, accountId);
    this.schedule();
    return team.addMember(accountId);
  }

  private wantMember(team: TeamEntry, accountId: string): void {
    const wanted = this.wantedMembers.get(team) ?? new Set();
    this.wantedMembers.set(team, wanted.add(accountId));
  }

  private schedule(): void {
    if (this.fetching || (this.wantedTeams.size === 0 && this.wantedMembers.size === 0)) return;
    this.fetching = true;
    // One microtask collects all that a single render asks for.
    void Promise.resolve().then(() => this.fetch());
  }

  private async fetch(): Promise<void> {
    try {
      while (this.isOnline && (await this.fetchTeams()));
      while (this.isOnline && (await this.fetchMembers()));
    } catch {
      // The next reconnect asks again; until then a generic name is shown.
    }
    this.fetching = false;
    if (this.isOnline) this.schedule();
  }

  private get isOnline(): boolean {
    return !this.disposed && this.connection.state.name === 'online';
  }

  /** Sends one request for teams of one type; returns false when there was nothing to request. */
  private async fetchTeams(): Promise<boolean> {
    const [first] = this.wantedTeams;
    if (!first) return false;
    const { teamType } = first;
    const some = [...this.wantedTeams].filter((team) => team.teamType === teamType).slice(0, BATCH);
    for (const team of some) this.wantedTeams.delete(team);
    const ids = some.map(({ teamId }) => teamId);
    const { team } = this.connection.services;
    this.apply(await this.answer(() => team.getTeamInfoByIds(ids, teamType)));
    return true;
  }

  private async fetchMembers(): Promise<boolean> {
    const [first] = this.wantedMembers;
    if (!first) return false;
    const [team, wanted] = first;
    const accountIds = [...wanted].slice(0, BATCH);
    for (const accountId of accountIds) wanted.delete(accountId);
    if (wanted.size === 0) this.wantedMembers.delete(team);
    const { teamId, teamType } = team;
    const { team: service } = this.connection.services;
    try {
      const members = await this.answer(() =>
        service.getTeamMemberListByIds(teamId, teamType, accountIds),
      );
      this.applyMembers(members);
      this.applyOwn(team, accountIds, members);
    } catch (cause) {
      // The server tells nothing to an account that is not a member.
      const { code } = ConnectionError.from(cause);
      if (code !== Code.teamNotExist && code !== Code.teamMemberNotExist) throw cause;
      this.applyOwn(team, accountIds, []);
    }
    return true;
  }

  private answer<T>(call: () => Promise<T>): Promise<T> {
    return foreignCall(call, {
      clock: this.clock,
      limitMs: LIMIT_MS,
      onLimit: () => new Error('the SDK did not answer'),
    });
  }

  private apply(teams: readonly V2NIMTeam[]): void {
    if (this.disposed) return;
    runInAction(() => {
      for (const team of teams) this.entry(team)?.apply(team);
    });
  }

  private applyMembers(members: readonly V2NIMTeamMember[]): void {
    if (this.disposed) return;
    runInAction(() => {
      for (const member of members) this.entry(member)?.member(member.accountId)?.apply(member);
    });
  }

  /** The answer to a request decides whether the account is a member; the server leaves out those who are not. */
  private applyOwn(
    team: TeamEntry,
    askedIds: readonly string[],
    members: readonly V2NIMTeamMember[],
  ): void {
    const { accountId } = this.connection;
    const self = team.member(accountId);
    if (this.disposed || !self || !askedIds.includes(accountId)) return;
    runInAction(() => {
      if (!members.some((member) => member.accountId === accountId)) self.isIn = false;
      if (self.isIn && team.ended !== 'dismissed') team.ended = null;
    });
  }

  private joined(team: V2NIMTeam): void {
    this.apply([team]);
    const entry = this.entry(team);
    if (!entry) return;
    const self = entry.member(this.connection.accountId);
    runInAction(() => entry.join(self));
    // Events of the time outside did not reach the account.
    for (const accountId of entry.memberIds) this.wantMember(entry, accountId);
    this.schedule();
  }

  private end(team: V2NIMTeam, ended: 'dismissed' | 'left' | 'kicked'): void {
    const entry = this.entry(team);
    if (entry && !this.disposed) runInAction(() => (entry.ended = ended));
  }

  private entry({
    teamId,
    teamType,
  }: Pick<V2NIMTeam, 'teamId' | 'teamType'>): TeamEntry | undefined {
    const type = (teamType as number) === 1 ? ConversationType.TEAM : ConversationType.SUPER_TEAM;
    return this.teams.get(`${type}|${teamId}`);
  }
}
