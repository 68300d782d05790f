import { cutTo, type TextKey, type Translate } from '@/i18n';
import type { TeamNotice } from '@/stores';

/** Number of names in a notice; further names are counted, so that the line stays readable. */
const NAMES = 5;
/** Longest name and longest text of a notice, characters. */
const NAME_LENGTH = 20;
const VALUE_LENGTH = 100;

interface NoticeContext {
  myAccountId: string;
  nameOf: (accountId: string) => string;
}

type ChangedField = TeamNotice['fields'][number];

/** The text of a team notification. */
export function teamNoticeText(
  notice: TeamNotice,
  senderId: string,
  context: NoticeContext,
  t: Translate,
): string {
  const { change, targetIds, isBanned, fields } = notice;
  const isMine = senderId === context.myAccountId;
  const who = isMine ? t('team.You') : nameText(senderId, context) || t('team.Someone');
  if (change === 'info') {
    const said = fields.map((field) => fieldText(field, who, t));
    return said.join(t('team.then')) || t('team.info', { who });
  }
  const names = namesText(notice, context, t);
  if (change === 'muted' && !isBanned) return t('team.unmuted', { who, names });
  // An account that joins freely passes its own application.
  if (change === 'passed' && (targetIds.length === 0 || targetIds[0] === senderId))
    return t('team.joined', { who });
  if (change === 'accepted' && targetIds.length === 0) return t('team.joined', { who });
  // Every key of the table takes these two parameters.
  return t(`team.${change}` as TextKey as 'team.invite', { who, names });
}

/** The reader's own name is the first, so that it is never among the counted names. */
function namesText({ targetIds, count }: TeamNotice, context: NoticeContext, t: Translate): string {
  const { myAccountId } = context;
  if (targetIds.length === 0) return t('team.someone');
  const others = targetIds.filter((id) => id !== myAccountId);
  const ids = others.length < targetIds.length ? [myAccountId, ...others] : others;
  const some = ids
    .slice(0, NAMES)
    .map((id) => (id === myAccountId ? t('team.you') : nameText(id, context)));
  const names = some.join(t('team.and'));
  const rest = count - some.length;
  return rest > 0 ? t('team.more', { names, count: rest }) : names;
}

function nameText(accountId: string, { nameOf }: NoticeContext): string {
  return cutTo(nameOf(accountId), NAME_LENGTH);
}

/** The fields that are told by a text; an empty text was removed. */
const TEXT_FIELDS: readonly string[] = ['name', 'intro', 'announcement'];
/** The key of the last value of a mode. Servers send 3, where the SDK's typings have 2, for "all muted". */
const LAST_VALUE: Readonly<Record<string, number>> = { joinMode: 2, chatBannedMode: 2 };

function fieldText({ field, value }: ChangedField, who: string, t: Translate): string {
  if (TEXT_FIELDS.includes(field)) {
    const text = typeof value === 'string' ? cutTo(value.trim(), VALUE_LENGTH) : '';
    const key = text === '' ? `team.${field}Removed` : `team.${field}`;
    return t(key as 'team.name', { who, value: text });
  }
  if (field === 'avatar') return t('team.avatar', { who });
  if (typeof value !== 'number') return t('team.info', { who });
  if (field === 'memberLimit') return t('team.memberLimit', { who, value });
  const mode = Math.min(Math.floor(value), LAST_VALUE[field] ?? 1);
  return t(`team.${field}${mode}` as 'team.joinMode0', { who });
}
