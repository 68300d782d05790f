import { durationText } from '@/components/format/duration';
import { useEachSecond } from '@/components/page/use-each-second';
import type { PeopleTexts } from './texts';

interface TimeLeftProps {
  /** Milliseconds since 1970. */
  until: number;
  t: PeopleTexts;
}

/** The rest of a temporary mute; it counts only while the page is visible. */
export function TimeLeft({ until, t }: TimeLeftProps) {
  useEachSecond();
  const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  return seconds > 0 ? <>{t('card.tempMuted', { time: durationText(seconds) })}</> : null;
}
