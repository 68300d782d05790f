import { ListScroll } from '@/components/message-list/list-scroll';

jest.mock('@tarojs/taro', () => ({ nextTick: () => undefined }));

const HEIGHT = 700;

/** A list of 6000 px at its end, whose nodes are in `nodes`: the upper and the lower edge in the content, px. */
function setUp() {
  const now = { scrollTop: 5300, scrollHeight: 6000, height: HEIGHT };
  const nodes: Record<string, readonly [top: number, bottom: number]> = {};
  const moves: number[] = [];
  const chat = {
    hasNewer: false,
    setAtBottom: jest.fn(),
    jumpToLatest: jest.fn(),
    loadNewer: jest.fn(),
    loadOlder: jest.fn(() => Promise.resolve()),
  };
  const edges = () => ({ oldest: undefined, newest: undefined });
  const scroll = new ListScroll(chat, { id: 'messages', edges });
  scroll.port.measure = () => Promise.resolve({ ...now });
  scroll.port.moveTo = (scrollTop) => {
    moves.push(scrollTop);
    now.scrollTop = Math.min(scrollTop, now.scrollHeight - HEIGHT);
  };
  scroll.port.spotOf = (id) => {
    const [top, bottom] = nodes[id] ?? [];
    const { scrollTop } = now;
    return Promise.resolve(
      top === undefined || bottom === undefined ? null : { top, bottom, scrollTop },
    );
  };
  return { scroll, chat, now, nodes, moves };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const found = () => Promise.resolve(true);
const noBox = () => undefined;

test('the list moves a row into its upper third with a single move, and the reader has left the end', async () => {
  const { scroll, nodes, moves } = setUp();
  nodes['b-m'] = [2000, 2100];
  const shown = scroll.toRow('m', found, noBox);
  await jest.advanceTimersByTimeAsync(500);
  expect(await shown).toBe('shown');
  expect(moves).toEqual([1800.5]);
  expect(scroll.atEnd).toBe(false);
});

test('a second jump to the same place is a new position for the view', async () => {
  const { scroll, nodes, moves, now } = setUp();
  nodes['b-m'] = [2000, 2100];
  for (let jump = 0; jump < 2; jump++) {
    now.scrollTop = 4000;
    const shown = scroll.toRow('m', found, noBox);
    await jest.advanceTimersByTimeAsync(500);
    await shown;
  }
  expect(new Set(moves).size).toBe(2);
});

test('a row that the view gets later is waited for, and moved again when its place has changed', async () => {
  const { scroll, nodes, moves } = setUp();
  const shown = scroll.toRow('m', found, noBox);
  await jest.advanceTimersByTimeAsync(200);
  expect(moves).toEqual([]);
  nodes['b-m'] = [2000, 2100];
  await jest.advanceTimersByTimeAsync(50);
  nodes['b-m'] = [3000, 3100];
  await jest.advanceTimersByTimeAsync(500);
  expect(await shown).toBe('shown');
  expect(moves.map(Math.floor)).toEqual([1800, 2800]);
});

test('a row in an unloaded segment is reached through the box of the segment', async () => {
  const { scroll, nodes, moves } = setUp();
  nodes.box = [1000, 2920];
  const shown = scroll.toRow('m', found, () => 'box');
  await jest.advanceTimersByTimeAsync(50);
  expect(moves.map(Math.floor)).toEqual([1000]);
  nodes['b-m'] = [2500, 2600];
  await jest.advanceTimersByTimeAsync(500);
  expect(await shown).toBe('shown');
  expect(Math.floor(moves[moves.length - 1] ?? 0)).toBe(2300);
});

test('no page is loaded on the way, and the next page is asked for where the list comes to rest', async () => {
  const { scroll, chat, nodes, now } = setUp();
  chat.hasNewer = true;
  const shown = scroll.toRow('m', found, noBox);
  scroll.onLower();
  scroll.onUpper();
  scroll.onScroll({ detail: { scrollTop: 5300, scrollHeight: 6000 } });
  await jest.advanceTimersByTimeAsync(200);
  expect(chat.loadNewer).not.toHaveBeenCalled();
  expect(chat.loadOlder).not.toHaveBeenCalled();
  nodes['b-m'] = [300, 400];
  await jest.advanceTimersByTimeAsync(500);
  await shown;
  expect(now.scrollTop).toBeLessThan(600);
  expect(chat.loadOlder).toHaveBeenCalledTimes(1);
  expect(chat.loadNewer).not.toHaveBeenCalled();
});

test('a message that is gone and a request that fails leave the list at its end', async () => {
  const { scroll, moves } = setUp();
  const gone = scroll.toRow('m', () => Promise.resolve(false), noBox);
  expect(await gone).toBe('missing');
  expect(scroll.atEnd).toBe(true);
  const failed = scroll.toRow('m', () => Promise.reject(new Error('no link')), noBox);
  await expect(failed).rejects.toThrow('no link');
  expect(scroll.atEnd).toBe(true);
  expect(moves).toEqual([]);
});

test('the way to the end and a later jump overtake a jump', async () => {
  const { scroll, nodes, moves } = setUp();
  nodes['b-later'] = [1000, 1100];
  let answer: (isFound: boolean) => void = () => undefined;
  const first = scroll.toRow('m', () => new Promise((done) => (answer = done)), noBox);
  const second = scroll.toRow('later', found, noBox);
  answer(true);
  expect(await first).toBe('overtaken');
  scroll.toEnd();
  await jest.advanceTimersByTimeAsync(500);
  expect(await second).toBe('overtaken');
  expect(moves.filter((move) => move < 10_000)).toEqual([]);
  expect(scroll.atEnd).toBe(true);
});
