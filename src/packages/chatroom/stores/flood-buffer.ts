import type { Clock, TimerHandle } from '@/platform';

/**
 * Interval of the flushes. Some nine updates a second look live; each costs the mini-program one setData. The
 * page renders at a slightly shorter interval (room/paced-gate.ts), so that two flushes never share a setData,
 * however late timers are.
 */
export const FLUSH_MS = 115;
/**
 * Rows of one flush. A row takes some 500 bytes of setData, 700 with a long avatar address: 12 new rows, and two
 * segments of the window that are sent again for an own message, stay under 20 KB. Nobody reads 120 rows a
 * second either.
 */
export const ROWS_PER_FLUSH = 12;
/** Maximum of ordinary items that wait, half a second's worth: a burst of this size is shown completely. */
export const MOST_ORDINARY = 48;
/** Maximum of exempt items that wait; only a flood of mentions could bring more. */
const MOST_EXEMPT = 500;

export interface Flush<T> {
  /** In the order of arrival, at most `ROWS_PER_FLUSH`. */
  items: readonly T[];
  /** Number of items dropped since the last flush; all of them are older than the ordinary items here. */
  skipped: number;
}

interface Waiting<T> {
  readonly item: T;
  readonly isExempt: boolean;
}

/**
 * Limits the pushes of a room before they reach its window. The buffer holds a few items and publishes them at
 * most nine times a second, oldest first. When more arrive than can be shown, the buffer drops and counts the
 * oldest ordinary items; exempt items (those about the user) are never dropped. The first item after a quiet
 * interval is published in the same turn of the event loop.
 */
export class FloodBuffer<T> {
  private readonly queue: Waiting<T>[] = [];
  private readonly waiting = { ordinary: 0, exempt: 0 };
  private skipped = 0;
  private timer: TimerHandle | null = null;
  private scheduled = false;
  private lastFlush = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly publish: (flush: Flush<T>) => void,
    private readonly isExempt: (item: T) => boolean,
  ) {}

  /** Number of items held now. */
  get size(): number {
    return this.queue.length;
  }

  addItem(item: T): void {
    const isExempt = this.isExempt(item);
    this.queue.push({ item, isExempt });
    const { waiting } = this;
    if (isExempt) {
      if (++waiting.exempt > MOST_EXEMPT) this.dropOldest(true);
    } else if (++waiting.ordinary > MOST_ORDINARY) {
      this.dropOldest(false);
    }
    this.requestFlush();
  }

  /** Schedules a flush for something that is published together with the items. */
  requestFlush(): void {
    if (this.timer || this.scheduled) return;
    const rest = this.lastFlush + FLUSH_MS - this.clock.now();
    if (rest > 0 && rest <= FLUSH_MS) {
      this.timer = this.clock.setTimeout(() => this.flush(), rest);
    } else {
      this.scheduled = true;
      void Promise.resolve().then(() => this.scheduled && this.flush());
    }
  }

  /** Publishes now. */
  flush(): void {
    this.cancel();
    this.lastFlush = this.clock.now();
    const taken = this.queue.splice(0, ROWS_PER_FLUSH);
    for (const { isExempt } of taken) this.waiting[isExempt ? 'exempt' : 'ordinary']--;
    const { skipped } = this;
    this.skipped = 0;
    this.publish({ items: taken.map(({ item }) => item), skipped });
    if (this.queue.length > 0) this.requestFlush();
  }

  dispose(): void {
    this.cancel();
    this.queue.length = 0;
  }

  private dropOldest(exempt: boolean): void {
    const index = this.queue.findIndex(({ isExempt }) => isExempt === exempt);
    this.queue.splice(index, 1);
    this.waiting[exempt ? 'exempt' : 'ordinary']--;
    this.skipped++;
  }

  private cancel(): void {
    this.scheduled = false;
    this.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
