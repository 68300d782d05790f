import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf, truthOf } from '../protocol/request-items';
import { MemberRole, TeamTag } from '../world/teams';
import type { TeamKind, TeamMemberRecord } from '../world/world-state';
import type { ImCall } from './im-command';
import {
  clientTags,
  MANAGERS_ONLY,
  memberIn,
  requireAbove,
  requireManager,
  requireOwner,
  tagsOf,
  teamCall,
  type TeamCall,
} from './team-call';

const MOST_MANAGERS = 10;

/** `31_7` has the team in its first item. */
export function update(call: ImCall, kind: TeamKind): unknown[] {
  const tags = call.items.property(0);
  const team = teamCall(call, kind, textOf(tags[TeamTag.teamId]));
  const { teamId, operatorId, admin } = team;
  const changes = clientTags(tags);
  const { role } = memberIn(team);
  const isExtensionAlone = Object.keys(changes).every(
    (tag) => Number(tag) === TeamTag.serverExtension,
  );
  const mode = isExtensionAlone ? TeamTag.updateExtensionMode : TeamTag.updateInfoMode;
  if (role === MemberRole.normal && numberOf(tagsOf(team)[mode]) === MANAGERS_ONLY) {
    throw new Refusal(Reason.teamOwnerOrManagerRequired);
  }
  if (changes[TeamTag.name] === '') throw new Refusal(Reason.parameterError);
  admin.updateTags(teamId, changes, { operatorId });
  const time = call.world.now();
  return kind === 'team' ? [teamId, time] : [time];
}

export function addManagers(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  requireOwner(team);
  const ids = call.items.strings(1).filter((id) => memberIn(team, id).role === MemberRole.normal);
  const known = call.world.teams
    .memberRecords(teamId)
    .filter(({ role, inTeam }) => inTeam && role === MemberRole.manager);
  if (known.length + ids.length > MOST_MANAGERS) throw new Refusal(Reason.teamManagerLimit);
  if (ids.length > 0) admin.addManagers(teamId, ids, { operatorId });
  return [];
}

export function removeManagers(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  requireOwner(team);
  const ids = call.items.strings(1).filter((id) => memberIn(team, id).role === MemberRole.manager);
  if (ids.length > 0) admin.removeManagers(teamId, ids, { operatorId });
  return [];
}

export function ban(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  // A team names one account, a super team several.
  const named = call.items.strings(1);
  const ids = named.length > 0 ? named : [call.items.string(1)];
  for (const id of ids) requireAbove(team, id);
  for (const id of ids) admin.ban(teamId, id, call.items.number(2) !== 0, { operatorId });
  return [];
}

export function muteAll(team: TeamCall): unknown[] {
  const { call, admin, teamId, operatorId } = team;
  requireManager(team);
  admin.update(teamId, { chatBannedMode: call.items.number(1) }, { operatorId });
  return [];
}

/** Pushes of a changed membership, to every client of every member. */
const MEMBER_PUSH: Readonly<Record<TeamKind, string>> = { team: '8_119', superTeam: '21_110' };

function changeMember(
  team: TeamCall,
  targetId: string,
  change: Partial<TeamMemberRecord>,
  { pushTo, skip }: { pushTo?: readonly string[]; skip?: string } = {},
): void {
  const { call, teamId, kind } = team;
  const { teams } = call.world;
  teams.changeMember(teamId, targetId, change);
  const wire = teams.memberToWire(memberIn(team, targetId));
  for (const accountId of pushTo ?? teams.memberIds(teamId)) {
    call.sessions.push(accountId, MEMBER_PUSH[kind], [wire], skip);
  }
}

/** The accounts of a JSON list. */
function namesIn(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.map(textOf) : [];
  } catch {
    return [];
  }
}

/** Nick, mute mode, extension and followed members of the own membership. */
export function updateSelf(call: ImCall, kind: TeamKind): unknown[] {
  const tags = call.items.property(0);
  const team = teamCall(call, kind, textOf(tags[TeamTag.teamId]));
  const { operatorId } = team;
  // The client that asked has the answer.
  const skip = call.session.consid;
  const { followed = [] } = memberIn(team);
  const follow = call.items.property(1);
  const named = namesIn(textOf(follow[1]));
  const others = followed.filter((id) => !named.includes(id));
  if (tags[7] !== undefined) {
    // How an account is told of a team's messages concerns its own clients only.
    changeMember(team, operatorId, { muteMode: numberOf(tags[7]) }, { pushTo: [operatorId], skip });
    return [call.world.teams.memberToWire(memberIn(team))];
  }
  if (named.length > 0) {
    // Nobody is told who follows whom.
    const now = truthOf(follow[2]) ? [...others, ...named] : others;
    changeMember(team, operatorId, { followed: now }, { pushTo: [operatorId], skip });
    return [call.world.teams.memberToWire(memberIn(team))];
  }
  const change = {
    ...(tags[5] === undefined ? {} : { teamNick: textOf(tags[5]) }),
    ...(tags[12] === undefined ? {} : { serverExtension: textOf(tags[12]) }),
  };
  changeMember(team, operatorId, change, { skip });
  return [call.world.teams.memberToWire(memberIn(team))];
}

/** The push also goes to the client that asked: its SDK changes the nick with the push alone. */
export function updateMember(call: ImCall, kind: TeamKind): unknown[] {
  const tags = call.items.property(0);
  const team = teamCall(call, kind, textOf(tags[TeamTag.teamId]));
  const targetId = textOf(tags[3]);
  requireAbove(team, targetId);
  changeMember(team, targetId, { teamNick: textOf(tags[5]) });
  return [];
}

export function inviters(team: TeamCall): unknown[] {
  const { call } = team;
  memberIn(team);
  const ids = call.items.strings(1);
  return [Object.fromEntries(ids.map((id) => [id, memberIn(team, id).inviterId]))];
}
