import fc from 'fast-check';
import { menuPlace } from '@/components/ui/menu-place';

const PHONE = { windowWidth: 390, windowHeight: 844 };
const bubble = (left: number, top: number, width = 120, height = 40) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('the menu stands above the bubble, centred on it', () => {
  expect(menuPlace(bubble(135, 400), 3, false, PHONE)).toEqual({
    left: 105,
    bottom: 454,
    width: 180,
    tip: 90,
    side: 'above',
  });
});

test('more than five items make a second line', () => {
  expect(menuPlace(bubble(135, 170), 8, false, PHONE)).toMatchObject({ width: 300, top: 220 });
  expect(menuPlace(bubble(135, 170), 5, false, PHONE)).toMatchObject({ width: 300, bottom: 684 });
});

test('the row of reactions adds a line, and its width', () => {
  expect(menuPlace(bubble(135, 400), 2, true, PHONE)).toMatchObject({ width: 308 });
  expect(menuPlace(bubble(135, 170), 2, true, PHONE).side).toBe('below');
  expect(menuPlace(bubble(135, 170), 2, false, PHONE).side).toBe('above');
});

test.each([
  ['under the bars', bubble(60, 120), 'below'],
  ['at the composer', bubble(60, 700), 'above'],
  ['of the whole window', bubble(60, -200, 200, 1200), 'over'],
])('the menu of a bubble %s is not covered', (_where, rect, side) => {
  expect(menuPlace(rect, 9, true, PHONE).side).toBe(side);
});

test('every menu is inside the window, and its tip points at it', () => {
  fc.assert(
    fc.property(
      fc.record({
        left: fc.integer({ min: 0, max: 300 }),
        top: fc.integer({ min: -2000, max: 844 }),
        width: fc.integer({ min: 20, max: 300 }),
        height: fc.integer({ min: 40, max: 3000 }),
      }),
      fc.integer({ min: 1, max: 15 }),
      fc.boolean(),
      fc.constantFrom(PHONE, { windowWidth: 320, windowHeight: 480 }),
      ({ left, top, width, height }, count, hasHead, size) => {
        // A pressed bubble is in sight.
        fc.pre(top + height > 100 && top < size.windowHeight - 90);
        const place = menuPlace(bubble(left, top, width, height), count, hasHead, size);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.left + place.width).toBeLessThanOrEqual(size.windowWidth);
        const high = 56 * Math.ceil(count / 5) + (hasHead ? 52 : 0);
        const menuTop = place.top ?? size.windowHeight - (place.bottom ?? 0) - high;
        expect(menuTop).toBeGreaterThanOrEqual(100);
        expect(menuTop + high).toBeLessThanOrEqual(size.windowHeight);
        expect(place.tip).toBeGreaterThan(0);
        expect(place.tip).toBeLessThan(place.width);
      },
    ),
  );
});
