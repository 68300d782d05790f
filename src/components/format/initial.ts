import { graphemesOf } from '@/i18n';

const COLOURS = 8;

/**
 * Matches characters that draw nothing: controls, spaces, marks without a letter, direction and joining
 * signs, and fillers that count as letters. A regular expression literal would fail to load on old engines.
 */
let invisible: RegExp | undefined;

function patternOfInvisible(): RegExp {
  const fillers = String.raw`\u115f\u1160\u2800\u3164\uffa0`;
  try {
    return new RegExp(String.raw`^[\p{C}\p{Z}\p{M}${fillers}]*$`, 'u');
  } catch {
    const signs = String.raw`[\s\u0000-\u001f\u007f-\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff${fillers}]`;
    const marks = String.raw`[\u0300-\u036f]|[\ufe00-\ufe0f]`;
    return new RegExp(`^(?:${signs}|${marks})*$`, 'u');
  }
}

/** Matches a name that begins with a plain letter or digit of one code unit, followed by no joining character. */
const PLAIN = /^[0-9A-Za-z\u4e00-\u9fff](?=$|[ 0-9A-Za-z\u4e00-\u9fff])/;

/** The initial of a name: its first visible character, Latin letters as capitals. */
export function initialOf(name: string): string {
  // Most names take this path: the first screen must not wait for tables of characters.
  const plain = PLAIN.exec(name)?.[0];
  if (plain !== undefined) return plain.toUpperCase();
  const drawsNothing = (invisible ??= patternOfInvisible());
  const first = graphemesOf(name).find((character) => !drawsNothing.test(character)) ?? '';
  // Some letters have two capitals: \ufb01 gives FI, \u00df gives SS.
  return graphemesOf(first.toUpperCase())[0] ?? '';
}

/** One of eight avatar colours for an account. The result must never change. */
export function avatarColour(accountId: string): number {
  let hash = 0;
  for (const character of accountId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % COLOURS;
}
