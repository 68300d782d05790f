import { MemberRole } from '../connection/constants';
import type { RoomMember } from '../sdk-types';
import type { PeopleKey } from './texts';

/** The shown name of a member. */
export function nameOf({
  roomNick,
  accountId,
}: Pick<RoomMember, 'roomNick' | 'accountId'>): string {
  return roomNick?.trim() || accountId;
}

const ROLES: Readonly<Record<number, PeopleKey>> = {
  [MemberRole.NORMAL]: 'role.normal',
  [MemberRole.CREATOR]: 'role.owner',
  [MemberRole.MANAGER]: 'role.manager',
  [MemberRole.NORMAL_GUEST]: 'role.guest',
  [MemberRole.ANONYMOUS_GUEST]: 'role.anonymous',
  [MemberRole.VIRTUAL]: 'role.virtual',
};

export function roleText(role: number): PeopleKey {
  return ROLES[role] ?? 'role.guest';
}

export interface Label {
  readonly text: PeopleKey;
  readonly look: 'owner' | 'manager' | 'plain' | 'danger';
}

/** The labels beside a name in the list. Most people in a room are guests, so guests get no label. */
export function labelsOf(member: RoomMember): Label[] {
  const labels: Label[] = [];
  const role = member.memberRole as number;
  if (role === MemberRole.CREATOR) labels.push({ text: 'role.owner', look: 'owner' });
  else if (role === MemberRole.MANAGER) labels.push({ text: 'role.manager', look: 'manager' });
  else if (role === MemberRole.NORMAL) labels.push({ text: 'role.normal', look: 'plain' });
  else if (role === MemberRole.ANONYMOUS_GUEST)
    labels.push({ text: 'role.anonymous', look: 'plain' });
  return [...labels, ...marksOf(member)];
}

/** The mutes and blocks of a member. */
export function marksOf({ blocked, chatBanned, tempChatBanned }: RoomMember): Label[] {
  if (blocked) return [{ text: 'mark.blocked', look: 'danger' }];
  if (chatBanned) return [{ text: 'mark.muted', look: 'danger' }];
  return tempChatBanned ? [{ text: 'mark.tempMuted', look: 'danger' }] : [];
}

/** The SDK types tags as text, and parses the server's JSON before passing them on: both forms are read. */
export function tagsOf({ tags }: { readonly tags?: unknown }): readonly string[] {
  const list = typeof tags === 'string' ? parsed(tags) : tags;
  return Array.isArray(list)
    ? list.filter((tag): tag is string => typeof tag === 'string' && tag !== '')
    : [];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Tags to choose from: mine, then those of the listed members; each once, at most `limit`. */
export function knownTags(
  mine: readonly string[],
  members: readonly RoomMember[],
  limit = 12,
): string[] {
  return [...new Set([...mine, ...members.flatMap(tagsOf)])].slice(0, limit);
}
