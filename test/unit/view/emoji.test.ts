import { emojiOf, GROUP_SIGNS, recentEmoji, searchEmoji } from '@/components/composer/emoji';
import { EMOJI_TABLE } from '@/components/composer/emoji-table';
import { graphemesOf } from '@/i18n';
import { RecentEmoji } from '@/stores/app/recent-emoji';
import { memoryStorage } from '../fakes/memory-storage';

const signs = (found: readonly { emoji: string }[]) => found.map(({ emoji }) => emoji);
const groups = EMOJI_TABLE.map((_, index) => emojiOf(index));

describe('the emoji of the panel', () => {
  test('have a tab for each group', () => {
    expect(groups).toHaveLength(GROUP_SIGNS.length);
    GROUP_SIGNS.forEach((sign, index) => expect(signs(groups[index] ?? [])).toContain(sign));
  });

  test('are single characters with a name in both languages, each once', () => {
    const all = groups.flat();
    expect(all.length).toBeGreaterThan(700);
    expect(new Set(signs(all)).size).toBe(all.length);
    for (const { emoji, names } of all) {
      expect(graphemesOf(emoji)).toHaveLength(1);
      expect(names.zh).toMatch(/[\u4e00-\u9fff]|ok/);
      expect(names.en).toMatch(/[a-z]/);
      expect(names.en).not.toMatch(/[,;/]/);
    }
  });

  test('are few enough for a setData, and their table for a package', () => {
    for (const group of groups) expect(group.length).toBeLessThan(200);
    expect(Buffer.byteLength(EMOJI_TABLE.join(''))).toBeLessThan(35_000);
  });

  test('are found by Chinese and English words, those that begin with the query first', () => {
    expect(signs(searchEmoji('火箭'))).toEqual(['🚀']);
    expect(signs(searchEmoji(' ROCKET '))).toEqual(['🚀']);
    expect(signs(searchEmoji('猫')).length).toBeGreaterThan(3);
    const found = searchEmoji('art').map(({ words }) => words.includes(' art'));
    expect(found).toContain(true);
    expect(found).toContain(false);
    expect(found.indexOf(false)).toBeGreaterThan(found.lastIndexOf(true));
    expect(searchEmoji('a')).toHaveLength(64);
    expect(searchEmoji('  ')).toEqual([]);
    expect(searchEmoji('no such emoji')).toEqual([]);
  });

  test('are offered as recent as they were used, and eight common emoji before', () => {
    expect(recentEmoji([])).toHaveLength(8);
    expect(signs(recentEmoji(['🚀', 'junk', '😀']))).toEqual(['🚀', '😀']);
  });
});

describe('the recent emoji', () => {
  const KEY = 'yunxin.emoji.recent';

  test('are the newest 16 of the device, each once', () => {
    const entries = new Map<string, string>();
    const recent = new RecentEmoji(memoryStorage(entries));
    const used = signs(emojiOf(0)).slice(0, 20);
    for (const emoji of used) recent.add(emoji);
    recent.add(used[10] ?? '');
    const list = new RecentEmoji(memoryStorage(entries)).list();
    expect(list).toHaveLength(16);
    expect(list[0]).toBe(used[10]);
    expect(new Set(list).size).toBe(16);
  });

  test.each(['{', 'null', '7', '{"a":1}', '[7, null, "xxxxxxxxxxxxxxxxxxxxxxxxx"]'])(
    'are empty after a broken record %s, and kept again',
    (record) => {
      const recent = new RecentEmoji(memoryStorage(new Map([[KEY, record]])));
      expect(recent.list()).toEqual([]);
      recent.add('🚀');
      expect(recent.list()).toEqual(['🚀']);
    },
  );
});
