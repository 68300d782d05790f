import { MemberRole } from '../connection/constants';
import type { RoomMember } from '../sdk-types';
import { may, mayManageRoom } from '../stores/permissions';

/** The actions that a member card offers. */
export type CardAction =
  | 'mute'
  | 'unmute'
  | 'tempMute'
  | 'endTempMute'
  | 'makeManager'
  | 'unmakeManager'
  | 'makeMember'
  | 'unmakeMember'
  | 'seat'
  | 'unseat'
  | 'kick'
  | 'block'
  | 'unblock';

/** Actions that cannot be undone or that remove somebody. */
export const SEVERE: readonly CardAction[] = ['kick', 'block'];

/** The actions that I may apply to a member in its current state, in the order of the card. */
export function actionsFor(
  self: RoomMember | null,
  target: RoomMember,
  isSeated: boolean,
): CardAction[] {
  const allowed = (what: Parameters<typeof may>[0]) => may(what, self, target);
  if (target.blocked) return allowed('block') ? ['unblock'] : [];
  const role = target.memberRole as number;
  const actions: CardAction[] = [];
  if (allowed('mute')) actions.push(target.chatBanned ? 'unmute' : 'mute');
  if (allowed('tempMute') && !target.chatBanned)
    actions.push(target.tempChatBanned ? 'endTempMute' : 'tempMute');
  if (allowed('setManager')) actions.push('makeManager');
  if (role === MemberRole.MANAGER && allowed('setNormal')) actions.push('unmakeManager');
  if (role === MemberRole.NORMAL_GUEST && allowed('setNormal')) actions.push('makeMember');
  if (role === MemberRole.NORMAL && allowed('setGuest')) actions.push('unmakeMember');
  const isOther = self?.accountId !== target.accountId;
  if (isOther && mayManageRoom(self)) {
    if (isSeated) actions.push('unseat');
    else if (target.isOnline && role !== MemberRole.ANONYMOUS_GUEST && role !== MemberRole.VIRTUAL)
      actions.push('seat');
  }
  if (target.isOnline && allowed('kick')) actions.push('kick');
  if (allowed('block')) actions.push('block');
  return actions;
}
