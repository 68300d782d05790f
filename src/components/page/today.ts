import { observable, runInAction } from 'mobx';

/** A timer that fires exactly at midnight could read the clock slightly too early. */
const AFTER_MIDNIGHT_MS = 500;

/**
 * The day to which labels such as "Yesterday" refer. It changes at midnight, and when a page is shown again
 * after the app was suspended over midnight. Only then do the components that read it render again.
 */
class Today {
  private readonly day = observable.box(dayOf(Date.now()));

  /** Milliseconds since 1970. Call it inside an `observer`, which renders again when the day changes. */
  now(): number {
    this.day.get();
    return Date.now();
  }

  /** Reads the clock and updates the day. */
  refreshDay(): void {
    const day = dayOf(Date.now());
    if (day !== this.day.get()) runInAction(() => this.day.set(day));
  }

  /** Refreshes the day at each midnight. Returns the function that stops it. */
  watchMidnight(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const midnight = new Date().setHours(24, 0, 0, 0);
      timer = setTimeout(turn, midnight - Date.now() + AFTER_MIDNIGHT_MS);
    };
    const turn = () => {
      this.refreshDay();
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }
}

/** Midnight before a time, in the user's time zone. */
function dayOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

export const today = new Today();
