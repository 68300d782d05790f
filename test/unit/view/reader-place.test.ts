import { keepPlace, leftPlaceOf } from '@/packages/chat/left-places';
import { ReaderPlace } from '@/packages/chat/reader-place';
import type { AccountStores, Chat } from '@/stores';
import { FakeClock, settle } from '../fakes/fake-clock';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({}));

const ROW = 50;

/** A list with `older` rows as history and `newer` as live rows, each 50 px high, with a bubble of 40 px in it. */
function stage({ older = 100, newer = 40, scrollTop = 0 } = {}) {
  const rows = Array.from({ length: older + newer }, (_, i) => ({
    messageClientId: `m${i}`,
    createTime: i,
  }));
  const chat = {
    history: rows.slice(0, older).reverse(),
    live: rows.slice(older),
    placing: { historyStart: 0, liveStart: 30, generation: 4 },
  } as unknown as Chat;
  const list = { scrollTop, atEnd: false, asked: 0 };
  const topOf = (id: string): [number, number] | null => {
    const bubble = /^b-m(\d+)$/.exec(id);
    if (bubble) return [Number(bubble[1]) * ROW + 5, 40];
    const [, part, number] = /^messages-(history|live)-4-(\d+)$/.exec(id) ?? [];
    if (part === 'history') {
      const first = Math.max(0, older - 30 * (Number(number) + 1));
      return [first * ROW, (older - 30 * Number(number) - first) * ROW];
    }
    const from = older + 30 * (Number(number) - 1);
    return part ? [from * ROW, Math.min(30, older + newer - from) * ROW] : null;
  };
  const scroll = {
    get atEnd() {
      return list.atEnd;
    },
    port: {
      spotOf: (id: string) => {
        list.asked++;
        const [top, height] = topOf(id) ?? [];
        return Promise.resolve(
          top === undefined || height === undefined
            ? null
            : { top, bottom: top + height, scrollTop: list.scrollTop },
        );
      },
    },
  };
  const clock = new FakeClock();
  const reader = new ReaderPlace(chat, scroll as never, clock, null);
  return { list, clock, reader };
}

test.each([
  ['in the oldest segment', 0, 'm0', 5],
  ['in the middle of a bubble', 1220, 'm24', -15],
  ['between two bubbles', 2498, 'm50', 7],
  ['in the live rows', 100 * ROW + 1600, 'm132', 5],
])('the message at the upper edge is found %s', async (_, scrollTop, messageClientId, offset) => {
  const { reader, clock, list } = stage({ scrollTop });
  reader.scrolled();
  await clock.advance(200);
  await settle();
  expect(reader.get()).toMatchObject({ messageClientId, offset });
  expect(list.asked).toBeLessThan(12);
});

test('a list that is scrolled is measured when it rests, and only then', async () => {
  const { reader, clock, list } = stage({ scrollTop: 500 });
  for (let i = 0; i < 20; i++) {
    reader.scrolled();
    await clock.advance(100);
  }
  expect(list.asked).toBe(0);
  expect(reader.get()).toBeNull();
  await clock.advance(100);
  await settle();
  expect(reader.get()).toMatchObject({ messageClientId: 'm10' });
});

test('a reader at the end has no place', async () => {
  const { reader, clock, list } = stage({ scrollTop: 500 });
  reader.scrolled();
  await clock.advance(200);
  list.atEnd = true;
  expect(reader.get()).toBeNull();
});

test('a measurement that a scroll or the end of the page overtakes is dropped', async () => {
  const { reader, clock } = stage({ scrollTop: 500 });
  reader.scrolled();
  const measured = clock.advance(200);
  reader.dispose();
  await measured;
  await settle();
  expect(reader.get()).toBeNull();
});

test('the places of the last 50 chats are kept, each account its own', () => {
  const [anna, ben] = [{}, {}] as AccountStores[];
  if (!anna || !ben) throw new Error('no accounts');
  const place = (i: number) => ({ messageClientId: `m${i}`, createTime: i, offset: -3 });
  for (let i = 0; i < 50; i++) keepPlace(anna, `chat ${i}`, place(i));
  keepPlace(anna, 'chat 0', place(100));
  keepPlace(anna, 'chat 50', place(50));
  expect(leftPlaceOf(anna, 'chat 0')).toEqual(place(100));
  expect(leftPlaceOf(anna, 'chat 1')).toBeNull();
  expect(leftPlaceOf(anna, 'chat 50')).toEqual(place(50));
  expect(leftPlaceOf(ben, 'chat 50')).toBeNull();
  keepPlace(anna, 'chat 50', null);
  expect(leftPlaceOf(anna, 'chat 50')).toBeNull();
});
