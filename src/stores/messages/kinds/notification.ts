import { MessageType } from '@/sdk/constants';
import { fieldsIn, textIn } from './fields';
import type { KindSpec } from './kind-spec';

/** V2NIMMessageNotificationType; super teams have numbers of their own for the same changes. */
const CHANGES = {
  0: 'invite',
  1: 'kick',
  2: 'leave',
  3: 'info',
  4: 'dismiss',
  5: 'passed',
  6: 'owner',
  7: 'manager',
  8: 'noManager',
  9: 'accepted',
  10: 'muted',
  401: 'invite',
  402: 'kick',
  403: 'leave',
  404: 'info',
  405: 'dismiss',
  406: 'owner',
  407: 'manager',
  408: 'noManager',
  409: 'muted',
  410: 'passed',
  411: 'accepted',
} as const;

type TeamChange = (typeof CHANGES)[keyof typeof CHANGES];

/** The fields of a team whose change is told with the new value, and its type; numbers are V2NIMTeam...Mode. */
const FIELDS = {
  name: 'string',
  avatar: 'string',
  intro: 'string',
  announcement: 'string',
  joinMode: 'number',
  inviteMode: 'number',
  agreeMode: 'number',
  updateInfoMode: 'number',
  updateExtensionMode: 'number',
  chatBannedMode: 'number',
  memberLimit: 'number',
} as const;

type TeamField = keyof typeof FIELDS;

/** Named targets; further targets are counted. Notices are stored with the conversations, so they are short. */
const MOST_TARGETS = 10;
/** Longest id of an account, characters. */
const ID_LENGTH = 64;
/** Longest text that is kept, characters. */
const MOST_CHARACTERS = 300;
/** A notice with more fields is the whole team, not a change. */
const MOST_FIELDS = 3;

/** A change of a team. */
export interface TeamNotice {
  readonly change: TeamChange;
  /** The first targets. */
  readonly targetIds: readonly string[];
  /** The number of all targets. */
  readonly count: number;
  /** False when a mute ends. */
  readonly isBanned: boolean;
  /** The new values, when the change is one of the team's data; otherwise empty. */
  readonly fields: readonly { readonly field: TeamField; readonly value: string | number }[];
}

/** The content is null for a notification that this version does not know, and in chatrooms. */
export const notificationKind: KindSpec<TeamNotice | null> = {
  messageType: MessageType.NOTIFICATION,
  isLine: true,
  parse: ({ attachment }) => {
    const { type, targetIds, chatBanned, updatedTeamInfo } = fieldsIn(attachment);
    if (typeof type !== 'number') return null;
    const change = (CHANGES as Readonly<Record<number, TeamChange>>)[type];
    if (!change) return null;
    const ids = Array.isArray(targetIds) ? targetIds.map(textIn).filter(isId) : [];
    return {
      change,
      targetIds: ids.slice(0, MOST_TARGETS),
      count: ids.length,
      isBanned: chatBanned !== false,
      fields: change === 'info' ? changesIn(updatedTeamInfo) : [],
    };
  },
  previewKey: 'preview.notification',
};

/** Whether a value from storage is a notice of this version. */
export function isTeamNotice(value: unknown): value is TeamNotice {
  const { change, targetIds, count, isBanned, fields } = fieldsIn(value);
  return (
    Object.values(CHANGES).some((known) => known === change) &&
    Array.isArray(targetIds) &&
    targetIds.every((id) => typeof id === 'string') &&
    typeof count === 'number' &&
    typeof isBanned === 'boolean' &&
    Array.isArray(fields) &&
    fields.every((each) => {
      const { field, value: told } = fieldsIn(each);
      return NAMES.some((known) => known === field && isTold(known, told));
    })
  );
}

const NAMES = Object.keys(FIELDS) as TeamField[];

function isId(id: string): boolean {
  return id !== '' && id.length <= ID_LENGTH;
}

function changesIn(updatedTeamInfo: unknown): TeamNotice['fields'] {
  const info = fieldsIn(updatedTeamInfo);
  const changed = NAMES.flatMap((field) => {
    const value = info[field];
    if (!isTold(field, value)) return [];
    return [{ field, value: typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : value }];
  });
  return changed.length > MOST_FIELDS ? [] : changed;
}

function isTold(field: TeamField, value: unknown): value is string | number {
  return typeof value === FIELDS[field] && !((value as number) < 0);
}
