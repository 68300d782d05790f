import { ListScroll } from '@/components/message-list/list-scroll';
import type { ScrollExtent } from '@/components/message-list/scroll-port';

const ticks: (() => void)[] = [];
jest.mock('@tarojs/taro', () => ({ nextTick: (task: () => void) => ticks.push(task) }));

const END = 1_000_000;

/** A list of 3000 px on a screen of 700, and a chat that notes what it is told. */
async function setUp(extent: Partial<ScrollExtent> = {}, { keepsBack = false } = {}) {
  const now: ScrollExtent = { scrollTop: 2300, scrollHeight: 3000, height: 700, ...extent };
  const moves: number[] = [];
  const chat = {
    hasNewer: false,
    keepsBack,
    history: [] as number[],
    atBottom: [] as boolean[],
    setAtBottom: (atBottom: boolean) => chat.atBottom.push(atBottom),
    jumpToLatest: jest.fn(),
    loadNewer: jest.fn(),
    loadOlder: async () => void chat.history.push(chat.history.length),
  };
  const scroll = new ListScroll(chat, 'messages');
  scroll.port.moveTo = (scrollTop) => void moves.push(scrollTop);
  scroll.port.measure = () => Promise.resolve({ ...now });
  const older = { height: 2000 };
  scroll.port.heightOf = () => Promise.resolve(older.height);
  await scroll.measure();
  const scrollTo = (scrollTop: number) => {
    now.scrollTop = scrollTop;
    scroll.onScroll({ detail: { scrollTop, scrollHeight: now.scrollHeight } });
  };
  /** A row comes at the end, and the list is told, as with every change of the layout. */
  const rowComes = (height = 56) => {
    now.scrollHeight += height;
    scroll.followEnd();
  };
  /** Older rows are laid out. */
  const olderCome = (height: number) => {
    older.height += height;
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

describe('a finger on the list', () => {
  test('stops the list from following at once, before anything was scrolled', async () => {
    const { scroll, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    rowComes();
    await settle();
    expect(moves).toEqual([]);
  });

  test('takes back a move to the end that is not corrected yet', async () => {
    const { scroll, moves, now, rowComes } = await setUp();
    rowComes();
    scroll.onTouchStart();
    now.scrollHeight += 100;
    await settle();
    expect(moves).toHaveLength(1);
  });

  test('that scrolls up by a few px stays there, while rows come and after it has gone', async () => {
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

  test('that is gone before the first scroll event is believed where the list is', async () => {
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

  test('that only taps lets the list follow again when it goes', async () => {
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

  test('that taps with nothing new moves nothing', async () => {
    const { scroll, moves } = await setUp();
    scroll.onTouchStart();
    scroll.onTouchEnd(lifted());
    await settle();
    expect(moves).toEqual([]);
  });

  test('of two holds the list until the last one goes', async () => {
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

  test('that comes back while the list is measured holds it', async () => {
    const { scroll, moves, rowComes } = await setUp();
    scroll.onTouchStart();
    rowComes();
    scroll.onTouchEnd(lifted());
    scroll.onTouchStart();
    await settle();
    expect(moves).toEqual([]);
  });

  test('that rests, or whose end is never told, reads: the chat is told with the next row', async () => {
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

  test('goes on after the finger has gone: rows pull nobody back', async () => {
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

  test('is not what rows do that go at the top while others come at the end', async () => {
    const { scroll, chat, moves, now, rowComes } = await setUp();
    rowComes(60);
    // The platform holds the place: the same rows, 60 px higher. Our own move to the end is under way.
    now.scrollHeight -= 60;
    now.scrollTop -= 60;
    scroll.onScroll({ detail: { ...now } });
    await settle();
    expect(chat.atBottom).toEqual([]);
    expect(moves.length).toBeGreaterThan(0);
  });
});

describe('the end is followed again', () => {
  test('when the reader scrolls down to its neighbourhood, not while they scroll up in it', async () => {
    const { chat, moves, scrollTo, rowComes } = await setUp();
    for (const position of [2280, 2250, 2230]) scrollTo(position);
    expect(chat.atBottom).toEqual([false]);
    scrollTo(2240);
    expect(chat.atBottom).toEqual([false, true]);
    rowComes();
    expect(moves).toHaveLength(1);
  });

  test('not when older rows above push what is read down', async () => {
    const { scroll, chat, now, scrollTo } = await setUp();
    scrollTo(2250);
    now.scrollHeight += 1500;
    scrollTo(3750);
    scroll.onLower();
    await settle();
    expect(chat.atBottom).toEqual([false]);
  });

  test('at the lower threshold, where the last scroll event was not told', async () => {
    const { scroll, chat, now, scrollTo } = await setUp();
    scrollTo(1000);
    now.scrollTop = 2260;
    scroll.onLower();
    await settle();
    expect(chat.atBottom).toEqual([false, true]);
  });

  test('in a list that keeps new messages back: they come again once all that is missing is there', async () => {
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
    // They are read in order: the end comes in sight when the reader scrolls there.
    rowComes();
    expect(moves).toEqual([]);
    scrollTo(2400);
    expect(chat.atBottom).toEqual([false, true]);
    scrollTo(2300);
    expect(chat.atBottom).toEqual([false, true, false]);
  });
});

describe('older rows above the eye', () => {
  test('are scrolled by where the platform does not hold the place', async () => {
    const { scroll, moves, scrollTo, olderCome } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    olderCome(1500);
    await settle();
    expect(moves).toEqual([1900]);
  });

  test('need nothing where it does', async () => {
    const { scroll, moves, now, scrollTo, olderCome } = await setUp();
    scrollTo(400);
    scroll.onUpper();
    await settle();
    olderCome(1500);
    now.scrollTop = 1900;
    await settle();
    expect(moves).toEqual([]);
  });

  test('need nothing where it does, however much came at the end meanwhile', async () => {
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
