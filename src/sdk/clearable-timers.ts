import type { V2NIM } from './types';

/** Not in the typings; `clerTime` is the SDK's spelling. */
interface TimerList {
  addTimer: (handler: () => void, delayMs?: number, times?: number) => number;
  clerTime: () => void;
}

/**
 * Makes `destroy` able to clear the SDK's timers. The SDK keeps one timeout for its whole list of timers. When a
 * timer that is due earlier joins the list, the SDK starts another timeout and loses the handle of the first, which
 * `destroy` can then no longer clear: the destroyed instance stays in memory until the first timeout is due.
 * Joining a signalling channel (a timer of two minutes) after sign-in (a timer of a day) has this effect. Clearing
 * the timeout first is safe, because adding a timer starts the timeout of the next due timer.
 */
export function keepTimersClearable(nim: V2NIM): void {
  const list = (nim as V2NIM & { timerManager?: TimerList }).timerManager;
  if (!list) return;
  const { addTimer } = list;
  list.addTimer = (...timer) => {
    list.clerTime();
    return addTimer.apply(list, timer);
  };
}
