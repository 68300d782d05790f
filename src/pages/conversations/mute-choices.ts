const HOUR_MS = 3_600_000;

/** The ends of a mute that are offered, in milliseconds: in 1 h, in 8 h, and tomorrow at 8:00 of the phone's clock. */
export function muteChoices(now: number): readonly number[] {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return [now + HOUR_MS, now + 8 * HOUR_MS, morning.setHours(8, 0, 0, 0)];
}

/** `8:05` as `08:05`. */
export function timeOfDay(time: number): string {
  const at = new Date(time);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
