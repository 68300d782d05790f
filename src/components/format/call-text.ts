import type { Translate } from '@/i18n';
import { type MessageRow, readRecord } from '@/stores';
import { durationText } from './duration';

/** What a call message says: which call it was, and how it went for the one who reads it. */
export function callText({ message, mine }: Pick<MessageRow, 'message' | 'mine'>, t: Translate) {
  const record = readRecord(message);
  if (!record) return t('preview.call');
  const { type, outcome, seconds } = record;
  const name = t(type === 'video' ? 'call.video' : 'call.audio');
  if (outcome === 'answered') return `${name} ${durationText(seconds)}`;
  // Every key of both tables is a text without placeholders.
  const key = mine ? `call.mine.${outcome}` : `call.theirs.${outcome}`;
  return `${name} ${t(key as 'call.mine.cancelled')}`;
}
