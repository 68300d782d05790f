import type { Translate } from '@/i18n';

const DAY_MS = 86_400_000;

/** The time in a list of conversations, in WeChat's form: 14:05, Yesterday, Wednesday, 2026/11/01. */
export function listTime(time: number, now: number, t: Translate): string {
  if (time <= 0) return '';
  const days = daysBefore(time, now);
  if (days <= 0) return clock(time);
  if (days === 1) return t('time.yesterday');
  if (days < 7) return weekday(time, t);
  const date = new Date(time);
  return `${date.getFullYear()}/${two(date.getMonth() + 1)}/${two(date.getDate())}`;
}

/** The time between two messages: the form of `listTime`, always with the clock. */
export function separatorTime(time: number, now: number, t: Translate): string {
  const days = daysBefore(time, now);
  if (days <= 0) return clock(time);
  if (days === 1) return `${t('time.yesterday')} ${clock(time)}`;
  if (days < 7) return `${weekday(time, t)} ${clock(time)}`;
  const date = new Date(time);
  const day = date.getDate();
  const month = t('time.months').split('|')[date.getMonth()] ?? '';
  const text =
    date.getFullYear() === new Date(now).getFullYear()
      ? t('time.dateThisYear', { month, day })
      : t('time.date', { year: date.getFullYear(), month, day });
  return `${text} ${clock(time)}`;
}

/** Counts calendar days, so that 23:59 yesterday is yesterday at 00:01. Negative when a server clock is ahead. */
function daysBefore(time: number, now: number): number {
  return Math.round((midnight(now) - midnight(time)) / DAY_MS);
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

function clock(time: number): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

function weekday(time: number, t: Translate): string {
  return t('time.weekdays').split('|')[new Date(time).getDay()] ?? '';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
