import { CHARACTERS, WORDS } from './traditional-table';

/** Characters and words of simplified Chinese, each with its form in Taiwan. */
export type Phrases = ReadonlyMap<string, string>;

/** The longest word of the table, characters; a unit test compares it with the table. */
export const LONGEST_WORD = 8;

let table: Phrases | undefined;
const converted = new Map<string, string>();

/**
 * The text of a catalogue in the Chinese of Taiwan. The table has the characters and words that the catalogues use, so
 * texts of people are not passed through it.
 */
export function toTraditional(text: string): string {
  let found = converted.get(text);
  if (found === undefined) {
    table ??= readTable();
    converted.set(text, (found = replaceWords(text, table)));
  }
  return found;
}

/** A query in traditional Chinese, as the simplified words of the catalogues have it, character by character. */
export function toSimplified(text: string): string {
  return [...text]
    .map((char) => {
      const at = CHARACTERS.indexOf(char);
      return at % 2 === 1 ? CHARACTERS.charAt(at - 1) : char;
    })
    .join('');
}

function readTable(): Phrases {
  const pairs: [string, string][] = WORDS.split(' ').map((pair) => {
    const [word = '', form = ''] = pair.split('>');
    return [word, form];
  });
  for (let i = 0; i < CHARACTERS.length; i += 2)
    pairs.push([CHARACTERS.charAt(i), CHARACTERS.charAt(i + 1)]);
  return new Map(pairs);
}

/** Replaces the longest word at each place, from left to right. */
export function replaceWords(text: string, words: Phrases): string {
  let replaced = '';
  for (let at = 0; at < text.length;) {
    let length = Math.min(LONGEST_WORD, text.length - at);
    while (length > 1 && !words.has(text.slice(at, at + length))) length--;
    const word = text.slice(at, at + length);
    replaced += words.get(word) ?? word;
    at += length;
  }
  return replaced;
}
