import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import { MemberRole } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomMemberRecord, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import { RoomPeople } from './room-people';
import { RoomQueues } from './room-queues';
import { type RoomSession, RoomSessions } from './room-sessions';
import { RoomTalk } from './room-talk';
import { RoomWire } from './room-wire';

/** Everything of the chatroom side that commands, the app server and tests work with. */
export interface ChatroomParts {
  world: World;
  sessions: RoomSessions;
  wire: RoomWire;
  talk: RoomTalk;
  queues: RoomQueues;
  people: RoomPeople;
}

export function createChatroomParts(world: World): ChatroomParts {
  const sessions = new RoomSessions();
  const wire = new RoomWire(world, sessions);
  const talk = new RoomTalk(world, sessions, wire);
  const queues = new RoomQueues(world, wire, talk);
  const people = new RoomPeople(world, sessions, wire, talk, queues);
  return { world, sessions, wire, talk, queues, people };
}

/** One command of a client that is inside a room. */
export interface RoomCall extends ChatroomParts {
  session: RoomSession;
  accountId: string;
  room: RoomRecord;
  /** Who asks. */
  member: RoomMemberRecord;
  items: RequestItems;
}

/** Answers one command: the reply's items; throws Refusal for a code. */
export type RoomHandler = (call: RoomCall) => CommandResult;

/** Handlers by `sid_cid`. */
export type RoomHandlers = Record<string, RoomHandler>;

export function isManager(member: RoomMemberRecord): boolean {
  return member.role === MemberRole.creator || member.role === MemberRole.manager;
}

/** Refuses with 403 who is neither creator nor manager. */
export function requireManager({ member }: RoomCall): void {
  if (!isManager(member)) throw new Refusal(Reason.forbidden, 'only the creator and managers may');
}

/** Refuses with 114303 who has entered without an account. */
export function requireAccountHolder({ member }: RoomCall): void {
  if (member.role === MemberRole.anonymous) {
    throw new Refusal(Reason.chatroomAnonymousForbidden, 'anonymous members only watch');
  }
}

/**
 * The member something is to be done to. Refused with 403 for who may not: managers act on members,
 * only the creator on managers, nobody on the creator; with 114429 on oneself; with 114404 on nobody.
 */
export function requireTarget(call: RoomCall, accountId: string): RoomMemberRecord {
  requireManager(call);
  const { room, member, world } = call;
  if (accountId === call.accountId) throw new Refusal(Reason.chatroomSelfOperation);
  if (!world.rooms.findMember(room, accountId) && !world.account(accountId)) {
    throw new Refusal(Reason.chatroomMemberNotExist, `nobody is called ${accountId}`);
  }
  const target = world.rooms.member(room, accountId);
  const overManager = isManager(target) && member.role !== MemberRole.creator;
  if (target.role === MemberRole.creator || overManager) {
    throw new Refusal(Reason.forbidden, 'only the creator may do this to a manager');
  }
  return target;
}
