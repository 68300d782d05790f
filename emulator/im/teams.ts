import { numberOf, textOf } from '../protocol/request-items';
import type { TeamKind, TeamMemberRecord } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

const DEFAULT_PAGE = 100;

/** `teamType` of a super team in the list of members, the only command for both kinds. */
const SUPER_TEAM = 2;

/** `roleQueryType`: 0 all, 1 normal members, 2 owner and managers. */
function hasRole(member: TeamMemberRecord, roleQueryType: number): boolean {
  if (roleQueryType === 1) return member.role === 0;
  if (roleQueryType === 2) return member.role !== 0;
  return true;
}

/** Reverse order. On the wire 0 sorts by time of joining and 1 reversely; the API uses the opposite values. */
const DESCENDING = 1;

function memberPage({ world, items, accountId }: ImCall): unknown[] {
  const query = items.property(0);
  const teamId = textOf(query[1]);
  const kind = numberOf(query[2]) === SUPER_TEAM ? 'superTeam' : 'team';
  world.teams.requireMember(teamId, accountId, kind);
  const matches = world.teams
    .memberRecords(teamId)
    .filter(
      (member) =>
        member.inTeam &&
        hasRole(member, numberOf(query[3])) &&
        (numberOf(query[4]) === 0 || member.chatBanned),
    );
  if (numberOf(query[7]) === DESCENDING) matches.reverse();
  const start = numberOf(query[5]);
  const end = start + (numberOf(query[6]) || DEFAULT_PAGE);
  const hasMore = end < matches.length;
  return [
    matches.slice(start, end).map((member) => world.teams.memberToWire(member)),
    { 1: hasMore ? 1 : 0, 2: hasMore ? String(end) : '' },
  ];
}

function membersByIds({ world, items }: ImCall, kind: TeamKind): unknown[] {
  const found = items.strings(0).flatMap((id) => {
    const [teamId = '', memberId = ''] = id.split('|');
    const member = world.teams.find(teamId, kind) && world.teams.member(teamId, memberId);
    return member ? [world.teams.memberToWire(member)] : [];
  });
  return [found];
}

function teamsByIds({ world, items, accountId }: ImCall, kind: TeamKind): unknown[] {
  const ids = items.strings(0);
  const teams = ids.flatMap((id) => world.teams.find(id, kind) ?? []);
  const missing = ids.filter((id) => !world.teams.find(id, kind));
  return [teams.map((team) => world.teams.toWireFor(accountId, team)), missing];
}

function teamById({ world, items, accountId }: ImCall, kind: TeamKind): unknown[] {
  return [world.teams.toWireFor(accountId, world.teams.require(items.string(0), kind))];
}

/** Commands that read teams, super teams and members. */
export const teamHandlers: ImHandlers = {
  '31_9': (call) => teamById(call, 'team'),
  '32_9': (call) => teamById(call, 'superTeam'),
  '31_34': (call) => teamsByIds(call, 'team'),
  '32_36': (call) => teamsByIds(call, 'superTeam'),
  '31_35': (call) => membersByIds(call, 'team'),
  '32_37': (call) => membersByIds(call, 'superTeam'),
  '31_36': memberPage,
};
