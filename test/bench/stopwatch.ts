import { readFileSync } from 'node:fs';

/** Time on the processor, time in the queue for a processor, both in nanoseconds (Linux, sched-stats.rst). */
const SCHEDSTAT = `/proc/${process.pid}/task/${process.pid}/schedstat`;

/**
 * Milliseconds on a clock that stops while this process's main thread is ready to run but waits for a
 * processor: what other processes do to the machine adds nothing. Timers and the network count as they are.
 * Where the system does not tell the waiting time (not Linux), the clock is `performance.now()`.
 */
export function unloadedNow(): number {
  for (;;) {
    const waited = waitedMs();
    const now = performance.now();
    // Otherwise the thread lost the processor between the two readings, and they do not belong together.
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
