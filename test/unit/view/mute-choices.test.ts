import { muteChoices, timeOfDay } from '@/pages/conversations/mute-choices';

const HOUR = 3_600_000;

test('a mute ends in an hour, in eight hours, or tomorrow at 8:00 of the clock', () => {
  for (const hour of [0, 7, 12, 23]) {
    const now = new Date(2026, 11, 31, hour, 30).getTime();
    const [soon, later, morning] = muteChoices(now);
    expect([soon, later]).toEqual([now + HOUR, now + 8 * HOUR]);
    expect(new Date(morning ?? 0)).toEqual(new Date(2027, 0, 1, 8));
  }
});

test('an end is shown with two digits for hour and minute', () => {
  expect(timeOfDay(new Date(2026, 0, 1, 8, 5).getTime())).toBe('08:05');
});
