import { fill, languageOf, translatorFor } from '@/i18n';
import { en } from '@/i18n/en';
import type { Entry } from '@/i18n/types';
import { zhCN } from '@/i18n/zh-CN';
import { sourceFiles } from './source-files';

const keys = Object.keys(zhCN) as (keyof typeof zhCN)[];
const forms = (entry: Entry) => (typeof entry === 'string' ? [entry] : [entry.one, entry.other]);
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('both languages have the same keys', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zhCN));
});

test.each(keys)('%s is written and takes the same parameters in both', (key) => {
  expect(zhCN[key].trim()).not.toBe('');
  for (const form of forms(en[key])) {
    expect(form.trim()).not.toBe('');
    expect(placeholders(form)).toEqual(placeholders(zhCN[key]));
  }
});

test('English holds no Chinese but the name of the other language', () => {
  const mixed = keys.filter((key) => forms(en[key]).some((form) => /[\u4e00-\u9fff]/.test(form)));
  expect(mixed).toEqual(['me.languageZh']);
});

test('English has two forms of a number, Chinese one', () => {
  const texts = [1, 2].map((count) => [
    translatorFor('en')('chat.newMessages', { count }),
    translatorFor('zh-CN')('chat.newMessages', { count }),
  ]);
  expect(texts).toEqual([
    ['1 new message', '1 条新消息'],
    ['2 new messages', '2 条新消息'],
  ]);
});

test('the function of a language is always the same one', () => {
  expect(translatorFor('en')).toBe(translatorFor('en'));
});

test('weekdays and months are complete', () => {
  for (const catalogue of [zhCN, en]) {
    expect(String(catalogue['time.weekdays']).split('|')).toHaveLength(7);
    expect(String(catalogue['time.months']).split('|')).toHaveLength(12);
  }
});

test('the language of the host', () => {
  expect(['zh_CN', 'zh-Hant-TW', 'en', 'en-US', 'fr'].map(languageOf)).toEqual([
    'zh-CN',
    'zh-CN',
    'en',
    'en',
    'en',
  ]);
});

test('no text is carried that nobody shows', () => {
  const code = sourceFiles('.ts', '.tsx')
    .filter(({ name }) => !name.startsWith('i18n'))
    .map(({ text }) => text)
    .join('\n');
  // Some are named by a template: `device.${type}`.
  const named = (key: string) =>
    code.includes(`'${key}'`) || code.includes(`\`${key.slice(0, key.lastIndexOf('.'))}.\${`);
  expect(keys.filter((key) => !named(key))).toEqual([]);
});

describe('a value within a sentence', () => {
  test.each([
    ['a nick of everyday letters stays as it is', '小明 Anna', '小明 Anna recalled'],
    ['an override is taken out', 'abc\u202edef', '\u2068abcdef\u2069 recalled'],
    ['Arabic keeps its own direction', 'مرحبا', '\u2068مرحبا\u2069 recalled'],
    ['an isolate that is not closed is taken out', '\u2067abc', '\u2068abc\u2069 recalled'],
  ])('%s', (_, nick, sentence) => {
    expect(fill('{nick} recalled', { nick })).toBe(sentence);
  });
});
