import { SURNAMES, SYLLABLES, TABLE } from './pinyin-table';

const FIRST = 0x4e00;
const syllables = SYLLABLES.split(' ');
const surnames = new Map(
  SURNAMES.split(' ').map((each): [number, string] => [
    parseInt(each.slice(0, 4), 16),
    each.slice(4),
  ]),
);

/** The pinyin of a Chinese character without its tone; empty for any other. A `surname` may be read differently. */
export function syllableOf(char: string, surname = false): string {
  const code = char.charCodeAt(0);
  const place = (code - FIRST) * 2;
  if (!(place >= 0 && place < TABLE.length)) return '';
  const known = surname ? surnames.get(code) : undefined;
  return known ?? syllables[digit(place) * 64 + digit(place + 1)] ?? '';
}

/** The value of a digit of base 64: A to Z, a to z, 0 to 9, - and _. */
function digit(place: number): number {
  const code = TABLE.charCodeAt(place);
  if (code === 45) return 62;
  if (code === 95) return 63;
  if (code < 58) return code + 4;
  return code < 91 ? code - 65 : code - 71;
}
