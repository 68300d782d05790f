import type { TextKey, Translate } from '@/i18n';
import type { MessageRow } from '@/stores';

/** As far as a notification of a team says it. `type` is a V2NIMMessageNotificationType. */
interface TeamNotice {
  type?: number;
  targetIds?: readonly string[];
  chatBanned?: boolean;
  updatedTeamInfo?: { name?: string; announcement?: string };
}

/** Super teams have numbers of their own for the same things. */
const KINDS: Readonly<Record<number, string>> = {
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
};

/** More names than that are counted, so that the line stays readable. */
const NAMES = 5;

interface NoticeContext {
  myAccountId: string;
  nameOf: (accountId: string) => string;
}

/** What happened in a team, in words; empty for a notification that this version does not know. */
export function teamNoticeText(
  { senderId, attachment }: Pick<MessageRow['message'], 'senderId' | 'attachment'>,
  { myAccountId, nameOf }: NoticeContext,
  t: Translate,
): string {
  const notice = (attachment ?? {}) as TeamNotice;
  const kind = KINDS[notice.type ?? -1];
  if (!kind) return '';
  const callOf = (id: string) => (id === myAccountId ? t('team.you') : nameOf(id));
  const targets = Array.isArray(notice.targetIds) ? notice.targetIds : [];
  const some = targets.slice(0, NAMES).map(callOf).join(t('team.and'));
  const names =
    targets.length > NAMES ? t('team.more', { names: some, count: targets.length }) : some;
  const who = callOf(senderId);
  const { name, announcement } = notice.updatedTeamInfo ?? {};
  if (kind === 'info' && name) return t('team.renamed', { who, name });
  if (kind === 'info' && announcement) return t('team.announced', { who, announcement });
  if (kind === 'muted' && notice.chatBanned === false) return t('team.unmuted', { names });
  // Every key of the table takes these two.
  return t(`team.${kind}` as TextKey as 'team.invite', { who, names });
}
