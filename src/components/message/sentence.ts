import { appTexts, type Language } from '@/i18n';
import { copyTextOf, type MessageKind } from '@/stores';
import { previewTextOf } from '@/stores/messages/kinds';
import { visibleText } from '../format/one-line';
import { kindText } from '../format/preview-text';
import { separatorTime } from '../format/time';
import { today } from '../page/today';
import { messageTexts } from './texts';

interface Said {
  readonly kind: MessageKind;
  readonly content: unknown;
  readonly createTime: number;
  readonly message: Parameters<typeof previewTextOf>[0];
}

/** A message as a sentence for a screen reader: who, what, when. */
export function sentenceOf(row: Said, name: string, language: Language): string {
  const t = appTexts(language);
  const said = copyTextOf(row) ?? kindText(row.kind, previewTextOf(row.message), t);
  return messageTexts(language)('sentence', {
    name,
    text: visibleText(said),
    time: separatorTime(row.createTime, today.now(), t),
  });
}
