import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { withOrigin } from '../server/pictures';
import type { TeamKind, TeamMemberRecord, TeamRecord } from './world-state';
import type { WorldCore } from './world-core';

/** Tags of a team (docs/yunxin-protocol.md, section 8.5) that the server sets. */
export const TeamTag = {
  teamId: 1,
  name: 3,
  teamType: 4,
  owner: 5,
  memberLimit: 6,
  isValidTeam: 8,
  memberCount: 9,
  memberUpdateTime: 10,
  createTime: 11,
  updateTime: 12,
  validToAccount: 13,
  intro: 14,
  announcement: 15,
  joinMode: 16,
  serverExtension: 18,
  avatar: 20,
  agreeMode: 21,
  inviteMode: 22,
  updateInfoMode: 23,
  updateExtensionMode: 24,
  chatBannedMode: 101,
} as const;

/** Value of `teamType` by kind; the SDK sorts teams into two models by this value. */
const WIRE_TYPE: Readonly<Record<TeamKind, number>> = { team: 1, superTeam: 2 };

/** Default limits of members. */
const MEMBER_LIMIT: Readonly<Record<TeamKind, number>> = { team: 200, superTeam: 10_000 };

export interface NewTeam {
  /** Default `team`. */
  kind?: TeamKind;
  name: string;
  owner: string;
  members: readonly string[];
  teamId?: string;
  avatar?: string;
  intro?: string;
  announcement?: string;
  createTime?: number;
}

/** Roles of team members. */
export const MemberRole = { normal: 0, owner: 1, manager: 2 } as const;

/** Returns whether a team is a team or a super team. */
export function kindOf(team: TeamRecord): TeamKind {
  return team.kind ?? 'team';
}

/** Teams, super teams and their members. Both kinds share the ids. */
export class Teams {
  private members = new Map<string, TeamMemberRecord[]>();

  constructor(private readonly world: WorldCore) {
    for (const member of world.state.members) this.index(member);
  }

  private index(member: TeamMemberRecord): void {
    const list = this.members.get(member.teamId) ?? [];
    list.push(member);
    this.members.set(member.teamId, list);
  }

  /** Returns the team of this id, also a dismissed team; with `kind`, only a team of that kind. */
  find(teamId: string, kind?: TeamKind): TeamRecord | undefined {
    if (!Object.hasOwn(this.world.state.teams, teamId)) return undefined;
    const team = this.world.state.teams[teamId];
    return team && (kind === undefined || kindOf(team) === kind) ? team : undefined;
  }

  /** Returns the team. Refuses with 108404 when the team does not exist or is dismissed. */
  require(teamId: string, kind?: TeamKind): TeamRecord {
    const team = this.find(teamId, kind);
    if (!team?.valid) throw new Refusal(Reason.teamNotExist, `no team ${teamId}`);
    return team;
  }

  /** Returns present and former members. */
  memberRecords(teamId: string): readonly TeamMemberRecord[] {
    return this.members.get(teamId) ?? [];
  }

  memberIds(teamId: string): string[] {
    return this.memberRecords(teamId)
      .filter((member) => member.inTeam)
      .map((member) => member.accountId);
  }

  member(teamId: string, accountId: string): TeamMemberRecord | undefined {
    return this.memberRecords(teamId).find((member) => member.accountId === accountId);
  }

  /** Returns the membership. Refuses with 109404 when the account is not a member. */
  requireMember(teamId: string, accountId: string, kind?: TeamKind): TeamMemberRecord {
    this.require(teamId, kind);
    const member = this.member(teamId, accountId);
    if (!member?.inTeam) {
      throw new Refusal(Reason.teamMemberNotExist, `${accountId} is not in team ${teamId}`);
    }
    return member;
  }

  /** Returns the memberships of an account in teams of a kind, including former memberships. */
  membershipsOf(accountId: string, kind: TeamKind): TeamMemberRecord[] {
    return this.world.state.members.filter(
      (member) => member.accountId === accountId && this.find(member.teamId, kind),
    );
  }

  createTeam(team: NewTeam): TeamRecord {
    const teamId = team.teamId ?? this.world.state.nextTeamId;
    if (!team.teamId) this.world.state.nextTeamId = String(BigInt(teamId) + 1n);
    const time = team.createTime ?? this.world.now();
    const kind = team.kind ?? 'team';
    const record: TeamRecord = {
      teamId,
      kind,
      valid: true,
      stamp: this.world.stamp(),
      tags: {
        [TeamTag.teamId]: teamId,
        [TeamTag.name]: team.name,
        [TeamTag.teamType]: WIRE_TYPE[kind],
        [TeamTag.owner]: team.owner,
        [TeamTag.memberLimit]: MEMBER_LIMIT[kind],
        [TeamTag.memberUpdateTime]: time,
        [TeamTag.createTime]: time,
        [TeamTag.updateTime]: time,
        [TeamTag.intro]: team.intro ?? '',
        [TeamTag.announcement]: team.announcement ?? '',
        [TeamTag.joinMode]: 0,
        [TeamTag.avatar]: team.avatar ?? '',
        [TeamTag.agreeMode]: 1,
        [TeamTag.inviteMode]: 1,
        [TeamTag.updateInfoMode]: 1,
        [TeamTag.updateExtensionMode]: 1,
        [TeamTag.chatBannedMode]: 0,
      },
    };
    this.world.state.teams[teamId] = record;
    for (const accountId of new Set([team.owner, ...team.members])) {
      const role = accountId === team.owner ? MemberRole.owner : MemberRole.normal;
      this.addMember(teamId, accountId, { inviterId: team.owner, time, role });
    }
    return record;
  }

  /** Adds a member, or takes a former member back as a normal member. */
  addMember(
    teamId: string,
    accountId: string,
    { inviterId, time, role }: { inviterId: string; time: number; role?: number },
  ): TeamMemberRecord {
    const fresh: TeamMemberRecord = {
      teamId,
      accountId,
      role: role ?? MemberRole.normal,
      teamNick: '',
      serverExtension: '',
      chatBanned: false,
      inviterId,
      joinTime: time,
      updateTime: time,
      inTeam: true,
      stamp: this.world.stamp(),
    };
    const former = this.member(teamId, accountId);
    if (former) return Object.assign(former, fresh);
    this.world.state.members.push(fresh);
    this.index(fresh);
    return fresh;
  }

  /** Changes a membership. Unknown members are ignored. */
  changeMember(teamId: string, accountId: string, change: Partial<TeamMemberRecord>): void {
    const member = this.member(teamId, accountId);
    if (!member) return;
    Object.assign(member, change, { updateTime: this.world.now(), stamp: this.world.stamp() });
  }

  setRole(teamId: string, accountId: string, role: number): void {
    this.changeMember(teamId, accountId, { role });
  }

  /** Changes fields of a team by tag number, or dismisses the team. */
  changeTeam(teamId: string, tags: Property, valid = true): TeamRecord {
    const team = this.require(teamId);
    Object.assign(team.tags, tags, { [TeamTag.updateTime]: this.world.now() });
    team.valid = valid;
    team.stamp = this.world.stamp();
    return team;
  }

  /**
   * Converts a team for an account. The SDK takes a team for valid only if it is valid to the account too; without the
   * tag its list of joined teams would contain each team that was looked at.
   */
  toWireFor(accountId: string, team: TeamRecord): Property {
    const isIn = this.member(team.teamId, accountId)?.inTeam === true;
    return { ...this.toWire(team), [TeamTag.validToAccount]: isIn ? 1 : 0 };
  }

  toWire(team: TeamRecord): Property {
    return {
      ...team.tags,
      [TeamTag.avatar]: withOrigin(String(team.tags[TeamTag.avatar] ?? ''), this.world.origin),
      [TeamTag.isValidTeam]: team.valid ? 1 : 0,
      [TeamTag.memberCount]: this.memberIds(team.teamId).length,
    };
  }

  /** Converts a membership (docs/yunxin-protocol.md, section 8.6). Super teams have another tag for `joinTime`. */
  memberToWire(member: TeamMemberRecord): Property {
    const joinTimeTag = this.find(member.teamId, 'superTeam') ? 15 : 10;
    return {
      1: member.teamId,
      3: member.accountId,
      4: member.role,
      5: member.teamNick,
      7: member.muteMode ?? 0,
      9: member.inTeam ? 1 : 0,
      [joinTimeTag]: member.joinTime,
      11: member.updateTime,
      12: member.serverExtension,
      13: member.chatBanned ? 1 : 0,
      14: member.inviterId,
      [this.find(member.teamId, 'superTeam') ? 17 : 16]: JSON.stringify(member.followed ?? []),
    };
  }
}
