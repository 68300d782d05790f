import { MOST_PHRASES, PHRASE_LENGTH, Phrases } from '@/stores/chat/phrases';
import { memoryStorage } from '../fakes/memory-storage';

const KEY = 'yunxin.phrases.anna';

function start(entries: Map<string, string>, staysSignedIn = true): Phrases {
  return new Phrases('anna', memoryStorage(entries), () => staysSignedIn);
}

test('phrases are kept, the newest first, each once', () => {
  const entries = new Map<string, string>();
  const phrases = start(entries);
  for (const phrase of ['好的', '稍等', '好的']) expect(phrases.add(phrase)).toBe(true);
  expect(phrases.list).toEqual(['好的', '稍等']);
  expect(start(entries).list).toEqual(['好的', '稍等']);
  phrases.remove('好的');
  expect(start(entries).list).toEqual(['稍等']);
});

test('a full list of phrases refuses another, and a long phrase is cut', () => {
  const phrases = start(new Map());
  for (let i = 0; i < MOST_PHRASES; i++) expect(phrases.add(`${i}`)).toBe(true);
  expect(phrases.add('more')).toBe(false);
  expect(phrases.list).toHaveLength(MOST_PHRASES);
  phrases.remove('7');
  phrases.add('x'.repeat(PHRASE_LENGTH + 1));
  expect(phrases.list[0]).toHaveLength(PHRASE_LENGTH);
});

test('phrases are not stored for a user who does not stay signed in', () => {
  const entries = new Map<string, string>();
  start(entries, false).add('好的');
  expect(entries.size).toBe(0);
});

test.each(['', 'null', '{}', '[1,"好的"]'])(
  'stored data of another version is no failure: %s',
  (data) => {
    const { list } = start(new Map([[KEY, data]]));
    expect(list).toEqual(data.includes('好的') ? ['好的'] : []);
  },
);
