import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { TeamAdmin } from '../world/team-admin';
import { MemberRole, TeamTag } from '../world/teams';
import type { TeamKind, TeamMemberRecord } from '../world/world-state';
import type { ImCall } from './im-command';

/** Value of V2NIMTeamInviteMode and V2NIMTeamUpdateInfoMode that lets owner and managers alone. */
export const MANAGERS_ONLY = 0;

/** Tags that a client may set when it creates or changes a team. */
const CLIENT_TAGS: readonly number[] = [
  TeamTag.name,
  TeamTag.memberLimit,
  TeamTag.intro,
  TeamTag.announcement,
  TeamTag.joinMode,
  TeamTag.serverExtension,
  TeamTag.avatar,
  TeamTag.agreeMode,
  TeamTag.inviteMode,
  TeamTag.updateInfoMode,
  TeamTag.updateExtensionMode,
  TeamTag.chatBannedMode,
];

/** A command on one team, by one of its members. */
export interface TeamCall {
  call: ImCall;
  admin: TeamAdmin;
  kind: TeamKind;
  teamId: string;
  operatorId: string;
}

export type TeamHandler = (team: TeamCall) => unknown[];

export function teamCall(call: ImCall, kind: TeamKind, teamId = call.items.string(0)): TeamCall {
  call.world.teams.require(teamId, kind);
  return { call, kind, teamId, admin: new TeamAdmin(call.world), operatorId: call.accountId };
}

export function memberIn(
  { call, teamId, kind }: TeamCall,
  accountId = call.accountId,
): TeamMemberRecord {
  return call.world.teams.requireMember(teamId, accountId, kind);
}

/** Refuses everybody but owner and managers with 109432. */
export function requireManager(team: TeamCall): TeamMemberRecord {
  const member = memberIn(team);
  if (member.role === MemberRole.normal) throw new Refusal(Reason.teamOwnerOrManagerRequired);
  return member;
}

export function requireOwner(team: TeamCall): void {
  if (memberIn(team).role !== MemberRole.owner) throw new Refusal(Reason.teamOwnerRequired);
}

/** Refuses an act of a manager on the owner or on another manager. */
export function requireAbove(team: TeamCall, targetId: string): void {
  const { role } = requireManager(team);
  const target = memberIn(team, targetId);
  if (target.role === MemberRole.owner) throw new Refusal(Reason.operationOnTeamOwnerNotAllowed);
  if (target.role === MemberRole.manager && role !== MemberRole.owner) {
    throw new Refusal(Reason.operationOnTeamManagerNotAllowed);
  }
}

export function tagsOf(team: TeamCall): Property {
  return team.call.world.teams.require(team.teamId).tags;
}

export function clientTags(tags: Property): Property {
  const kept: Property = {};
  for (const tag of CLIENT_TAGS) if (tags[tag] !== undefined) kept[tag] = tags[tag];
  return kept;
}
