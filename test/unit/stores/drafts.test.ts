import { autorun } from 'mobx';
import { Drafts, keepDraftsOf } from '@/stores/chat/drafts';
import { memoryStorage } from '../fakes/memory-storage';

const ME = 'me';
const KEY = `yunxin.drafts.${ME}`;
const BEN = `${ME}|1|ben`;

function start(entries = new Map<string, string>(), isKept = true) {
  const storage = memoryStorage(entries);
  return { entries, storage, drafts: new Drafts(storage, ME, () => isKept) };
}

describe('drafts', () => {
  test('are kept for each conversation, over a start of the app', () => {
    const { drafts, entries } = start();
    drafts.keep(BEN, 'half a sen');
    drafts.keep(`${ME}|2|team`, '另一个');
    drafts.keep(BEN, 'half a sentence');
    drafts.dispose({ forget: false });
    const next = start(entries).drafts;
    expect(next.of(BEN)).toBe('half a sentence');
    expect(next.of(`${ME}|2|team`)).toBe('另一个');
    expect(next.of(`${ME}|1|cleo`)).toBe('');
  });

  test('keep what the composer has beside the text, until the text ends', () => {
    const { drafts, entries } = start();
    drafts.keep(BEN, '@Ben hi', '[1]');
    drafts.dispose({ forget: false });
    const next = start(entries).drafts;
    expect(next.extraOf(BEN)).toBe('[1]');
    next.keep(BEN, 'hi');
    expect(next.extraOf(BEN)).toBe('');
    entries.set(KEY, JSON.stringify([{ conversationId: BEN, text: 'x', extra: 7 }]));
    expect(start(entries).drafts.of(BEN)).toBe('');
  });

  test('end with an empty text or spaces, also on the device', () => {
    const { drafts, entries } = start();
    drafts.keep(BEN, 'x');
    drafts.keep(BEN, ' \n');
    expect(drafts.of(BEN)).toBe('');
    expect(entries.has(KEY)).toBe(false);
  });

  test('are stored only for users who stay signed in', () => {
    const entries = new Map([[KEY, JSON.stringify([{ conversationId: BEN, text: 'old' }])]]);
    const { drafts } = start(entries, false);
    expect(drafts.of(BEN)).toBe('');
    drafts.keep(BEN, 'new');
    expect(drafts.of(BEN)).toBe('new');
    expect(entries.size).toBe(0);
  });

  test('are removed at the sign-out, and not stored again by a composer that closes later', () => {
    const { drafts, entries } = start();
    drafts.keep(BEN, 'x');
    drafts.dispose({ forget: true });
    drafts.keep(BEN, 'y');
    expect(entries.size).toBe(0);
  });

  test('of other accounts are removed at the start', () => {
    const { storage, entries, drafts } = start();
    drafts.keep(BEN, 'x');
    entries.set('yunxin.drafts.other', '[]');
    keepDraftsOf(ME, storage);
    expect([...entries.keys()]).toEqual([KEY]);
    keepDraftsOf(undefined, storage);
    expect(entries.size).toBe(0);
  });

  test('on the device are the 50 newest, and none is longer than a message', () => {
    const { drafts, entries } = start();
    for (let i = 0; i < 60; i++) drafts.keep(`${ME}|1|a${i}`, 'x'.repeat(10));
    drafts.keep(`${ME}|1|a11`, 'newest');
    drafts.keep(BEN, 'y'.repeat(5001));
    expect(drafts.of(BEN)).toHaveLength(5001);
    const next = start(entries).drafts;
    expect(next.of(BEN)).toBe('');
    expect(next.of(`${ME}|1|a11`)).toBe('newest');
    expect(next.of(`${ME}|1|a10`)).not.toBe('');
    expect(next.of(`${ME}|1|a9`)).toBe('');
    expect(String(entries.get(KEY)).length).toBeLessThan(50 * 5100);
  });

  test.each(['{', 'null', '7', '[7, {}, {"conversationId":"me|1|ben","text":7}]'])(
    'survive a broken record %s',
    (record) => {
      const { drafts } = start(new Map([[KEY, record]]));
      expect(drafts.of(BEN)).toBe('');
      drafts.keep(BEN, 'x');
      expect(drafts.of(BEN)).toBe('x');
    },
  );

  test('tell the row of their own conversation, and only about a change', () => {
    const { drafts } = start();
    const seen: string[] = [];
    let others = 0;
    const stop = autorun(() => seen.push(drafts.of(BEN)));
    const stopOther = autorun(() => void (drafts.of(`${ME}|1|cleo`), others++));
    drafts.keep(BEN, 'x');
    drafts.keep(BEN, 'x');
    drafts.keep(BEN, '');
    expect(seen).toEqual(['', 'x', '']);
    expect(others).toBe(1);
    stop();
    stopOther();
  });
});
