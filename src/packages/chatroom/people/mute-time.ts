import type { PeopleKey } from './texts';

/** The durations of a temporary mute in seconds; `custom` opens a form. */
export const MUTE_CHOICES = [
  { text: 'mute.minute', seconds: 60 },
  { text: 'mute.tenMinutes', seconds: 600 },
  { text: 'mute.hour', seconds: 3600 },
  { text: 'mute.custom', seconds: 'custom' },
] as const satisfies readonly { text: PeopleKey; seconds: number | 'custom' }[];

/** The server's limit of thirty days. */
const MOST_MINUTES = 30 * 24 * 60;

/** Converts typed minutes to seconds; null when they are not between `least` and thirty days. */
export function secondsOfMinutes(typed: string, least: 0 | 1 = 1): number | null {
  if (!/^\d{1,5}$/.test(typed.trim())) return null;
  const minutes = Number(typed);
  return minutes >= least && minutes <= MOST_MINUTES ? minutes * 60 : null;
}
