import { observable, runInAction } from 'mobx';

/** A timer that fires exactly at midnight could look a moment too early. */
const AFTER_MIDNIGHT_MS = 500;

/**
 * The day that labels such as "Yesterday" are counted from. It changes at midnight, and when a page is
 * shown again after the app slept through one; then everything that asked renders again, and at no other
 * time.
 */
class Today {
  private readonly day = observable.box(dayOf(Date.now()));

  /** Milliseconds since 1970. Inside an `observer`, which renders again when the day has turned. */
  now(): number {
    this.day.get();
    return Date.now();
  }

  /** Looks at the calendar. */
  look(): void {
    const day = dayOf(Date.now());
    if (day !== this.day.get()) runInAction(() => this.day.set(day));
  }

  /** Looks at each midnight from now on. Returns the way to stop. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const midnight = new Date().setHours(24, 0, 0, 0);
      timer = setTimeout(turn, midnight - Date.now() + AFTER_MIDNIGHT_MS);
    };
    const turn = () => {
      this.look();
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
