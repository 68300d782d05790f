import type { TextKey, Translate } from '@/i18n';
import type { MessageKind, Preview } from '@/stores';

const KIND_TEXTS: Readonly<Record<Exclude<MessageKind, 'text' | 'tips'>, TextKey>> = {
  image: 'preview.image',
  audio: 'preview.audio',
  video: 'preview.video',
  location: 'preview.location',
  notification: 'preview.notification',
  file: 'preview.file',
  robot: 'preview.unknown',
  call: 'preview.call',
  custom: 'preview.custom',
  unknown: 'preview.unknown',
};

/** What a message is called where there is no room, or no way yet, to show it. */
export function kindText(kind: MessageKind, text: string, t: Translate): string {
  if (kind === 'text') return text;
  if (kind === 'tips') return text || t('preview.tips');
  // Every key of the table is a text without placeholders.
  return t(KIND_TEXTS[kind] as 'preview.image');
}

interface PreviewContext {
  myAccountId: string;
  isP2p: boolean;
  nameOf: (accountId: string) => string;
}

/** The second line of a conversation. */
export function previewText(preview: Preview, context: PreviewContext, t: Translate): string {
  const { recalledBy, senderId } = preview;
  if (recalledBy !== null) return recallText(recalledBy, context, t);
  const text = kindText(preview.kind, preview.text, t);
  const isOthers = senderId !== '' && senderId !== context.myAccountId;
  return isOthers && !context.isP2p ? `${context.nameOf(senderId)}: ${text}` : text;
}

/** The notice that stands where a recalled message was. */
export function recallText(accountId: string, context: PreviewContext, t: Translate): string {
  if (accountId === context.myAccountId) return t('preview.recalledByMe');
  return context.isP2p
    ? t('preview.recalledByPeer')
    : t('preview.recalledBy', { name: context.nameOf(accountId) });
}
