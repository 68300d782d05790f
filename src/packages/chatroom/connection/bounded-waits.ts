import { ConnectionError } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import type { VisitAbort } from './visit-abort';

/** The app server client waits 8 s for an answer; the provider of a product may need two requests. */
const LIMIT_MS = 10_000;
/** `endNow` gives up requests that have waited at least this long; younger requests go on. */
const LATE_MS = 2_000;

/**
 * Waits of a visit for providers, servers and the next attempt. The end of the visit ends all of these waits.
 */
export class BoundedWaits {
  /** Ends the pause before the next attempt. */
  private wake: (() => void) | undefined;
  private readonly late = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly visitAbort: VisitAbort,
  ) {}

  /**
   * Waits for foreign code, at most 10 s.
   * @param code of the error when there is no answer in time
   * @throws ConnectionError with `code`, 191002 when the visit ended first, else the error of `call`
   */
  wait<T>(call: () => Promise<T>, whom: string, code: number): Promise<T> {
    const started = this.clock.now();
    const noAnswer = () =>
      new ConnectionError(code, `${whom} gave no answer in ${this.clock.now() - started} ms`);
    return foreignCall(call, {
      clock: this.clock,
      limitMs: LIMIT_MS,
      onLimit: noAnswer,
      whenEnded: (end) => {
        const endIfLate = () => {
          if (this.clock.now() - started >= LATE_MS) end();
        };
        this.late.add(endIfLate);
        const stop = this.visitAbort.onAbort(end);
        return () => {
          stop();
          this.late.delete(endIfLate);
        };
      },
      onEnded: () =>
        this.visitAbort.aborted ? ConnectionError.cancelled('the visit is over') : noAnswer(),
    });
  }

  /** `canSkip`: `endNow` ends the pause. */
  pause(delayMs: number, canSkip = true): Promise<void> {
    return new Promise((resolve) => {
      let stop: () => void = () => undefined;
      const done = () => {
        if (canSkip) this.wake = undefined;
        this.clock.clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = this.clock.setTimeout(done, delayMs);
      stop = this.visitAbort.onAbort(done);
      if (canSkip && !this.visitAbort.aborted) this.wake = done;
    });
  }

  /**
   * Ends the pause before the next attempt, or ends late requests as if their time limit was reached. Returns
   * whether a request was given up: the next attempt then needs no pause.
   */
  endNow(): boolean {
    if (this.wake) {
      this.wake();
      return false;
    }
    const before = this.late.size;
    for (const endIfLate of [...this.late]) endIfLate();
    return this.late.size < before;
  }
}
