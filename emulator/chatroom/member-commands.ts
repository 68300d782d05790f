import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, textOf, truthOf } from '../protocol/request-items';
import { MemberRole, RoomKickReason, RoomMemberTag, RoomNotice } from '../protocol/room-tags';
import type { RoomMemberRecord } from '../world/room-state';
import { hitsAntispam } from './antispam';
import {
  requireAccountHolder,
  requireManager,
  requireTarget,
  type RoomCall,
  type RoomHandlers,
} from './room-command';
import type { MemberProfile } from './room-sessions';

const LIST_LIMIT = 100;
const IDS_LIMIT = 200;
/** Thirty days. */
const TEMP_BAN_LIMIT_SECONDS = 30 * 24 * 3600;

/** Returns a page of members in the order of becoming known, and the token of the next page. */
function page(
  { wire, room }: RoomCall,
  members: readonly RoomMemberRecord[],
  pageToken: string,
  limit: number,
): unknown[] {
  const start = numberOf(pageToken);
  const rest = [...members].sort((a, b) => a.order - b.order).filter(({ order }) => order > start);
  const taken = rest.slice(0, limit > 0 ? limit : LIST_LIMIT);
  const hasMore = taken.length < rest.length;
  const next = hasMore ? String(taken.at(-1)?.order ?? '') : '';
  return [hasMore ? 1 : 0, next, taken.map((member) => wire.member(room, member))];
}

/** Tells whether a member is a guest. Guests are members only while inside; only a ban or block outlasts the visit. */
function isGuest({ role }: RoomMemberRecord): boolean {
  return role === MemberRole.guest || role === MemberRole.anonymous;
}

function listByOption(call: RoomCall): unknown[] {
  const { items, room, sessions } = call;
  const option = items.property(0);
  const roles = textOf(option[1]).split(',').filter(Boolean).map(Number);
  const [onlyBlocked, onlyChatBanned, onlyOnline] = [option[2], option[3], option[4]].map(truthOf);
  const members = Object.values(room.members).filter((member) => {
    const online =
      member.role === MemberRole.virtual ||
      sessions.ofAccount(room.roomId, member.accountId).length > 0;
    if (roles.length && !roles.includes(member.role)) return false;
    if (onlyBlocked && !member.blocked) return false;
    if (onlyChatBanned && !member.chatBanned) return false;
    if (onlyOnline && !online) return false;
    return online || !isGuest(member) || onlyBlocked || onlyChatBanned;
  });
  return page(call, members, textOf(option[5]), numberOf(option[6]));
}

function withTag({ room, sessions, world }: RoomCall, tag: string): RoomMemberRecord[] {
  const tagged = sessions.inRoom(room.roomId).filter(({ tags }) => tags.includes(tag));
  return [...new Set(tagged.map(({ accountId }) => accountId))].map((accountId) =>
    world.rooms.ensureMember(room, accountId),
  );
}

function listByTag(call: RoomCall): unknown[] {
  const option = call.items.property(0);
  const members = withTag(call, textOf(option[1]));
  return page(call, members, textOf(option[2]), numberOf(option[3]));
}

function byIds({ items, room, world, wire }: RoomCall): unknown[] {
  const accountIds = items.strings(0);
  if (accountIds.length > IDS_LIMIT) {
    throw new Refusal(Reason.parameterError, `${IDS_LIMIT} accounts at most`);
  }
  const members = accountIds.flatMap((accountId) => world.rooms.findMember(room, accountId) ?? []);
  return [members.map((member) => wire.member(room, member))];
}

function kick(call: RoomCall): unknown[] {
  const { items, room, accountId, session, sessions, people } = call;
  const targetId = items.string(0);
  const extension = items.string(1);
  if (targetId === accountId) {
    // Kicking the own account kicks its other clients; the calling client stays.
    const others = sessions.ofAccount(room.roomId, accountId).filter((other) => other !== session);
    people.removeClients(room, others, RoomKickReason.otherClient, extension);
    return [];
  }
  requireTarget(call, targetId);
  people.kickMember(room, targetId, { operatorId: accountId, extension });
  return [];
}

function setBlocked(call: RoomCall): unknown[] {
  const { items, room, accountId, people, wire } = call;
  const blocked = items.bool(1);
  const target = requireTarget(call, items.string(0));
  requireChange(target.blocked, blocked);
  const operation = { operatorId: accountId, extension: items.string(2) };
  const member = people.setBlocked(room, target.accountId, blocked, operation);
  return [wire.member(room, member)];
}

function setChatBanned(call: RoomCall): unknown[] {
  const { items, room, accountId, people, wire } = call;
  const chatBanned = items.bool(1);
  const target = requireTarget(call, items.string(0));
  requireChange(target.chatBanned, chatBanned);
  const operation = { operatorId: accountId, extension: items.string(2) };
  const member = people.setChatBanned(room, target.accountId, chatBanned, operation);
  return [wire.member(room, member)];
}

function requireChange(before: boolean, after: boolean): void {
  if (before === after) throw new Refusal(Reason.chatroomMemberRepeatedOperation);
}

function secondsOf(value: number): number {
  if (value >= 0 && value <= TEMP_BAN_LIMIT_SECONDS) return value;
  throw new Refusal(Reason.parameterError, 'thirty days at most');
}

function setTempChatBanned(call: RoomCall): unknown[] {
  const { items, room, accountId, people } = call;
  const target = requireTarget(call, items.string(0));
  const operation = { operatorId: accountId, extension: items.string(3) };
  people.setTempChatBanned(
    room,
    target.accountId,
    secondsOf(items.number(1)),
    operation,
    items.bool(2),
  );
  return [];
}

function setTagChatBanned(call: RoomCall): unknown[] {
  requireManager(call);
  const { items, room, accountId, people } = call;
  const option = items.property(0);
  const tag = textOf(option[1]);
  if (!tag) throw new Refusal(Reason.parameterError, 'targetTag is required');
  const operation = {
    operatorId: accountId,
    extension: textOf(option[4]),
    notifyTargetTags: textOf(option[5]),
  };
  people.setTagChatBanned(room, tag, secondsOf(numberOf(option[2])), operation, truthOf(option[3]));
  return [];
}

/** Changes the role between guest, normal member and manager. Only the creator appoints managers. */
function setRole(call: RoomCall): unknown[] {
  const { items, room, member, accountId, people, wire } = call;
  const option = items.property(0);
  const role = numberOf(option[2]);
  const target = requireTarget(call, textOf(option[1]));
  const settable: readonly number[] = [MemberRole.normal, MemberRole.manager, MemberRole.guest];
  if (!settable.includes(role) || !settable.includes(target.role)) {
    throw new Refusal(Reason.parameterError, 'this role cannot be given or taken');
  }
  if (role === MemberRole.manager && member.role !== MemberRole.creator) {
    throw new Refusal(Reason.forbidden, 'only the creator makes managers');
  }
  const level = option[3] === undefined ? {} : { level: numberOf(option[3]) };
  const operation = { operatorId: accountId, extension: textOf(option[4]) };
  const changed = people.setRole(room, target.accountId, { role, ...level }, operation);
  return [wire.member(room, changed)];
}

function updateSelf(call: RoomCall): unknown[] {
  requireAccountHolder(call);
  const { items, room, member, accountId, sessions, world, wire, broadcast } = call;
  const given = items.property(0);
  const change: Partial<MemberProfile> = {};
  const { nick, avatar, serverExtension } = RoomMemberTag;
  if (given[nick] !== undefined) change.nick = textOf(given[nick]);
  if (given[avatar] !== undefined) change.avatar = textOf(given[avatar]);
  if (given[serverExtension] !== undefined) change.serverExtension = textOf(given[serverExtension]);
  if (change.nick === '') throw new Refusal(Reason.parameterError, 'roomNick is empty');
  if (hitsAntispam(world, change.nick ?? '')) throw new Refusal(Reason.chatroomMemberHitAntispam);
  for (const session of sessions.ofAccount(room.roomId, accountId)) Object.assign(session, change);
  // A fixed member gets its old profile back at the next visit, unless the request asks to persist the change.
  const lasting = items.bool(3) || isGuest(member);
  world.rooms.changeMember(room, accountId, lasting ? change : {});
  if (items.bool(1)) {
    broadcast.postNotice(room, {
      id: RoomNotice.memberInfo,
      operatorId: accountId,
      targetIds: [accountId],
      extension: items.string(2),
      fields: { member: wire.noticeMember(room, member) },
    });
  }
  return [];
}

/** Commands on members: lists, the own profile, and actions of managers. */
export const memberHandlers: RoomHandlers = {
  '36_15': updateSelf,
  '36_16': byIds,
  '36_17': kick,
  '36_19': setTempChatBanned,
  '36_30': setTagChatBanned,
  '36_32': (call) => [withTag(call, call.items.string(0)).length],
  '36_37': listByOption,
  '36_38': setRole,
  '36_39': setBlocked,
  '36_40': setChatBanned,
  '36_41': listByTag,
};
