import type { V2NIM } from './types';

/** Not in the typings; `clerTime` is the SDK's spelling. */
interface TimerList {
  addTimer: (handler: () => void, delayMs?: number, times?: number) => number;
  clerTime: () => void;
}

/**
 * The SDK keeps one timeout for its whole list of timers. When an earlier timer joins the list it starts
 * another timeout and forgets the handle of the first, which `destroy` can then no longer clear: the
 * destroyed instance stays in memory until that one is due. Joining a signalling room (every two minutes)
 * after sign-in (once a day) does just that. Clearing the timeout first loses nothing: adding a timer
 * starts the one that is due next.
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
