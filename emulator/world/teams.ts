import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { withOrigin } from '../server/pictures';
import type { TeamMemberRecord, TeamRecord } from './world-state';
import type { World } from './world';

/** Tags of a team (shape M15), as far as the server sets them. */
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
  intro: 14,
  announcement: 15,
  joinMode: 16,
  avatar: 20,
  agreeMode: 21,
  inviteMode: 22,
  updateInfoMode: 23,
  updateExtensionMode: 24,
  chatBannedMode: 101,
} as const;

export interface NewTeam {
  name: string;
  owner: string;
  members: readonly string[];
  teamId?: string;
  avatar?: string;
  intro?: string;
  announcement?: string;
  createTime?: number;
}

/** Teams and their members. */
export class Teams {
  private members = new Map<string, TeamMemberRecord[]>();

  constructor(private readonly world: World) {
    for (const member of world.state.members) this.index(member);
  }

  private index(member: TeamMemberRecord): void {
    const list = this.members.get(member.teamId) ?? [];
    list.push(member);
    this.members.set(member.teamId, list);
  }

  find(teamId: string): TeamRecord | undefined {
    return this.world.state.teams[teamId];
  }

  /** The team, or a refusal with 108404. */
  require(teamId: string): TeamRecord {
    const team = this.find(teamId);
    if (!team?.valid) throw new Refusal(Reason.teamNotExist, `no team ${teamId}`);
    return team;
  }

  /** Present and former members. */
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

  /** The membership, or a refusal with 109404. */
  requireMember(teamId: string, accountId: string): TeamMemberRecord {
    this.require(teamId);
    const member = this.member(teamId, accountId);
    if (!member?.inTeam) {
      throw new Refusal(Reason.teamMemberNotExist, `${accountId} is not in team ${teamId}`);
    }
    return member;
  }

  /** Memberships of an account, former ones included. */
  membershipsOf(accountId: string): TeamMemberRecord[] {
    return this.world.state.members.filter((member) => member.accountId === accountId);
  }

  create(team: NewTeam): TeamRecord {
    const teamId = team.teamId ?? this.world.state.nextTeamId;
    if (!team.teamId) this.world.state.nextTeamId = String(BigInt(teamId) + 1n);
    const time = team.createTime ?? this.world.now();
    const record: TeamRecord = {
      teamId,
      valid: true,
      stamp: this.world.stamp(),
      tags: {
        [TeamTag.teamId]: teamId,
        [TeamTag.name]: team.name,
        [TeamTag.teamType]: 1,
        [TeamTag.owner]: team.owner,
        [TeamTag.memberLimit]: 200,
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
      const member: TeamMemberRecord = {
        teamId,
        accountId,
        role: accountId === team.owner ? 1 : 0,
        teamNick: '',
        serverExtension: '',
        chatBanned: false,
        inviterId: team.owner,
        joinTime: time,
        updateTime: time,
        inTeam: true,
        stamp: this.world.stamp(),
      };
      this.world.state.members.push(member);
      this.index(member);
    }
    return record;
  }

  /** The team as it goes over the wire. */
  toWire(team: TeamRecord): Property {
    return {
      ...team.tags,
      [TeamTag.avatar]: withOrigin(String(team.tags[TeamTag.avatar] ?? ''), this.world.origin),
      [TeamTag.isValidTeam]: team.valid ? 1 : 0,
      [TeamTag.memberCount]: this.memberIds(team.teamId).length,
    };
  }

  /** A membership as it goes over the wire (shape M16). */
  memberToWire(member: TeamMemberRecord): Property {
    return {
      1: member.teamId,
      3: member.accountId,
      4: member.role,
      5: member.teamNick,
      7: 0,
      9: member.inTeam ? 1 : 0,
      10: member.joinTime,
      11: member.updateTime,
      12: member.serverExtension,
      13: member.chatBanned ? 1 : 0,
      14: member.inviterId,
    };
  }
}
