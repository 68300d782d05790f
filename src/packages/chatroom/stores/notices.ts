import type { RoomMessage } from '../sdk';
import { NotificationType } from '../connection/constants';

export type NoticeKind =
  | 'entered'
  | 'left'
  | 'blocked'
  | 'unblocked'
  | 'muted'
  | 'unmuted'
  | 'tempMuted'
  | 'tempUnmuted'
  | 'kicked'
  | 'roomChanged'
  | 'roomMuted'
  | 'roomUnmuted'
  | 'tagMuted'
  | 'tagUnmuted'
  | 'roleChanged';

/** One quiet line between messages; the view puts it into the user's language. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Nicks of those it is about, two at most. */
  readonly names: readonly string[];
  /** How many it is about, those named included: "A, B and 12 others entered" is 14. */
  readonly count: number;
  /** Who did it; empty when that is the same as `names`. */
  readonly operator: string;
  /** It is about me. */
  readonly aboutMe: boolean;
  /** Of a temporary mute; 0 otherwise. */
  readonly seconds: number;
  /** Of a mute by tag; empty otherwise. */
  readonly tag: string;
  /** The new role, of `roleChanged`: a V2NIMChatroomMemberRole. */
  readonly role: number | undefined;
}

/** Names in a line; the others are counted. */
export const NAMES_SHOWN = 2;

const KINDS: ReadonlyMap<number, NoticeKind> = new Map<number, NoticeKind>([
  [NotificationType.MEMBER_ENTER, 'entered'],
  [NotificationType.MEMBER_EXIT, 'left'],
  [NotificationType.MEMBER_BLOCK_ADDED, 'blocked'],
  [NotificationType.MEMBER_BLOCK_REMOVED, 'unblocked'],
  [NotificationType.MEMBER_CHAT_BANNED_ADDED, 'muted'],
  [NotificationType.MEMBER_CHAT_BANNED_REMOVED, 'unmuted'],
  [NotificationType.ROOM_INFO_UPDATED, 'roomChanged'],
  [NotificationType.MEMBER_KICKED, 'kicked'],
  [NotificationType.MEMBER_TEMP_CHAT_BANNED_ADDED, 'tempMuted'],
  [NotificationType.MEMBER_TEMP_CHAT_BANNED_REMOVED, 'tempUnmuted'],
  [NotificationType.CHAT_BANNED, 'roomMuted'],
  [NotificationType.CHAT_BANNED_REMOVED, 'roomUnmuted'],
  [NotificationType.TAG_TEMP_CHAT_BANNED_ADDED, 'tagMuted'],
  [NotificationType.TAG_TEMP_CHAT_BANNED_REMOVED, 'tagUnmuted'],
  [NotificationType.ROLE_UPDATE, 'roleChanged'],
]);

/** Of these many come at once; they are folded into one line. */
const FOLDED: readonly NoticeKind[] = ['entered', 'left'];
/** Of interest to everybody in the room. */
const OF_THE_ROOM: readonly NoticeKind[] = ['roomChanged', 'roomMuted', 'roomUnmuted'];

interface Attachment {
  type?: number;
  targetIds?: string[];
  /** The SDK's types say string; it is a list. */
  targetNicks?: string[] | string;
  targetTag?: string;
  operatorId?: string;
  operatorNick?: string;
  tempChatBannedDuration?: number;
  currentMember?: { memberRole?: number };
  /** Of a recall: the message that was recalled. */
  messageClientId?: string;
}

/** The messageClientId of the message that this notification says was recalled; undefined for every other one. */
export function recalledBy({ attachment }: RoomMessage): string | undefined {
  const { type, messageClientId } = (attachment ?? {}) as Attachment;
  return type === NotificationType.MESSAGE_REVOKE ? messageClientId : undefined;
}

/**
 * The line of a notification; null for those that have none: queue, tags and details of members have a place
 * of their own, a recalled message leaves its own notice.
 */
export function noticeOf({ attachment }: RoomMessage, accountId: string): Notice | null {
  const what = (attachment ?? {}) as Attachment;
  const kind = what.type === undefined ? undefined : KINDS.get(what.type);
  if (!kind) return null;
  const { operatorId = '', operatorNick = '', targetIds = [], targetNicks = [] } = what;
  const operator = operatorNick || operatorId;
  const isOwnDoing = FOLDED.includes(kind) || targetIds.length === 0;
  const nicks = typeof targetNicks === 'string' ? [targetNicks] : targetNicks;
  const names = isOwnDoing ? [operator] : targetIds.map((id, index) => nicks[index] || id);
  return {
    kind,
    names: names.slice(0, NAMES_SHOWN),
    count: names.length,
    operator: isOwnDoing ? '' : operator,
    aboutMe: isOwnDoing ? operatorId === accountId : targetIds.includes(accountId),
    seconds: what.tempChatBannedDuration ?? 0,
    tag: what.targetTag ?? '',
    role: what.currentMember?.memberRole,
  };
}

export function isFolded({ kind }: Notice): boolean {
  return FOLDED.includes(kind);
}

/** Not to be folded away however much comes in. */
export function isPreciousNotice(notice: Notice): boolean {
  return (notice.aboutMe && !isFolded(notice)) || OF_THE_ROOM.includes(notice.kind);
}

/** Two notices of one kind in one line. */
export function foldNotices(line: Notice, more: Notice): Notice {
  const names = [...line.names, ...more.names.filter((name) => !line.names.includes(name))];
  return {
    ...line,
    names: names.slice(0, NAMES_SHOWN),
    count: line.count + more.count,
    aboutMe: line.aboutMe || more.aboutMe,
  };
}
