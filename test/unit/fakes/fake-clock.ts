import type { Clock, TimerHandle } from '@/platform';

interface Timer {
  id: number;
  at: number;
  handler: () => void;
}

/** A clock that advances only when a test says so. Promise callbacks run to their end between two timers. */
export class FakeClock implements Clock {
  private time: number;
  private lastId = 0;
  private timers: Timer[] = [];

  constructor(start = 1_700_000_000_000) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  setTimeout(handler: () => void, delayMs: number): TimerHandle {
    const timer = { id: ++this.lastId, at: this.time + Math.max(0, delayMs), handler };
    this.timers.push(timer);
    return { timer };
  }

  clearTimeout(handle: TimerHandle | null): void {
    if (handle) this.timers = this.timers.filter((timer) => timer !== handle.timer);
  }

  get pending(): number {
    return this.timers.length;
  }

  /** Runs all timers due within `ms`, in order, and then sets the clock to the end of the span. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let next = this.nextDue(end); next; next = this.nextDue(end)) {
      this.time = Math.max(this.time, next.at);
      this.timers = this.timers.filter((timer) => timer !== next);
      next.handler();
      await settle();
    }
    this.time = end;
  }

  /** Time passes without timers, as in the background of a mini-program. */
  skip(ms: number): void {
    this.time += ms;
  }

  private nextDue(end: number): Timer | undefined {
    return this.timers
      .filter((timer) => timer.at <= end)
      .sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }
}

/** Runs all ready promise callbacks, and the callbacks that become ready meanwhile. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
