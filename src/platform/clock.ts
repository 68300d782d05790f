import type { Clock } from './types';

/** The system's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (handler, delayMs) => ({ timer: setTimeout(handler, delayMs) }),
  clearTimeout: (handle) => {
    if (handle) clearTimeout(handle.timer as ReturnType<typeof setTimeout>);
  },
};
