import type { PeopleKey } from './texts';

/** How long to mute for a time, in seconds; `custom` is asked for. */
export const MUTE_CHOICES = [
  { text: 'mute.minute', seconds: 60 },
  { text: 'mute.tenMinutes', seconds: 600 },
  { text: 'mute.hour', seconds: 3600 },
  { text: 'mute.custom', seconds: 'custom' },
] as const satisfies readonly { text: PeopleKey; seconds: number | 'custom' }[];

/** Thirty days, the server's limit. */
const MOST_MINUTES = 30 * 24 * 60;

/** Seconds of the minutes that were typed; null when they are not between `least` and thirty days. */
export function secondsOfMinutes(typed: string, least: 0 | 1 = 1): number | null {
  if (!/^\d{1,5}$/.test(typed.trim())) return null;
  const minutes = Number(typed);
  return minutes >= least && minutes <= MOST_MINUTES ? minutes * 60 : null;
}
