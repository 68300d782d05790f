import type { Clock, TimerHandle } from '@/platform';

/** Interval of the updates. Eight updates a second look live; each costs the mini-program one setData. */
const BATCH_MS = 125;

/**
 * Collects items that arrive in bursts. The first item after a quiet time is delivered in the same turn of
 * the event loop, later items together every `BATCH_MS`: the SDK raises one event per message, and a
 * mini-program pays for each change of the screen.
 */
export class Batcher<T> {
  private items: T[] = [];
  private timer: TimerHandle | null = null;
  private lastFlush = Number.NEGATIVE_INFINITY;
  private scheduled = false;

  constructor(
    private readonly clock: Clock,
    private readonly handle: (items: readonly T[]) => void,
  ) {}

  add(...items: T[]): void {
    for (const item of items) this.items.push(item);
    if (this.timer || this.scheduled || this.items.length === 0) return;
    const rest = this.lastFlush + BATCH_MS - this.clock.now();
    if (rest > 0 && rest <= BATCH_MS) {
      this.timer = this.clock.setTimeout(() => this.flush(), rest);
    } else {
      this.scheduled = true;
      void Promise.resolve().then(() => this.scheduled && this.flush());
    }
  }

  /** Delivers the collected items now. */
  flush(): void {
    this.cancel();
    const { items } = this;
    if (items.length === 0) return;
    this.items = [];
    this.lastFlush = this.clock.now();
    this.handle(items);
  }

  /** Drops the collected items. */
  dispose(): void {
    this.cancel();
    this.items = [];
  }

  private cancel(): void {
    this.scheduled = false;
    this.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
