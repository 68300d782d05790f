import { graphemesOf } from '@/i18n';

const COLOURS = 8;

/**
 * Characters that draw nothing: controls, spaces, marks without a letter, direction and joining signs, and
 * fillers that count as letters. As a literal it would not load where regular expressions are older.
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

/** A name that begins with a letter or digit of one unit, and no sign that joins it follows. */
const PLAIN = /^[0-9A-Za-z\u4e00-\u9fff](?=$|[ 0-9A-Za-z\u4e00-\u9fff])/;

/** What stands for a name: its first visible character, Latin letters as capitals. */
export function initialOf(name: string): string {
  // Most names: the first screen shall not wait for tables of characters.
  const plain = PLAIN.exec(name)?.[0];
  if (plain !== undefined) return plain.toUpperCase();
  const drawsNothing = (invisible ??= patternOfInvisible());
  const first = graphemesOf(name).find((character) => !drawsNothing.test(character)) ?? '';
  // Some letters have two capitals: \ufb01 gives FI, \u00df gives SS.
  return graphemesOf(first.toUpperCase())[0] ?? '';
}

/** Which of the eight avatar colours an account has; the same everywhere, for ever. */
export function avatarColour(accountId: string): number {
  let hash = 0;
  for (const character of accountId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % COLOURS;
}
