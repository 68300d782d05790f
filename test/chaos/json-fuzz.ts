import type { Random } from '../../emulator/faults/random';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const HUGE = '汉'.repeat(60_000);

function deep(levels: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { 1: value };
  return value;
}

/** Values that a place of a JSON document may have instead of its own. */
export const VALUES: readonly Json[] = [
  null,
  true,
  false,
  -1,
  0,
  1e21,
  1.5,
  Number.MAX_SAFE_INTEGER,
  '',
  'x',
  '{',
  '{"a":',
  '[]',
  '__proto__',
  'constructor',
  '\u0000\ud800',
  '\u202e\ufeff',
  '9'.repeat(40),
  HUGE,
  [],
  {},
  [null],
  [[]],
  { 1: null },
  JSON.parse('{"__proto__":{"polluted":1},"constructor":1,"toString":null,"length":-1}') as Json,
  deep(300),
  Array.from({ length: 2000 }, () => 'x'),
];

export function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)] as T;
}

/** Changes a place of a document: another value, a missing field, a doubled or missing element. */
export function alterJson(value: Json, random: Random): Json {
  if (typeof value !== 'object' || value === null || random() < 0.12) return pick(VALUES, random);
  if (Array.isArray(value)) {
    if (value.length === 0) return pick(VALUES, random);
    const at = Math.floor(random() * value.length);
    if (random() < 0.1) return value.filter((_, index) => index !== at);
    if (random() < 0.1) return [...value, value[at] as Json];
    return value.map((each, index) => (index === at ? alterJson(each, random) : each));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return pick(VALUES, random);
  const key = pick(keys, random);
  const { [key]: chosen = null, ...others } = value;
  if (random() < 0.2) return others;
  return { ...value, [key]: alterJson(chosen, random) };
}

/**
 * Changes a text that the app reads as JSON, or as a plain value: cut, of another character set, not JSON, or JSON with
 * a place changed.
 */
export function alterText(text: string, random: Random): string {
  switch (Math.floor(random() * 8)) {
    case 0:
      return text.slice(0, Math.floor(random() * text.length));
    case 1:
      return text.replace(/[{}[\]":,]/g, (sign) => (random() < 0.15 ? '' : sign));
    case 2:
      return Buffer.from(text).toString(pick(['latin1', 'utf16le'] as const, random));
    case 3:
      return JSON.stringify(pick(VALUES, random));
    case 4:
      return textOf(pick(VALUES, random));
    default:
      try {
        let value = JSON.parse(text) as Json;
        for (let count = 1 + Math.floor(random() * 3); count > 0; count--)
          value = alterJson(value, random);
        return JSON.stringify(value);
      } catch {
        return text + text;
      }
  }
}

/** An object without a usable `toString` has no text. */
export function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
