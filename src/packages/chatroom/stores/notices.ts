import type { RoomMessage } from '../sdk-types';
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

/** A notice line between messages; the view translates it. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Nicks of the affected members, two at most. */
  readonly names: readonly string[];
  /** Number of affected members, named members included: "A, B and 12 others entered" is 14. */
  readonly count: number;
  /** Nick of the operator; empty when the operator is in `names`. */
  readonly operator: string;
  /** The notice concerns the own account. */
  readonly aboutMe: boolean;
  /** Of a temporary mute; 0 otherwise. */
  readonly seconds: number;
  /** Of a mute by tag; empty otherwise. */
  readonly tag: string;
  /** The new role, of `roleChanged`: a V2NIMChatroomMemberRole. */
  readonly role: number | undefined;
}

/** Number of names in a line; further members are counted. */
const NAMES_SHOWN = 2;

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

/** Many of these notices arrive at once; they are folded into one line. */
const FOLDED: readonly NoticeKind[] = ['entered', 'left'];
/** Of interest to every member. */
const OF_THE_ROOM: readonly NoticeKind[] = ['roomChanged', 'roomMuted', 'roomUnmuted'];

interface Attachment {
  type?: number;
  targetIds?: string[];
  /** The SDK's types say string; at run time the value is a list. */
  targetNicks?: string[] | string;
  targetTag?: string;
  operatorId?: string;
  operatorNick?: string;
  tempChatBannedDuration?: number;
  currentMember?: { memberRole?: number };
  /** Of a recall: the recalled message. */
  messageClientId?: string;
}

/**
 * The messageClientId of the message that this notification recalls; undefined for every other notification.
 */
export function recalledBy({ attachment }: RoomMessage): string | undefined {
  const { type, messageClientId } = (attachment ?? {}) as Attachment;
  return type === NotificationType.MESSAGE_REVOKE ? messageClientId : undefined;
}

/**
 * The line of a notification; null for those without a line: queue, tags and details of members are shown
 * elsewhere, a recalled message leaves its own notice.
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

/** Whether a flood must not drop the notice. */
export function isExemptNotice(notice: Notice): boolean {
  return (notice.aboutMe && !isFolded(notice)) || OF_THE_ROOM.includes(notice.kind);
}

/** Merges two notices of one kind into one line. */
export function foldNotices(line: Notice, more: Notice): Notice {
  const names = [...line.names, ...more.names.filter((name) => !line.names.includes(name))];
  return {
    ...line,
    names: names.slice(0, NAMES_SHOWN),
    count: line.count + more.count,
    aboutMe: line.aboutMe || more.aboutMe,
  };
}
