import type { Translate } from '@/i18n';
import type { CallRecord } from '@/stores';
import { durationText } from './duration';

/** The text of a call message: the type of the call, and its outcome from the reader's side. */
export function callText(record: CallRecord | null, mine: boolean, t: Translate): string {
  if (!record) return t('preview.call');
  const { type, outcome, seconds } = record;
  const name = t(type === 'video' ? 'call.video' : 'call.audio');
  if (outcome === 'answered') return `${name} ${durationText(seconds)}`;
  // Every key of both tables is a text without placeholders.
  const key = mine ? `call.mine.${outcome}` : `call.theirs.${outcome}`;
  return `${name} ${t(key as 'call.mine.cancelled')}`;
}
