import { graphemesOf } from '@/i18n';

const COLOURS = 8;

/**
 * Characters that draw nothing: controls, spaces, marks without a letter, direction and joining signs, and
 * fillers that count as letters. As a literal it would not load where regular expressions are older.
 */
const INVISIBLE = patternOfInvisible();

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

/** What stands for a name: its first visible character, Latin letters as capitals. */
export function initialOf(name: string): string {
  const first = graphemesOf(name).find((character) => !INVISIBLE.test(character)) ?? '';
  // Some letters have two capitals: \ufb01 gives FI, \u00df gives SS.
  return graphemesOf(first.toUpperCase())[0] ?? '';
}

/** Which of the eight avatar colours an account has; the same everywhere, for ever. */
export function avatarColour(accountId: string): number {
  let hash = 0;
  for (const character of accountId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % COLOURS;
}
