import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import { MemberRole } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomMemberRecord, RoomRecord } from '../world/room-state';
import type { World } from '../world/world';
import { RoomPeople } from './room-people';
import { RoomQueues } from './room-queues';
import { type RoomSession, RoomSessions } from './room-sessions';
import { RoomBroadcast } from './room-broadcast';
import { RoomWire } from './room-wire';

/** Parts of the chatroom side, shared by commands, the app server and tests. */
export interface ChatroomParts {
  world: World;
  sessions: RoomSessions;
  wire: RoomWire;
  broadcast: RoomBroadcast;
  queues: RoomQueues;
  people: RoomPeople;
}

export function createChatroomParts(world: World): ChatroomParts {
  const sessions = new RoomSessions();
  const wire = new RoomWire(world, sessions);
  const broadcast = new RoomBroadcast(world, sessions, wire);
  const queues = new RoomQueues(world, wire, broadcast);
  const people = new RoomPeople(world, sessions, wire, broadcast, queues);
  return { world, sessions, wire, broadcast, queues, people };
}

/** A command of a client inside a room. */
export interface RoomCall extends ChatroomParts {
  session: RoomSession;
  accountId: string;
  room: RoomRecord;
  /** Member that sent the command. */
  member: RoomMemberRecord;
  items: RequestItems;
}

/** Handles a command. Returns the items of the reply; throws a Refusal to answer with a code. */
export type RoomHandler = (call: RoomCall) => CommandResult;

/** Handlers by `sid_cid`. */
export type RoomHandlers = Record<string, RoomHandler>;

export function isManager(member: RoomMemberRecord): boolean {
  return member.role === MemberRole.creator || member.role === MemberRole.manager;
}

/** Refuses with 403 unless the member is the creator or a manager. */
export function requireManager({ member }: RoomCall): void {
  if (!isManager(member)) throw new Refusal(Reason.forbidden, 'only the creator and managers may');
}

/** Refuses anonymous members with 114303. */
export function requireAccountHolder({ member }: RoomCall): void {
  if (member.role === MemberRole.anonymous) {
    throw new Refusal(Reason.chatroomAnonymousForbidden, 'anonymous members may only watch');
  }
}

/**
 * Returns the member that a manager's action is aimed at. Refuses with 403 without permission (managers act
 * on members, only the creator acts on managers, nobody acts on the creator), with 114429 for the own account
 * and with 114404 for an unknown account.
 */
export function requireTarget(call: RoomCall, accountId: string): RoomMemberRecord {
  requireManager(call);
  const { room, member, world } = call;
  if (accountId === call.accountId) throw new Refusal(Reason.chatroomSelfOperation);
  if (!world.rooms.findMember(room, accountId) && !world.account(accountId)) {
    throw new Refusal(Reason.chatroomMemberNotExist, `no account ${accountId}`);
  }
  const target = world.rooms.ensureMember(room, accountId);
  const overManager = isManager(target) && member.role !== MemberRole.creator;
  if (target.role === MemberRole.creator || overManager) {
    throw new Refusal(Reason.forbidden, 'only the creator may do this to a manager');
  }
  return target;
}
