import { InvalidParameter } from '../connection/enter-params';
import type { PeopleTexts } from './texts';

/**
 * The server's limits, in characters. Extensions: docs/seed-map.md, seed 004; the others: Yunxin's server API
 * for rooms.
 */
export const LIMITS = {
  roomName: 128,
  announcement: 4096,
  liveUrl: 1024,
  serverExtension: 4096,
  roomNick: 64,
  roomAvatar: 1024,
  notificationExtension: 2048,
} as const;

/** Returns the error text for a value, or undefined. */
export type Check = (typed: string, t: PeopleTexts) => string | undefined;

export function atMost(limit: number): Check {
  return (typed, t) =>
    typed.length > limit ? t('form.tooLong', { limit, length: typed.length }) : undefined;
}

export const required: Check = (typed, t) => (typed.trim() === '' ? t('form.required') : undefined);

/** Accepts an empty text, or an absolute address with one of these schemes. */
export function addressWithScheme(...schemes: readonly string[]): Check {
  return (typed, t) =>
    typed === '' ||
    schemes.some((scheme) => typed.startsWith(scheme) && typed.length > scheme.length)
      ? undefined
      : t('form.address', { schemes: schemes.join(' ') });
}

export const aNumber: Check = (typed, t) => (isNumber(typed) ? undefined : t('form.number'));

export const aDistance: Check = (typed, t) =>
  isNumber(typed) && Number(typed) >= 0 ? undefined : t('form.distance');

/** Returns the first error of several checks. */
export function firstProblemOf(...checks: readonly Check[]): Check {
  return (typed, t) => {
    for (const check of checks) {
      const problem = check(typed, t);
      if (problem) return problem;
    }
    return undefined;
  };
}

/** Splits typed tags at commas and spaces and removes duplicates. */
export function parseTags(typed: string): string[] {
  return [...new Set(typed.split(/[,\uff0c\u3001\s]+/).filter(Boolean))];
}

/** The error of a store's own validation for the field that it names; undefined for any other error. */
export function fieldProblem(
  error: unknown,
  t: PeopleTexts,
): { field: string; text: string } | undefined {
  if (!(error instanceof InvalidParameter)) return undefined;
  const { field } = error;
  return { field: field.split('.').pop() ?? field, text: t('form.invalid') };
}

function isNumber(typed: string): boolean {
  return typed.trim() !== '' && Number.isFinite(Number(typed));
}
