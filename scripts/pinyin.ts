import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from './lib/build';

/**
 * `npx tsx scripts/pinyin.ts FOLDER`: writes the pinyin table of the contacts from an unpacked `pinyin-pro` 3.29.4
 * (MIT). The table changes only with the package, so the package is no dependency of this project.
 */
const FIRST = 0x4e00;
const LAST = 0x9fa5;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

type Pinyin = (text: string, options: object) => string;

function main(folder: string | undefined): void {
  if (folder === undefined) throw new Error('npx tsx scripts/pinyin.ts FOLDER');
  const { pinyin } = createRequire(path.resolve(folder, 'x.js'))('pinyin-pro') as {
    pinyin: Pinyin;
  };
  const of = (char: string, mode: string) => {
    const found = pinyin(char, { toneType: 'none', v: true, mode });
    return /^[a-z]+$/.test(found) ? found : '';
  };
  const chars = Array.from({ length: LAST - FIRST + 1 }, (_, i) => String.fromCharCode(FIRST + i));
  const spoken = chars.map((char) => of(char, 'normal'));
  const syllables = [...new Set(spoken)].sort();
  const place = new Map(syllables.map((syllable, i) => [syllable, i]));
  const table = spoken
    .map((syllable) => {
      const i = place.get(syllable) ?? 0;
      return `${DIGITS[i >> 6] ?? ''}${DIGITS[i & 63] ?? ''}`;
    })
    .join('');
  const lines = (table.match(/.{1,5000}/g) ?? []).map((line) => `  '${line}'`);
  const surnames = chars
    .filter((char) => of(char, 'surname') !== of(char, 'normal'))
    .map((char) => `${char.charCodeAt(0).toString(16)}${of(char, 'surname')}`);
  const text = `// Written by scripts/pinyin.ts from pinyin-pro 3.29.4 (MIT); not edited by hand.

/** The syllables without tones, in order; the first is that of a character without a reading. */
export const SYLLABLES =
  '${syllables.join(' ')}';
/** Surnames that are read in another way than the word: code in hex and syllable. */
export const SURNAMES =
  '${surnames.join(' ')}';
/** For each character from U+4E00 to U+9FA5 the number of its syllable, two digits of base 64. */
export const TABLE =
${lines.join(' +\n')};
`;
  const file = path.join(ROOT, 'src/components/people/directory/pinyin-table.ts');
  writeFileSync(file, text);
  console.log(
    `${file}: ${text.length} bytes, ${syllables.length} syllables, ${surnames.join(' ')}`,
  );
}

main(process.argv[2]);
