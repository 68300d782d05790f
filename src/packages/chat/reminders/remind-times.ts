const HOUR_MS = 3_600_000;
/** Hours of the day. */
const EVENING = 20;
const MORNING = 9;
/** The evening is offered until an hour before. */
const LAST_HOUR = 19;
const SUNDAY = 0;
const MONDAY = 1;

export interface RemindTime {
  readonly key: 'hour' | 'evening' | 'tomorrow' | 'monday';
  /** ms since 1970. */
  readonly at: number;
}

/** The times that the user can choose from, in the time zone of the device. `now`: ms since 1970. */
export function remindTimes(now: number): RemindTime[] {
  const today = new Date(now);
  const on = (days: number, hour: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime();
  const toMonday = (MONDAY + 7 - today.getDay()) % 7 || 7;
  return [
    { key: 'hour', at: now + HOUR_MS },
    ...(today.getHours() < LAST_HOUR ? [{ key: 'evening', at: on(0, EVENING) } as const] : []),
    { key: 'tomorrow', at: on(1, MORNING) },
    // On a Sunday, "tomorrow" is the Monday.
    ...(today.getDay() === SUNDAY ? [] : [{ key: 'monday', at: on(toMonday, MORNING) } as const]),
  ];
}
