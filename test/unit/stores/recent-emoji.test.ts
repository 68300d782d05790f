import { RecentEmoji } from '@/stores/app/recent-emoji';
import { memoryStorage } from '../fakes/memory-storage';

const KEY = 'yunxin.emoji.recent';

describe('the emoji chosen last', () => {
  const listOf = (stored?: string) => {
    const storage = memoryStorage();
    if (stored !== undefined) storage.set(KEY, stored);
    return new RecentEmoji(storage).list();
  };

  it('are none at first, and none of an entry that is not a list', () => {
    expect([undefined, '', '{', 'null', '"text"', '{"length":1}'].map(listOf)).toEqual(
      Array.from({ length: 6 }, () => []),
    );
  });

  it('are texts of 16 units at most', () => {
    const [longest, longer] = ['x'.repeat(16), 'x'.repeat(17)];
    expect(listOf(JSON.stringify(['a', 7, null, longer, longest]))).toEqual(['a', longest]);
  });

  it('have the newest first, each a single time, 16 in all', () => {
    const storage = memoryStorage();
    const emoji = new RecentEmoji(storage);
    for (const one of ['a', 'b', 'a']) emoji.add(one);
    expect(emoji.list()).toEqual(['a', 'b']);
    for (let count = 0; count < 20; count++) emoji.add(`e${count}`);
    expect(emoji.list()).toHaveLength(16);
    expect(emoji.list()[0]).toBe('e19');
    expect((JSON.parse(storage.get(KEY) ?? '') as unknown[]).length).toBe(16);
    expect(listOf(JSON.stringify(Array.from({ length: 30 }, () => 'z')))).toHaveLength(16);
  });
});
