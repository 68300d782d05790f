import { ListScroll } from '@/components/message-list/list-scroll';
import type { ScrollExtent } from '@/components/message-list/scroll-port';

const ticks: (() => void)[] = [];
jest.mock('@tarojs/taro', () => ({ nextTick: (task: () => void) => ticks.push(task) }));

const END = 1_000_000;

/** A list of 3000 px on a screen of 700, and a chat that notes what it is told. */
async function setUp(extent: Partial<ScrollExtent> = {}) {
  const now: ScrollExtent = { scrollTop: 2300, scrollHeight: 3000, height: 700, ...extent };
  const moves: number[] = [];
  const chat = {
    hasNewer: false,
    history: [] as number[],
    atBottom: [] as boolean[],
    setAtBottom: (atBottom: boolean) => chat.atBottom.push(atBottom),
    jumpToLatest: jest.fn(),
    loadNewer: jest.fn(),
    loadOlder: async () => void chat.history.push(chat.history.length),
  };
  const scroll = new ListScroll(chat, 'messages');
  scroll.port.moveTo = (scrollTop) => void moves.push(scrollTop);
  scroll.port.measure = () => Promise.resolve(now);
  await scroll.measure();
  const scrollTo = (scrollTop: number) => {
    now.scrollTop = scrollTop;
    scroll.onScroll({ detail: { scrollTop, scrollHeight: now.scrollHeight } });
  };
  return { scroll, chat, moves, now, scrollTo };
}

async function settle(): Promise<void> {
  for (const tick of ticks.splice(0)) tick();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

beforeEach(() => (ticks.length = 0));

test('the end is followed while the reader is there, each time by a new position', async () => {
  const { scroll, moves } = await setUp();
  scroll.followEnd();
  scroll.followEnd();
  expect(moves).toHaveLength(2);
  expect(moves.every((position) => position > END)).toBe(true);
  expect(new Set(moves).size).toBe(2);
});

test('a reader further up is left alone', async () => {
  const { scroll, chat, moves, scrollTo } = await setUp();
  scrollTo(1000);
  scroll.followEnd();
  expect(moves).toEqual([]);
  expect(chat.atBottom).toEqual([false]);
});

test('the chat is told once when the reader leaves the end and once when they are back', async () => {
  const { chat, scrollTo } = await setUp();
  for (const position of [2290, 1500, 1200, 900, 2250, 2300]) scrollTo(position);
  expect(chat.atBottom).toEqual([false, true]);
});

test('with newer messages not in the window, its end is not the end', async () => {
  const { scroll, chat, moves, scrollTo } = await setUp();
  scrollTo(1000);
  chat.hasNewer = true;
  scrollTo(2300);
  scroll.onLower();
  scroll.followEnd();
  expect(chat.loadNewer).toHaveBeenCalledTimes(1);
  expect(chat.atBottom).toEqual([false]);
  expect(moves).toEqual([]);
});

test('a position that was applied before the rows were laid out is given again', async () => {
  const { scroll, moves, now } = await setUp();
  scroll.followEnd();
  now.scrollHeight = 3100;
  await settle();
  expect(moves).toHaveLength(2);
});

describe('older rows above the eye', () => {
  test('are scrolled by where the platform does not hold the place', async () => {
    const { scroll, moves, now, scrollTo } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    now.scrollHeight = 4500;
    await settle();
    expect(moves).toEqual([1900]);
  });

  test('need nothing where it does', async () => {
    const { scroll, moves, now, scrollTo } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    now.scrollHeight = 4500;
    now.scrollTop = 1900;
    await settle();
    expect(moves).toEqual([]);
  });
});

test('the button to the end appears two screens up and goes with the jump', async () => {
  const { scroll, chat, scrollTo } = await setUp();
  const far: boolean[] = [];
  scroll.onFar = (isFar) => far.push(isFar);
  scrollTo(800);
  scrollTo(700);
  scroll.toEnd();
  expect(far).toEqual([true, false]);
  expect(chat.jumpToLatest).toHaveBeenCalledTimes(1);
});
