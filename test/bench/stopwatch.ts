import { readFileSync } from 'node:fs';

/** File with the time on the processor and the time in the queue for a processor, ns (Linux, sched-stats.rst). */
const SCHEDSTAT = `/proc/${process.pid}/task/${process.pid}/schedstat`;

/**
 * Returns milliseconds of a clock that stops while this process's main thread is ready to run but waits for a
 * processor, so other processes on the machine add nothing. Waiting for timers and the network counts.
 * On systems that do not report the waiting time (not Linux), the clock is `performance.now()`.
 */
export function unloadedNow(): number {
  for (;;) {
    const waited = waitedMs();
    const now = performance.now();
    // Otherwise the thread lost the processor between the two readings, and the readings do not belong
    // together.
    if (waitedMs() === waited) return now - waited;
  }
}

function waitedMs(): number {
  try {
    return Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
