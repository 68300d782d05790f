import { MemberRole } from '../connection/constants';
import type { RoomMember } from '../sdk-types';

/** An action in a room, on the own member or on another member. */
export type MemberAction =
  'kick' | 'mute' | 'tempMute' | 'block' | 'setManager' | 'setNormal' | 'setGuest';

type Role = Pick<RoomMember, 'accountId' | 'memberRole'>;

export function isManager({ memberRole }: Pick<RoomMember, 'memberRole'>): boolean {
  const role = memberRole as number;
  return role === MemberRole.CREATOR || role === MemberRole.MANAGER;
}

/** The owner and managers: edit the room, mute by tag, clear the queue. */
export function mayManageRoom(self: Role | null): boolean {
  return self !== null && isManager(self);
}

/**
 * Whether `self` may do this to `target` (the SDK's member service documents the rules; the server decides):
 * the owner to every other member, a manager to every other member but the owner and other managers; only the
 * owner makes and unmakes managers; anonymous guests and virtual users have no roles.
 */
export function may(action: MemberAction, self: Role | null, target: Role): boolean {
  if (!self || self.accountId === target.accountId || !isManager(self)) return false;
  const mine = self.memberRole as number;
  const theirs = target.memberRole as number;
  if (theirs === MemberRole.CREATOR) return false;
  const isOwner = mine === MemberRole.CREATOR;
  if (theirs === MemberRole.MANAGER && !isOwner) return false;
  const hasRole = theirs !== MemberRole.ANONYMOUS_GUEST && theirs !== MemberRole.VIRTUAL;
  switch (action) {
    case 'setManager':
      return isOwner && hasRole && theirs !== MemberRole.MANAGER;
    case 'setNormal':
      return hasRole && theirs !== MemberRole.NORMAL;
    case 'setGuest':
      return hasRole && theirs !== MemberRole.NORMAL_GUEST;
    case 'block':
    case 'mute':
      // Only accounts are stored: an anonymous user has another name the next time.
      return hasRole;
    default:
      return true;
  }
}
