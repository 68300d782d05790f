import { numberOf, textOf } from '../protocol/request-items';
import type { TeamMemberRecord } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

const DEFAULT_PAGE = 100;

/** `roleQueryType`: 0 all, 1 normal members, 2 owner and managers. */
function hasRole(member: TeamMemberRecord, roleQueryType: number): boolean {
  if (roleQueryType === 1) return member.role === 0;
  if (roleQueryType === 2) return member.role !== 0;
  return true;
}

/** On the wire 0 is by time of joining and 1 the reverse; the API counts the other way round. */
const DESCENDING = 1;

function memberPage({ world, items, accountId }: ImCall): unknown[] {
  const query = items.property(0);
  const teamId = textOf(query[1]);
  world.teams.requireMember(teamId, accountId);
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

function membersByIds({ world, items }: ImCall): unknown[] {
  const found = items.strings(0).flatMap((id) => {
    const [teamId = '', memberId = ''] = id.split('|');
    const member = world.teams.member(teamId, memberId);
    return member ? [world.teams.memberToWire(member)] : [];
  });
  return [found];
}

function teamsByIds({ world, items }: ImCall): unknown[] {
  const ids = items.strings(0);
  const teams = ids.flatMap((id) => world.teams.find(id) ?? []);
  const missing = ids.filter((id) => !world.teams.find(id));
  return [teams.map((team) => world.teams.toWire(team)), missing];
}

/** Reading teams and members. */
export const teamHandlers: ImHandlers = {
  '31_9': ({ world, items }) => [world.teams.toWire(world.teams.require(items.string(0)))],
  '31_34': teamsByIds,
  '31_35': membersByIds,
  '31_36': memberPage,
};
