import { fill, languageOf, appTexts } from '@/i18n';
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

test.each(keys)('%s has a text and the same parameters in both languages', (key) => {
  expect(zhCN[key].trim()).not.toBe('');
  for (const form of forms(en[key])) {
    expect(form.trim()).not.toBe('');
    expect(placeholders(form)).toEqual(placeholders(zhCN[key]));
  }
});

test('English contains no Chinese except the name of the other language', () => {
  const mixed = keys.filter((key) => forms(en[key]).some((form) => /[\u4e00-\u9fff]/.test(form)));
  expect(mixed).toEqual([]);
});

test('English has two number forms, Chinese has a single form', () => {
  const texts = [1, 2].map((count) => [
    appTexts('en')('chat.newMessages', { count }),
    appTexts('zh-CN')('chat.newMessages', { count }),
  ]);
  expect(texts).toEqual([
    ['1 new message', '1 条新消息'],
    ['2 new messages', '2 条新消息'],
  ]);
});

test('the function of a language keeps its identity', () => {
  expect(appTexts('en')).toBe(appTexts('en'));
});

test('weekdays and months are complete', () => {
  for (const catalogue of [zhCN, en]) {
    expect(String(catalogue['time.weekdays']).split('|')).toHaveLength(7);
    expect(String(catalogue['time.months']).split('|')).toHaveLength(12);
  }
});

test('the language of the host decides the language of the app', () => {
  expect(['zh_CN', 'zh-Hant-TW', 'en', 'en-US', 'fr'].map(languageOf)).toEqual([
    'zh-CN',
    'zh-TW',
    'en',
    'en',
    'en',
  ]);
  expect(['zh_TW', 'zh_HK', 'zh-Hant', 'zh-Hans-CN', 'zh'].map(languageOf)).toEqual([
    'zh-TW',
    'zh-TW',
    'zh-TW',
    'zh-CN',
    'zh-CN',
  ]);
});

test('every text of the catalogue is in use', () => {
  const code = sourceFiles('.ts', '.tsx')
    .filter(({ name }) => !name.startsWith('i18n'))
    .map(({ text }) => text)
    .join('\n');
  // Some keys are built by a template: `device.${type}`.
  const named = (key: string) =>
    code.includes(`'${key}'`) || code.includes(`\`${key.slice(0, key.lastIndexOf('.'))}.\${`);
  expect(keys.filter((key) => !named(key))).toEqual([]);
});

describe('a value within a sentence', () => {
  test.each([
    ['leaves a nick of everyday letters unchanged', '小明 Anna', '小明 Anna recalled'],
    ['removes an override', 'abc\u202edef', '\u2068abcdef\u2069 recalled'],
    ['isolates Arabic, which keeps its own direction', 'مرحبا', '\u2068مرحبا\u2069 recalled'],
    ['removes an isolate that is not closed', '\u2067abc', '\u2068abc\u2069 recalled'],
  ])('%s', (_, nick, sentence) => {
    expect(fill('{nick} recalled', { nick })).toBe(sentence);
  });
});

test('a host whose language is not a text has English', () => {
  const odd = JSON.parse('{"toString":null}') as unknown;
  expect([odd, null, 7, undefined].map(languageOf)).toEqual(['en', 'en', 'en', 'en']);
});
