import { SwipeToReply } from '@/packages/chat/swipe-to-reply';

/** A text in a bubble. */
const TARGET = { id: '', parentNode: { id: 'b-m1', parentNode: null } };

function setUp() {
  const swiped: string[] = [];
  const swipe = new SwipeToReply((id) => swiped.push(id));
  const seen = (x: number, y: number, fingers = 1) => ({
    target: TARGET,
    touches: Array.from({ length: fingers }, () => ({ clientX: x, clientY: y })),
  });
  const drag = (dx: number, dy = 0) => {
    swipe.down(seen(300, 300));
    for (let step = 1; step <= 20; step++)
      swipe.move(seen(300 + (dx * step) / 20, 300 + (dy * step) / 20));
  };
  return { swipe, swiped, seen, drag };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a way to the left is a swipe, once, however far it goes', () => {
  const { swiped, drag } = setUp();
  drag(-200);
  expect(swiped).toEqual(['m1']);
});

test.each([
  ['too short', -55, 0],
  ['to the right', 200, 0],
  ['down', 0, 300],
  ['down and slightly to the left', -100, 300],
])('a way %s is none', (_, dx, dy) => {
  const { swiped, drag } = setUp();
  drag(dx, dy);
  expect(swiped).toEqual([]);
});

test('a scroll that turns to the left is none', () => {
  const { swipe, swiped, seen } = setUp();
  swipe.down(seen(300, 300));
  swipe.move(seen(300, 340));
  swipe.move(seen(100, 340));
  expect(swiped).toEqual([]);
});

test('two fingers are none', () => {
  const { swipe, swiped, seen } = setUp();
  swipe.down(seen(300, 300));
  swipe.move(seen(200, 300, 2));
  swipe.move(seen(200, 300));
  expect(swiped).toEqual([]);
});

test('a finger that has opened the menu by resting is none', () => {
  const { swipe, swiped, seen } = setUp();
  swipe.down(seen(300, 300));
  jest.advanceTimersByTime(400);
  swipe.move(seen(280, 300));
  swipe.move(seen(200, 300));
  expect(swiped).toEqual([]);
});

test('a way beside the bubbles is none', () => {
  const { swipe, swiped, seen } = setUp();
  const beside = (x: number) => ({ ...seen(x, 300), target: { id: 'x', parentNode: null } });
  swipe.down(beside(300));
  swipe.move(beside(200));
  expect(swiped).toEqual([]);
});
