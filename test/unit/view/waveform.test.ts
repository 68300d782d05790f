import { barsOf, barsOutline, resampled, secondsOf } from '@/components/voice/waveform';

test('a bubble grows with the length, and a sound of an hour is no wider than a minute', () => {
  const widths = [0, 1, 2, 5, 10, 30, 60, 3600].map((seconds) => barsOf(seconds * 1000).width);
  expect(widths).toEqual([24, 24, 36, 48, 66, 96, 126, 126]);
  expect(secondsOf(0)).toBe(1);
  expect(secondsOf(1499)).toBe(1);
});

test('each value of a reduced waveform is the greatest of its part', () => {
  expect(resampled([1, 5, 2, 8], 2)).toEqual([5, 8]);
  expect(resampled([1, 2], 4)).toEqual([1, 1, 2, 2]);
  expect(resampled([], 2)).toEqual([0, 0]);
});

test('the bars are one outline, from 3 to 18 px high', () => {
  expect(barsOutline([0, 50, 100], 3)).toBe('path("M0 20V17h6V11h6V2h3V20")');
});

test('the longest outline leaves room in a row of 900 bytes', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i % 20) * 5 + 5);
  expect(barsOutline(values, barsOf(60_000).count)?.length).toBeLessThan(130);
});

test('even bars for a sender that gives no waveform, or only silence', () => {
  expect(barsOutline([], 10)).toBeUndefined();
  expect(barsOutline([0, 0, 0], 10)).toBeUndefined();
});
