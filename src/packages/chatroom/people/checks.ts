import { InvalidParameter } from '../connection/enter-params';
import type { Say } from './texts';

/** The server's limits, in characters. Extensions: seed 004; the others: Yunxin's server API for rooms. */
export const LIMITS = {
  roomName: 128,
  announcement: 4096,
  liveUrl: 1024,
  serverExtension: 4096,
  roomNick: 64,
  roomAvatar: 1024,
  notificationExtension: 2048,
} as const;

/** Says what is wrong with a text, or nothing. */
export type Check = (typed: string, say: Say) => string | undefined;

export function atMost(limit: number): Check {
  return (typed, say) =>
    typed.length > limit ? say('form.tooLong', { limit, length: typed.length }) : undefined;
}

export const required: Check = (typed, say) =>
  typed.trim() === '' ? say('form.required') : undefined;

/** Empty, or an absolute address with one of these schemes. */
export function address(...schemes: readonly string[]): Check {
  return (typed, say) =>
    typed === '' ||
    schemes.some((scheme) => typed.startsWith(scheme) && typed.length > scheme.length)
      ? undefined
      : say('form.address', { schemes: schemes.join(' ') });
}

export const aNumber: Check = (typed, say) => (isNumber(typed) ? undefined : say('form.number'));

export const aDistance: Check = (typed, say) =>
  isNumber(typed) && Number(typed) >= 0 ? undefined : say('form.distance');

/** The first thing that is wrong. */
export function all(...checks: readonly Check[]): Check {
  return (typed, say) => {
    for (const check of checks) {
      const problem = check(typed, say);
      if (problem) return problem;
    }
    return undefined;
  };
}

/** Tags as they were typed: between commas or spaces, each once. */
export function parseTags(typed: string): string[] {
  return [...new Set(typed.split(/[,\uff0c\u3001\s]+/).filter(Boolean))];
}

/** What a store's own check found wrong, for the field it names; undefined for any other error. */
export function fieldProblem(
  error: unknown,
  say: Say,
): { field: string; text: string } | undefined {
  if (!(error instanceof InvalidParameter)) return undefined;
  const { field } = error;
  return { field: field.split('.').pop() ?? field, text: say('form.invalid') };
}

function isNumber(typed: string): boolean {
  return typed.trim() !== '' && Number.isFinite(Number(typed));
}
