import { ListScroll } from '@/components/message-list/list-scroll';
import type { ScrollExtent } from '@/components/message-list/scroll-port';

const ticks: (() => void)[] = [];
jest.mock('@tarojs/taro', () => ({ nextTick: (task: () => void) => ticks.push(task) }));

const END = 1_000_000;

/** A list of 3000 px on a screen of 700, and a chat that records its calls. */
async function setUp(extent: Partial<ScrollExtent> = {}, { keepsBack = false } = {}) {
  const now: ScrollExtent = { scrollTop: 2300, scrollHeight: 3000, height: 700, ...extent };
  const moves: number[] = [];
  const chat = {
    hasNewer: false,
    atBottom: [] as boolean[],
    setAtBottom: (atBottom: boolean) => chat.atBottom.push(atBottom),
    jumpToLatest: jest.fn(),
    loadNewer: jest.fn(),
    loadOlder: () => Promise.resolve(),
  };
  const edges = () => ({ oldest: 'oldest', newest: 'newest' });
  const scroll = new ListScroll(chat, { id: 'messages', edges, keepsBack });
  scroll.port.moveTo = (scrollTop) => void moves.push(scrollTop);
  scroll.port.measure = () => Promise.resolve({ ...now });
  const rows: Record<string, { bottom: number }> = {
    'b-oldest': { bottom: 100 },
    'b-newest': { bottom: 3000 },
  };
  scroll.port.spotOf = (id) => {
    const row = rows[id];
    const { scrollTop } = now;
    return Promise.resolve(row ? { top: row.bottom - 56, bottom: row.bottom, scrollTop } : null);
  };
  await scroll.measure();
  const scrollTo = (scrollTop: number) => {
    now.scrollTop = scrollTop;
    scroll.onScroll({ detail: { scrollTop, scrollHeight: now.scrollHeight } });
  };
  /** Adds a row at the end and reports it to the list, as every change of the layout is reported. */
  const rowComes = (height = 56) => {
    now.scrollHeight += height;
    scroll.followEnd();
  };
  /** Prepends older rows, or removes rows when the height is negative. */
  const olderCome = (height: number) => {
    for (const row of Object.values(rows)) row.bottom += height;
    now.scrollHeight += height;
  };
  return { scroll, chat, moves, now, scrollTo, rowComes, olderCome };
}

const lifted = (left = 0) => ({ type: 'touchend', touches: { length: left } });

async function settle(): Promise<void> {
  for (const tick of ticks.splice(0)) tick();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

beforeEach(() => (ticks.length = 0));
afterEach(() => jest.useRealTimers());

test('the list follows the end while the reader is there, each time with a new position', async () => {
  const { scroll, moves } = await setUp();
  scroll.followEnd();
  scroll.followEnd();
  expect(moves).toHaveLength(2);
  expect(moves.every((position) => position > END)).toBe(true);
  expect(new Set(moves).size).toBe(2);
});

test('the list does not move a reader further up', async () => {
  const { scroll, chat, moves, scrollTo } = await setUp();
  scrollTo(1000);
  scroll.followEnd();
  expect(moves).toEqual([]);
  expect(chat.atBottom).toEqual([false]);
});

test('the chat is told once when the reader leaves the end and once when the reader returns', async () => {
  const { chat, scrollTo } = await setUp();
  for (const position of [2290, 1500, 1200, 900, 2250, 2300]) scrollTo(position);
  expect(chat.atBottom).toEqual([false, true]);
});

test('the end of the window is not the end while newer messages are outside the window', async () => {
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

test('the list repeats a position that was applied before the rows were laid out', async () => {
  const { scroll, moves, now } = await setUp();
  scroll.followEnd();
  now.scrollHeight = 3100;
  await settle();
  expect(moves).toHaveLength(2);
});

describe('a finger on the list', () => {
  test('stops the list from following at once, before any scrolling', async () => {
    const { scroll, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    rowComes();
    await settle();
    expect(moves).toEqual([]);
  });

  test('cancels a move to the end that is not corrected yet', async () => {
    const { scroll, moves, now, rowComes } = await setUp();
    rowComes();
    scroll.onTouchStart();
    now.scrollHeight += 100;
    await settle();
    expect(moves).toHaveLength(1);
  });

  test('keeps its place after scrolling up by a few px, while rows arrive and after it is lifted', async () => {
    const { scroll, chat, moves, scrollTo, rowComes } = await setUp();
    scroll.onTouchStart();
    await settle();
    for (const position of [2295, 2290, 2284]) {
      scrollTo(position);
      rowComes();
    }
    scroll.onTouchEnd(lifted());
    await settle();
    rowComes();
    expect(moves).toEqual([]);
    expect(chat.atBottom).toEqual([false]);
  });

  test('lifted before the first scroll event leaves the list where the list is', async () => {
    const { scroll, chat, moves, now, rowComes } = await setUp();
    scroll.onTouchStart();
    await settle();
    now.scrollTop = 2240;
    scroll.onTouchEnd(lifted());
    await settle();
    rowComes();
    expect(moves).toEqual([]);
    expect(chat.atBottom).toEqual([false]);
  });

  test('that only taps lets the list follow again after it is lifted', async () => {
    const { scroll, chat, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    await settle();
    rowComes();
    expect(moves).toEqual([]);
    scroll.onTouchEnd(lifted());
    await settle();
    expect(moves).toHaveLength(1);
    expect(chat.atBottom).toEqual([]);
  });

  test('that taps without new rows moves nothing', async () => {
    const { scroll, moves } = await setUp();
    scroll.onTouchStart();
    scroll.onTouchEnd(lifted());
    await settle();
    expect(moves).toEqual([]);
  });

  test('keeps the list still until the last of two fingers is lifted', async () => {
    const { scroll, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    scroll.onTouchStart();
    rowComes();
    scroll.onTouchEnd(lifted(1));
    await settle();
    expect(moves).toEqual([]);
    scroll.onTouchEnd({ ...lifted(), type: 'touchcancel' });
    await settle();
    expect(moves).toHaveLength(1);
  });

  test('that returns during a measurement keeps the list still', async () => {
    const { scroll, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    rowComes();
    scroll.onTouchEnd(lifted());
    scroll.onTouchStart();
    await settle();
    expect(moves).toEqual([]);
  });

  test('that rests, or whose end is never reported, counts as reading: the chat is told with the next row', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    const { scroll, chat, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    await settle();
    jest.advanceTimersByTime(900);
    rowComes();
    expect(chat.atBottom).toEqual([]);
    jest.advanceTimersByTime(200);
    rowComes();
    expect(chat.atBottom).toEqual([false]);
    scroll.toEnd();
    rowComes();
    expect(moves).toHaveLength(2);
  });
});

describe('a scroll up without a finger, by wheel, key or flick', () => {
  test('stops the list from following within the first px', async () => {
    const { chat, moves, scrollTo, rowComes } = await setUp();
    scrollTo(2290);
    rowComes();
    expect(moves).toEqual([]);
    expect(chat.atBottom).toEqual([false]);
  });

  test('continues after the finger is lifted: new rows do not pull the reader back', async () => {
    const { scroll, moves, scrollTo, rowComes } = await setUp();
    scroll.onTouchStart();
    scrollTo(2280);
    scroll.onTouchEnd(lifted());
    await settle();
    for (const position of [2240, 2180, 2100]) {
      scrollTo(position);
      rowComes();
    }
    expect(moves).toEqual([]);
  });

  test('is not detected when rows at the top go while rows at the end arrive', async () => {
    const { scroll, chat, moves, now, rowComes } = await setUp();
    rowComes(60);
    // The platform keeps the position: the same rows, 60 px higher. The list's own move to the end is under way.
    now.scrollHeight -= 60;
    now.scrollTop -= 60;
    scroll.onScroll({ detail: { ...now } });
    await settle();
    expect(chat.atBottom).toEqual([]);
    expect(moves.length).toBeGreaterThan(0);
  });
});

describe('following of the end resumes', () => {
  test('when the reader scrolls down near the end, not while the reader scrolls up near the end', async () => {
    const { chat, moves, scrollTo, rowComes } = await setUp();
    for (const position of [2280, 2250, 2230]) scrollTo(position);
    expect(chat.atBottom).toEqual([false]);
    scrollTo(2240);
    expect(chat.atBottom).toEqual([false, true]);
    rowComes();
    expect(moves).toHaveLength(1);
  });

  test('not when prepended rows push the visible rows down', async () => {
    const { scroll, chat, now, scrollTo } = await setUp();
    scrollTo(2250);
    now.scrollHeight += 1500;
    scrollTo(3750);
    scroll.onLower();
    await settle();
    expect(chat.atBottom).toEqual([false]);
  });

  test('at the lower threshold, even without the last scroll event', async () => {
    const { scroll, chat, now, scrollTo } = await setUp();
    scrollTo(1000);
    now.scrollTop = 2260;
    scroll.onLower();
    await settle();
    expect(chat.atBottom).toEqual([false, true]);
  });

  test('in a list that holds new messages back: messages appear again once all missing messages are loaded', async () => {
    const { chat, now, scrollTo, rowComes, moves } = await setUp({}, { keepsBack: true });
    scrollTo(1000);
    chat.hasNewer = true;
    chat.loadNewer.mockImplementation(() => {
      now.scrollHeight += 1300;
      chat.hasNewer = false;
    });
    scrollTo(2250);
    await settle();
    expect(chat.loadNewer).toHaveBeenCalledTimes(1);
    expect(chat.atBottom).toEqual([false, true]);
    // The messages are read in order: the end comes into view when the reader scrolls there.
    rowComes();
    expect(moves).toEqual([]);
    scrollTo(2400);
    expect(chat.atBottom).toEqual([false, true]);
    scrollTo(2300);
    expect(chat.atBottom).toEqual([false, true, false]);
  });
});

describe('prepended rows above the visible rows', () => {
  test('change the scroll position where the platform has no scroll anchoring', async () => {
    const { scroll, moves, scrollTo, olderCome } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    olderCome(1500);
    await settle();
    expect(moves).toEqual([1900]);
  });

  test('change nothing where the platform has scroll anchoring', async () => {
    const { scroll, moves, now, scrollTo, olderCome } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    olderCome(1500);
    now.scrollTop = 1900;
    await settle();
    expect(moves).toEqual([]);
  });

  test('change nothing with scroll anchoring, however many rows came at the end meanwhile', async () => {
    const { scroll, moves, now, scrollTo, rowComes, olderCome } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    rowComes(6000);
    await settle();
    olderCome(1500);
    now.scrollTop = 1900;
    await settle();
    expect(moves).toEqual([]);
  });
});

describe('newer rows in a list that drops its oldest ones', () => {
  const openList = async () => {
    const list = await setUp({}, { keepsBack: true });
    list.scrollTo(1000);
    list.chat.hasNewer = true;
    list.scrollTo(2300);
    await settle();
    return list;
  };

  test('change the scroll position where the platform has no scroll anchoring', async () => {
    const { moves, olderCome } = await openList();
    olderCome(-1200);
    await settle();
    expect(moves).toEqual([1100]);
  });

  test('change nothing where the platform has scroll anchoring', async () => {
    const { moves, now, olderCome } = await openList();
    olderCome(-1200);
    now.scrollTop -= 1200;
    await settle();
    expect(moves).toEqual([]);
  });
});

test('the button to the end appears two screens up and disappears with the jump', async () => {
  const { scroll, chat, scrollTo } = await setUp();
  const far: boolean[] = [];
  scroll.onFar = (isFar) => far.push(isFar);
  scrollTo(800);
  scrollTo(700);
  scroll.toEnd();
  expect(far).toEqual([true, false]);
  expect(chat.jumpToLatest).toHaveBeenCalledTimes(1);
});
