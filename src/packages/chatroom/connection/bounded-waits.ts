import { ConnectionError } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import type { Gone } from './gone';

/** The app server client waits 8 s for an answer; the provider of a product may need two requests. */
const LIMIT_MS = 10_000;
/** "Try again now" gives up an answer that is this late, not one that is on its way. */
const LATE_MS = 2_000;

/** Waits of a visit for providers, servers and the next attempt: none goes on after the visit. */
export class BoundedWaits {
  /** Ends the pause before the next attempt. */
  private wake: (() => void) | undefined;
  private readonly late = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly gone: Gone,
  ) {}

  /**
   * Waits for foreign code, at most 10 s.
   * @param code of the error when there is no answer in time
   * @throws ConnectionError with `code`, 191002 when the visit ended first, else what `call` threw
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
        const hurry = () => {
          if (this.clock.now() - started >= LATE_MS) end();
        };
        this.late.add(hurry);
        const stop = this.gone.add(end);
        return () => {
          stop();
          this.late.delete(hurry);
        };
      },
      onEnded: () =>
        this.gone.aborted ? ConnectionError.cancelled('the visit is over') : noAnswer(),
    });
  }

  /** `canHurry`: `hurry` ends it. */
  pause(delayMs: number, canHurry = true): Promise<void> {
    return new Promise((resolve) => {
      let stop: () => void = () => undefined;
      const done = () => {
        if (canHurry) this.wake = undefined;
        this.clock.clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = this.clock.setTimeout(done, delayMs);
      stop = this.gone.add(done);
      if (canHurry && !this.gone.aborted) this.wake = done;
    });
  }

  /**
   * Ends the pause, or the waits whose answer is late, as if their time was up. Returns whether an answer was
   * given up: the next attempt then needs no pause.
   */
  hurry(): boolean {
    if (this.wake) {
      this.wake();
      return false;
    }
    const before = this.late.size;
    for (const hurry of [...this.late]) hurry();
    return this.late.size < before;
  }
}
