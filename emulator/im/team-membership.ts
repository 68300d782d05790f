import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf } from '../protocol/request-items';
import { TeamAdmin } from '../world/team-admin';
import { MemberRole, TeamTag } from '../world/teams';
import type { TeamRequestRecord } from '../world/world-state';
import type { ImCall } from './im-command';
import { notify } from './notifications';
import {
  clientTags,
  MANAGERS_ONLY,
  memberIn,
  requireManager,
  requireAbove,
  requireOwner,
  tagsOf,
  teamCall,
  type TeamCall,
} from './team-call';

/** Types of notifications about joining: [team, super team]. */
const NOTIFICATION = {
  application: [0, 15],
  applicationRejected: [1, 16],
  invitation: [2, 17],
  invitationRejected: [3, 18],
} as const;

/** V2NIMTeamJoinMode. */
const JoinMode = { free: 0, apply: 1, invite: 2 } as const;
/** Value of V2NIMTeamAgreeMode with which an invited account is asked. */
const AGREE_WITH_CONSENT = 0;
const MOST_CREATED_TEAMS = 100;

function requests({ world }: ImCall): TeamRequestRecord[] {
  return (world.state.teamRequests ??= []);
}

function addRequest(call: ImCall, request: TeamRequestRecord): void {
  const isSame = (other: TeamRequestRecord): boolean =>
    JSON.stringify(other) === JSON.stringify(request);
  if (!requests(call).some(isSame)) requests(call).push(request);
}

/** Removes the request that is answered. Refuses with 109313 when there is none. */
function takeRequest(call: ImCall, request: TeamRequestRecord): void {
  const all = requests(call);
  const at = all.findIndex((other) => JSON.stringify(other) === JSON.stringify(request));
  if (at < 0) throw new Refusal(Reason.teamRequestNotExist);
  all.splice(at, 1);
  call.world.stamp();
}

function tell(
  { call, kind, teamId }: TeamCall,
  target: string,
  name: keyof typeof NOTIFICATION,
  postscript: string,
): void {
  const type = NOTIFICATION[name][kind === 'team' ? 0 : 1];
  notify(call, target, { type, postscript, content: '', receiverId: teamId });
}

/** Invites: with consent each account is asked, else each is a member at once. Returns the accounts that failed. */
function inviteAll(team: TeamCall, accounts: readonly string[], postscript: string): string[] {
  const { call, admin, teamId, operatorId } = team;
  const failed = accounts.filter((accountId) => !call.world.account(accountId));
  const invited = accounts.filter((accountId) => !failed.includes(accountId));
  for (const accountId of invited) {
    if (call.world.teams.member(teamId, accountId)?.inTeam) {
      throw new Refusal(Reason.teamMemberAlreadyExist);
    }
  }
  if (invited.length === 0) return failed;
  if (numberOf(tagsOf(team)[TeamTag.agreeMode]) !== AGREE_WITH_CONSENT) {
    admin.invite(teamId, invited, { operatorId });
    return failed;
  }
  for (const accountId of invited) {
    addRequest(call, { kind: 'invitation', teamId, from: operatorId, to: accountId });
    tell(team, accountId, 'invitation', postscript);
  }
  return failed;
}

export function create(call: ImCall): unknown[] {
  const { world, accountId, items, session, sessions } = call;
  const tags = items.property(0);
  const name = textOf(tags[TeamTag.name]);
  if (!name) throw new Refusal(Reason.parameterError, 'a team has a name');
  const own = world.teams
    .membershipsOf(accountId, 'team')
    .filter(({ inTeam, role }) => inTeam && role === MemberRole.owner);
  if (own.length >= MOST_CREATED_TEAMS) throw new Refusal(Reason.createdTeamLimit);
  const record = new TeamAdmin(world).create({ name, owner: accountId, members: [] });
  Object.assign(record.tags, clientTags(tags));
  const team = teamCall(call, 'team', record.teamId);
  const failed = inviteAll(team, items.strings(1), items.string(2));
  const wire = world.teams.toWire(record);
  sessions.push(accountId, '8_101', [wire], session.consid);
  return [wire, failed];
}

export function invite(team: TeamCall): unknown[] {
  const { call, kind } = team;
  const { role } = memberIn(team);
  const isOpen = numberOf(tagsOf(team)[TeamTag.inviteMode]) !== MANAGERS_ONLY;
  if (!isOpen && role === MemberRole.normal) throw new Refusal(Reason.noTeamInvitePermission);
  const failed = inviteAll(team, call.items.strings(1), call.items.string(2));
  const time = call.world.now();
  return kind === 'team' ? [time, failed] : [failed, time];
}

export function acceptInvitation({
  call,
  admin,
  teamId,
  operatorId,
  ...team
}: TeamCall): unknown[] {
  const from = call.items.string(1);
  takeRequest(call, { kind: 'invitation', teamId, from, to: operatorId });
  admin.acceptInvitation(teamId, operatorId, from);
  return [call.world.teams.toWire(call.world.teams.require(teamId, team.kind))];
}

export function rejectInvitation(team: TeamCall): unknown[] {
  const { call, teamId, operatorId } = team;
  const from = call.items.string(1);
  takeRequest(call, { kind: 'invitation', teamId, from, to: operatorId });
  tell(team, from, 'invitationRejected', call.items.string(2));
  return [];
}

export function apply(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  const { teams } = call.world;
  if (teams.member(teamId, operatorId)?.inTeam) throw new Refusal(Reason.teamMemberAlreadyExist);
  const joinMode = numberOf(tagsOf(team)[TeamTag.joinMode]);
  if (joinMode === JoinMode.invite) throw new Refusal(Reason.rejectAllTeamApplications);
  if (joinMode === JoinMode.free) {
    admin.passApplication(teamId, operatorId, { operatorId });
    return [teams.toWire(teams.require(teamId)), 1];
  }
  addRequest(call, { kind: 'application', teamId, from: operatorId, to: teamId });
  for (const { accountId, role, inTeam } of teams.memberRecords(teamId)) {
    if (inTeam && role !== MemberRole.normal) {
      tell(team, accountId, 'application', call.items.string(1));
    }
  }
  return [teams.toWire(teams.require(teamId)), 0];
}

export function acceptApplication(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  requireManager(team);
  const from = call.items.string(1);
  takeRequest(call, { kind: 'application', teamId, from, to: teamId });
  admin.passApplication(teamId, from, { operatorId });
  return [];
}

export function rejectApplication(team: TeamCall): unknown[] {
  const { call, teamId } = team;
  requireManager(team);
  const from = call.items.string(1);
  takeRequest(call, { kind: 'application', teamId, from, to: teamId });
  tell(team, from, 'applicationRejected', call.items.string(2));
  return [];
}

export function kick(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  const ids = call.items.strings(1);
  requireManager(team);
  if (ids.includes(operatorId)) throw new Refusal(Reason.kickOperatorNotAllowed);
  for (const id of ids) {
    if (memberIn(team, id).role === MemberRole.owner) {
      throw new Refusal(Reason.teamOwnerInKickList);
    }
    requireAbove(team, id);
  }
  admin.kick(teamId, ids, { operatorId });
  return [];
}

export function leave(team: TeamCall): unknown[] {
  const { admin, teamId, operatorId } = team;
  if (memberIn(team).role === MemberRole.owner) throw new Refusal(Reason.teamOwnerQuitNotAllowed);
  admin.leave(teamId, operatorId);
  return [];
}

export function dismiss(team: TeamCall): unknown[] {
  requireOwner(team);
  team.admin.dismiss(team.teamId, { operatorId: team.operatorId });
  return [];
}

export function transfer(team: TeamCall): unknown[] {
  const { call, admin, teamId } = team;
  requireOwner(team);
  const target = memberIn(team, call.items.string(1)).accountId;
  admin.transferOwner(teamId, target, { leave: call.items.bool(2) });
  return [];
}
