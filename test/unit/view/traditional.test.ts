import { chineseTexts, taiwanese } from '../../../scripts/lib/traditional';
import { searchEmoji } from '@/components/composer/emoji';
import { appTexts, fill, inLanguage } from '@/i18n';
import { LONGEST_WORD, replaceWords, toTraditional } from '@/i18n/traditional';
import { WORDS } from '@/i18n/traditional-table';

test('every Chinese text has the form that OpenCC gives it; else run `npm run traditional`', () => {
  const texts = chineseTexts();
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter((text) => toTraditional(text) !== taiwanese(text))).toEqual([]);
});

test('no word of the table is longer than the app looks for', () => {
  const lengths = WORDS.split(' ').map((pair) => pair.split('>')[0]?.length ?? 0);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(LONGEST_WORD);
});

test('words are those of Taiwan, and values are left as they are', () => {
  expect(appTexts('zh-TW')('me.devices')).toBe('登入裝置');
  expect(fill('{name}撤回了一条消息', { name: '后台消息' }, 'zh-TW')).toBe(
    '后台消息收回了一條訊息',
  );
  expect(appTexts('zh-TW')('chat.newMessages', { count: 2 })).toBe('2 條新訊息');
  expect(inLanguage({ zh: '网络不可用', en: 'Offline' }, 'zh-TW')).toBe('網路不可用');
  expect(inLanguage({ zh: '网络不可用', en: 'Offline' }, 'en')).toBe('Offline');
});

test('the longest word counts, from left to right', () => {
  const words = new Map([
    ['ab', '1'],
    ['abc', '2'],
    ['c', '3'],
  ]);
  expect(replaceWords('abcabxc', words)).toBe('21x3');
});

test('an emoji is found by a traditional word', () => {
  expect(searchEmoji('貓').map(({ emoji }) => emoji)).toContain('🐱');
});
