import { systemClock } from '@/platform';
import { MUTES_PREFIX, TimedMutes } from '@/stores/conversations/timed-mutes';
import { memoryStorage } from '../fakes/memory-storage';

afterEach(() => void jest.useRealTimers());

test('a stored end far beyond the limit of a timer does not keep the processor busy', async () => {
  jest.useFakeTimers();
  const record = [{ conversationId: 'me|1|ben', until: 1e15 }];
  const entries = new Map([[`${MUTES_PREFIX}me`, JSON.stringify(record)]]);
  let timers = 0;
  const mutes = new TimedMutes({
    storage: memoryStorage(entries),
    clock: {
      ...systemClock,
      setTimeout: (handler, delayMs) => {
        timers++;
        return systemClock.setTimeout(handler, delayMs);
      },
    },
    lifecycle: { onHide: () => () => undefined, onShow: () => () => undefined },
    accountId: 'me',
    isOnline: () => true,
    lift: () => Promise.resolve(),
  });
  await jest.advanceTimersByTimeAsync(60_000);
  expect(timers).toBe(1);
  expect(mutes.endOf('me|1|ben')).toBe(1e15);
  mutes.dispose({ forget: false });
});
