import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Converter } from 'opencc-js';
import { type Phrases, replaceWords } from '../../src/i18n/traditional';
import { ROOT } from './build';

/** Words of chat clients in Taiwan that OpenCC writes in another way. */
const OWN_WORDS: readonly (readonly [simplified: string, traditional: string])[] = [
  ['账号', '帳號'],
  ['撤回', '收回'],
  ['群聊', '群組'],
  ['后台', '後台'],
  ['退出登录', '登出'],
];
/** Files with texts for the screen. */
const CATALOGUES =
  /(^|\/)(texts|zh-CN|reasons|team-reasons|room-reasons|service-rows|emoji-table)\.ts$/;
const LONGEST_PHRASE = 8;
const HAN = /[\u3400-\u9fff]/;

const opencc = Converter({ from: 'cn', to: 'twp' });

/** The Taiwanese form of a text by OpenCC's phrase tables, with the own words. */
export function taiwanese(text: string): string {
  const own = OWN_WORDS.find(([word]) => text.includes(word));
  if (!own) return opencc(text);
  const [word, traditional] = own;
  return text.split(word).map(taiwanese).join(traditional);
}

/** Every Chinese text of the catalogues in src. */
export function chineseTexts(): string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    const name = entry.split(path.sep).join('/');
    if (!CATALOGUES.test(name)) continue;
    const text = readFileSync(path.join(ROOT, 'src', entry), 'utf8');
    for (const [, single = '', double = ''] of text.matchAll(
      /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g,
    ))
      for (const piece of (single || double).split(/[,;/|]|\{\w+\}/))
        if (HAN.test(piece)) found.add(piece);
  }
  return [...found].sort();
}

/**
 * Characters with their usual traditional form, and words that are more than the sum of their characters: the smallest
 * table found with which the app's conversion gives the Taiwanese form of each text.
 */
export function tableFor(texts: readonly string[]): Map<string, string> {
  const table = new Map<string, string>();
  for (const text of texts)
    for (const char of text) {
      const traditional = HAN.test(char) ? opencc(char) : char;
      if (traditional !== char && [...traditional].length === 1) table.set(char, traditional);
    }
  const isRight = (text: string) => replaceWords(text, table) === taiwanese(text);
  const phrases = new Map<string, string>();
  const add = (phrase: string) => {
    phrases.set(phrase, taiwanese(phrase));
    table.set(phrase, taiwanese(phrase));
  };
  for (let length = 2; length <= LONGEST_PHRASE; length++)
    for (const text of texts) {
      for (let at = 0; at + length <= text.length && !isRight(text); at++) {
        const piece = text.slice(at, at + length);
        // A piece that is cut out of a word is converted in another way than the word.
        const isWhole = taiwanese(text).includes(taiwanese(piece));
        if (isWhole && !isRight(piece)) add(piece);
      }
    }
  for (const text of texts) if (!isRight(text)) add(text);
  for (const [phrase, traditional] of phrases) {
    table.delete(phrase);
    if (texts.some((text) => text.includes(phrase) && !isRight(text)))
      table.set(phrase, traditional);
  }
  return table;
}

/** The source of src/i18n/traditional-table.ts. */
export function traditionalModule(table: Phrases): string {
  const entries = [...table];
  const characters = entries.filter(([word]) => word.length === 1).map((pair) => pair.join(''));
  const words = entries.filter(([word]) => word.length > 1).map((pair) => pair.join('>'));
  return `// Written by \`npm run traditional\` from the Chinese texts and OpenCC (opencc-js); not edited by hand.

/** Characters and their traditional forms, in pairs. */
export const CHARACTERS =
  '${characters.join('')}';
/** Words and their forms in Taiwan. */
export const WORDS =
  '${words.join(' ')}';
`;
}
