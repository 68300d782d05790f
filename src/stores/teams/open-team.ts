import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { Code } from '@/sdk/codes';
import type { V2NIMTeam, V2NIMTeamMember } from '@/sdk/types';
import type { TeamKey } from './team-acts';
import { Role, MemberList } from './member-list';

/** How a team or the own membership ended. */
export type TeamEnd = 'dismissed' | 'left' | 'kicked' | 'outside';

/** A team that a page shows: its data, the own membership, and its members. The SDK's events keep all three current. */
export class OpenTeam {
  info: V2NIMTeam | null = null;
  self: V2NIMTeamMember | null = null;
  state: 'loading' | 'ready' | 'error' = 'loading';
  error: ConnectionError | null = null;
  ended: TeamEnd | null = null;
  /** V2NIMTeamMessageMuteMode: 0 notifications of all messages, 1 of none, 2 of messages of owner and managers. */
  muteMode = 0;
  readonly members: MemberList;
  /** Number of pages that show the team. */
  viewers = 0;
  private readonly stops: (() => void)[];
  private run = 0;
  /** Numbers of events, with which a load finds that its answer is older than an event. */
  private infoEvents = 0;
  private selfEvents = 0;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    readonly key: TeamKey,
  ) {
    makeObservable(this, {
      info: observableRef,
      self: observableRef,
      state: observableRef,
      error: observableRef,
      ended: observableRef,
      muteMode: observableRef,
      isOwner: computed,
      isManager: computed,
      mayEdit: computed,
      mayInvite: computed,
    });
    this.members = new MemberList(connection, clock, key);
    this.stops = [
      connection.listen('team', 'onTeamInfoUpdated', (team) => this.applyInfo(team)),
      connection.listen('team', 'onTeamDismissed', (team) => this.end(team, 'dismissed')),
      connection.listen('team', 'onTeamLeft', (team, isKicked) =>
        this.end(team, isKicked ? 'kicked' : 'left'),
      ),
      connection.listen('team', 'onTeamJoined', (team) => this.joined(team)),
      connection.listen('team', 'onTeamMemberJoined', (members) =>
        this.members.add(members.filter((member) => this.isOf(member))),
      ),
      connection.listen('team', 'onTeamMemberInfoUpdated', (members) => this.changed(members)),
      connection.listen('team', 'onTeamMemberLeft', (members) => this.remove(members)),
      connection.listen('team', 'onTeamMemberKicked', (_by, members) => this.remove(members)),
      connection.listen('setting', 'onTeamMessageMuteModeChanged', (teamId, teamType, mode) => {
        if (this.isOf({ teamId, teamType })) runInAction(() => (this.muteMode = mode));
      }),
      connection.on('state', ({ to }) => {
        if (to.name === 'online') void this.load();
      }),
    ];
    if (connection.state.name === 'online') void this.load();
  }

  get isOwner(): boolean {
    return this.self?.memberRole === (Role.owner as number);
  }

  /** Whether the account is the owner or a manager. */
  get isManager(): boolean {
    return this.self !== null && this.self.memberRole !== (Role.normal as number);
  }

  /** Whether the account may change name, introduction, announcement and avatar. */
  get mayEdit(): boolean {
    return this.isManager || (this.self !== null && (this.info?.updateInfoMode as number) === 1);
  }

  get mayInvite(): boolean {
    return this.isManager || (this.self !== null && (this.info?.inviteMode as number) === 1);
  }

  /** Whether the account follows a member of the team. */
  isFollowed(accountId: string): boolean {
    const { followAccountIds } = this.self ?? {};
    return Array.isArray(followAccountIds) && followAccountIds.includes(accountId);
  }

  /** Whether the account may mute, rename or remove a member: the owner everybody else, a manager normal members. */
  mayManage(member: Pick<V2NIMTeamMember, 'accountId' | 'memberRole'>): boolean {
    if (!this.isManager || member.accountId === this.connection.accountId) return false;
    return this.isOwner || member.memberRole === (Role.normal as number);
  }

  /** Requests data and own membership, and the members when they were loaded. Runs after each sync, and to retry. */
  async load(): Promise<void> {
    const run = ++this.run;
    const { infoEvents, selfEvents } = this;
    const { teamId, teamType } = this.key;
    const { team, setting } = this.connection.services;
    const { accountId } = this.connection;
    if (this.members.state !== 'idle') void this.members.load();
    try {
      const [info, selves] = await Promise.all([
        answered(this.clock, () => team.getTeamInfo(teamId, teamType)),
        answered(this.clock, () => team.getTeamMemberListByIds(teamId, teamType, [accountId])),
      ]);
      if (run !== this.run) return;
      const self = selves.find((member) => member.accountId === accountId && member.inTeam);
      runInAction(() => {
        this.info = infoEvents === this.infoEvents ? info : { ...info, ...this.info };
        if (selfEvents === this.selfEvents || !self) this.self = self ?? null;
        // The SDK reads the mode from the membership that it has in memory since the sync.
        this.muteMode = setting.getTeamMessageMuteMode(teamId, teamType);
        if (info.isValidTeam === false) this.ended = self ? 'dismissed' : 'outside';
        else this.ended = self ? null : 'outside';
        this.state = 'ready';
        this.error = null;
      });
    } catch (cause) {
      if (run === this.run) this.fail(ConnectionError.from(cause));
    }
  }

  dispose(): void {
    this.run = -1;
    for (const stop of this.stops) stop();
    this.members.dispose();
  }

  private fail(error: ConnectionError): void {
    runInAction(() => {
      this.error = error;
      if (error.code === Code.teamNotExist) this.ended = 'dismissed';
      else if (error.code === Code.teamMemberNotExist) this.ended = 'outside';
      else if (this.state === 'loading') this.state = 'error';
    });
  }

  private isOf({ teamId, teamType }: TeamKey): boolean {
    return teamId === this.key.teamId && teamType === this.key.teamType;
  }

  /** An event may leave out fields that have not changed. */
  private applyInfo(team: V2NIMTeam): void {
    if (!this.isOf(team)) return;
    this.infoEvents++;
    runInAction(() => (this.info = { ...this.info, ...team }));
  }

  private end(team: V2NIMTeam, ended: TeamEnd): void {
    if (!this.isOf(team)) return;
    // A load that is on its way would say that the account is in the team.
    this.run++;
    runInAction(() => (this.ended = ended));
  }

  private joined(team: V2NIMTeam): void {
    if (!this.isOf(team)) return;
    runInAction(() => (this.ended = null));
    void this.load();
  }

  private changed(members: readonly V2NIMTeamMember[]): void {
    const ours = members.filter((member) => this.isOf(member));
    this.members.update(ours);
    const self = ours.find(({ accountId }) => accountId === this.connection.accountId);
    if (!self) return;
    this.selfEvents++;
    runInAction(() => (this.self = { ...this.self, ...self }));
  }

  private remove(members: readonly V2NIMTeamMember[]): void {
    this.members.remove(members.filter((member) => this.isOf(member)));
  }
}
