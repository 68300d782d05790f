import type { Translate } from '@/i18n';
import { isLineKind, type MessageKind, type Preview, previewKeyOf } from '@/stores';
import { teamNoticeText } from './team-notice';

/** The text of a message, or the name of its kind where there is no text. */
export function kindText(kind: MessageKind, text: string, t: Translate): string {
  const key = previewKeyOf(kind);
  // The names of kinds are texts without placeholders.
  return text || (key ? t(key as 'preview.image') : '');
}

interface PreviewContext {
  myAccountId: string;
  isP2p: boolean;
  nameOf: (accountId: string) => string;
}

/** Longest notice in a preview, code points; the row shows fewer. */
const NOTICE_LENGTH = 80;

/** The second line of a conversation. */
export function previewText(preview: Preview, context: PreviewContext, t: Translate): string {
  const { recalledBy, senderId } = preview;
  if (recalledBy !== null) return recallText(recalledBy, senderId, context, t);
  if (preview.notice) {
    const notice = teamNoticeText(preview.notice, senderId, context, t);
    return [...notice].slice(0, NOTICE_LENGTH).join('');
  }
  // The names of custom types are texts without placeholders.
  const text = preview.name
    ? t(preview.name as 'preview.merged')
    : kindText(preview.kind, preview.text, t);
  const isOthers = senderId !== '' && senderId !== context.myAccountId && !isLineKind(preview.kind);
  return isOthers && !context.isP2p ? `${context.nameOf(senderId)}: ${text}` : text;
}

/**
 * The notice that replaces a recalled message.
 * @param by empty for a one-way recall, which the server makes for the receivers alone
 */
export function recallText(
  by: string,
  senderId: string,
  { myAccountId, isP2p, nameOf }: PreviewContext,
  t: Translate,
): string {
  if (by === '') return t('preview.recalledByServer');
  const isAuthor = by === senderId || senderId === '';
  if (by === myAccountId)
    return isAuthor
      ? t('preview.recalledByMe')
      : t('preview.recalledByMeOf', { author: nameOf(senderId) });
  if (isP2p) return t('preview.recalledByPeer');
  const name = nameOf(by);
  if (isAuthor) return t('preview.recalledBy', { name });
  return senderId === myAccountId
    ? t('preview.recalledMine', { name })
    : t('preview.recalledByOf', { name, author: nameOf(senderId) });
}
