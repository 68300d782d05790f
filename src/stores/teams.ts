import { makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMTeam, V2NIMTeamMember } from '@/sdk/types';
import { addressOf } from './conversation-id';

/** What is shown of a team. */
export class TeamEntry {
  name = '';
  avatar = '';
  private readonly members = new Map<string, TeamNick>();

  constructor(
    readonly teamId: string,
    /** V2NIMTeamType: 1 a team, 2 a super team. */
    readonly teamType: number,
  ) {
    makeObservable(this, { name: observableRef, avatar: observableRef });
  }

  get memberIds(): string[] {
    return [...this.members.keys()];
  }

  member(accountId: string): TeamNick | undefined {
    return this.members.get(accountId);
  }

  addMember(accountId: string): TeamNick {
    const member = new TeamNick();
    this.members.set(accountId, member);
    return member;
  }
}

/** What a member is called in a team; empty when the member has set nothing. */
export class TeamNick {
  nick = '';

  constructor() {
    makeObservable(this, { nick: observableRef });
  }
}

/** The SDK's limit for one request of teams; members are asked for in the same portions. */
const BATCH = 100;
/** The SDK gives up a request after 8 s; a call that it forgot must not hold back the others. */
const LIMIT_MS = 15_000;

/** Names of teams and of their members, fetched in batches when they are first shown, and kept up to date. */
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
    connection.listen('team', 'onTeamCreated', (team) => this.apply([team]));
    connection.listen('team', 'onTeamJoined', (team) => this.apply([team]));
    connection.listen('team', 'onTeamInfoUpdated', (team) => this.apply([team]));
    connection.listen('team', 'onTeamMemberJoined', (members) => this.applyMembers(members));
    connection.listen('team', 'onTeamMemberInfoUpdated', (members) => this.applyMembers(members));
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.wantAll();
    });
  }

  /** The team of a conversation, at once; null when it is one between two. Names come into the same entry. */
  of(conversationId: string): TeamEntry | null {
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

  /** What a member is called in the team; empty when that is not known (yet). */
  nickOf(team: TeamEntry, accountId: string): string {
    const known = team.member(accountId);
    if (known) return known.nick;
    const member = team.addMember(accountId);
    this.wantMember(team, accountId);
    this.schedule();
    return member.nick;
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    this.teams.clear();
    this.wantedTeams.clear();
    this.wantedMembers.clear();
  }

  /** After each sync: names may have changed while the link was gone. */
  private wantAll(): void {
    for (const team of this.teams.values()) {
      this.wantedTeams.add(team);
      for (const accountId of team.memberIds) this.wantMember(team, accountId);
    }
    this.schedule();
  }

  private wantMember(team: TeamEntry, accountId: string): void {
    const wanted = this.wantedMembers.get(team) ?? new Set();
    this.wantedMembers.set(team, wanted.add(accountId));
  }

  private schedule(): void {
    if (this.fetching || (this.wantedTeams.size === 0 && this.wantedMembers.size === 0)) return;
    this.fetching = true;
    // All that one rendering asks for goes out together.
    void Promise.resolve().then(() => this.fetch());
  }

  private async fetch(): Promise<void> {
    try {
      while (this.isOnline && (await this.fetchTeams()));
      while (this.isOnline && (await this.fetchMembers()));
    } catch {
      // Asked for again after the next reconnect; until then a generic name stands there.
    }
    this.fetching = false;
    if (this.isOnline) this.schedule();
  }

  private get isOnline(): boolean {
    return !this.disposed && this.connection.state.name === 'online';
  }

  /** One request for teams of one type; false when there was nothing to ask for. */
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
    this.applyMembers(
      await this.answer(() => service.getTeamMemberListByIds(teamId, teamType, accountIds)),
    );
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
      for (const { teamId, teamType, name, avatar } of teams) {
        const entry = this.entry(teamId, teamType);
        if (!entry) continue;
        entry.name = name ?? '';
        entry.avatar = avatar ?? '';
      }
    });
  }

  private applyMembers(members: readonly V2NIMTeamMember[]): void {
    if (this.disposed) return;
    runInAction(() => {
      for (const { teamId, teamType, accountId, teamNick } of members) {
        const member = this.entry(teamId, teamType)?.member(accountId);
        if (member) member.nick = teamNick ?? '';
      }
    });
  }

  private entry(teamId: string, teamType: number): TeamEntry | undefined {
    const type = teamType === 1 ? ConversationType.TEAM : ConversationType.SUPER_TEAM;
    return this.teams.get(`${type}|${teamId}`);
  }
}
