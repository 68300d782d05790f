import { autorun } from 'mobx';
import { HeardVoices } from '@/stores/voice/heard-voices';
import { memoryStorage } from '../fakes/memory-storage';

const NOW = 1_700_000_000_000;
const DAY_MS = 24 * 3_600_000;
const KEY = 'yunxin.heard.anna';

function setUp(entries = new Map<string, string>()) {
  const storage = memoryStorage(entries);
  return { entries, start: (now = NOW) => new HeardVoices(storage, KEY, now) };
}

test('a heard message stays heard after a restart', () => {
  const { start } = setUp();
  const heard = start();
  expect(heard.has('m1', NOW)).toBe(false);
  heard.mark('m1', NOW);
  expect([heard.has('m1', NOW), heard.has('m2', NOW)]).toEqual([true, false]);
  const later = start(NOW + 30 * DAY_MS);
  expect([later.has('m1', NOW), later.has('m2', NOW)]).toEqual([true, false]);
});

test('a reader is called again when a message is marked', () => {
  const heard = setUp().start();
  const seen: boolean[] = [];
  const stop = autorun(() => seen.push(heard.has('m1', NOW)));
  heard.mark('m1', NOW);
  stop();
  expect(seen).toEqual([false, true]);
});

test('with an empty storage, messages older than 3 days count as heard', () => {
  const heard = setUp().start();
  expect(heard.has('old', NOW - 4 * DAY_MS)).toBe(true);
  expect(heard.has('new', NOW - 2 * DAY_MS)).toBe(false);
});

test('keeps 500 ids; messages up to the oldest dropped one count as heard', () => {
  const { entries, start } = setUp();
  const heard = start();
  for (let i = 0; i < 600; i++) heard.mark(`m${i}`, NOW + i);
  const { marks } = JSON.parse(entries.get(KEY) ?? '') as { marks: unknown[] };
  expect(marks).toHaveLength(500);
  const later = start();
  expect(Array.from({ length: 600 }, (_, i) => later.has(`m${i}`, NOW + i))).not.toContain(false);
  expect(later.has('other', NOW + 50)).toBe(true);
  expect(later.has('other', NOW + 300)).toBe(false);
});

test.each(['{', 'null', '7', '{"since":"x","marks":{}}', '{"marks":[[1,2],["m",null],null,"m"]}'])(
  'a damaged value counts as none: %s',
  (text) => {
    const heard = setUp(new Map([[KEY, text]])).start();
    expect(heard.has('m', NOW)).toBe(false);
    heard.mark('m', NOW);
    expect(heard.has('m', NOW)).toBe(true);
  },
);

test('a storage that refuses stops nothing', () => {
  const storage = memoryStorage(new Map(), () => () => true);
  const heard = new HeardVoices(storage, KEY, NOW);
  heard.mark('m', NOW);
  expect(heard.has('m', NOW)).toBe(true);
});
