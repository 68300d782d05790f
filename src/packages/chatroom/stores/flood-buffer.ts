import type { Clock, TimerHandle } from '@/platform';

/**
 * Some nine updates a second look live; each costs the mini-program one setData. The page's own pace is a
 * little quicker (room/paced-gate.ts), so that two of these never share a setData, however late timers are.
 */
export const FLUSH_MS = 115;
/** Some 500 bytes of setData a row, 700 with a long avatar address: 12 new rows, and two parts of the window
 * sent again for a message of one's own, stay under 20 KB. Nobody reads 120 rows a second either. */
export const ROWS_PER_FLUSH = 12;
/** Ordinary items that wait their turn, for half a second: a burst of so many is shown whole. */
export const MOST_ORDINARY = 48;
/** Precious items that wait their turn; only a flood of mentions could bring more. */
const MOST_PRECIOUS = 500;

export interface Flush<T> {
  /** In the order they came, at most `ROWS_PER_FLUSH`. */
  items: readonly T[];
  /** Items that were folded away since the last flush; all of them are older than the ordinary ones here. */
  skipped: number;
}

interface Waiting<T> {
  readonly item: T;
  readonly isPrecious: boolean;
}

/**
 * Stands between a room's pushes and its window. Holds a handful of items whatever comes in, and hands them
 * on at most nine times a second, oldest first. When more come than can be shown the oldest ordinary ones are
 * folded away and counted; precious ones (about me) never are. The first after a quiet time is handed on in
 * the same turn of the event loop.
 */
export class FloodBuffer<T> {
  private readonly queue: Waiting<T>[] = [];
  private readonly waiting = { ordinary: 0, precious: 0 };
  private skipped = 0;
  private timer: TimerHandle | null = null;
  private scheduled = false;
  private lastFlush = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly publish: (flush: Flush<T>) => void,
    private readonly isPrecious: (item: T) => boolean,
  ) {}

  /** Items held now. */
  get size(): number {
    return this.queue.length;
  }

  add(item: T): void {
    const isPrecious = this.isPrecious(item);
    this.queue.push({ item, isPrecious });
    const { waiting } = this;
    if (isPrecious) {
      if (++waiting.precious > MOST_PRECIOUS) this.dropOldest(true);
    } else if (++waiting.ordinary > MOST_ORDINARY) {
      this.dropOldest(false);
    }
    this.touch();
  }

  /** Something else wants to be published with the next flush. */
  touch(): void {
    if (this.timer || this.scheduled) return;
    const rest = this.lastFlush + FLUSH_MS - this.clock.now();
    if (rest > 0 && rest <= FLUSH_MS) {
      this.timer = this.clock.setTimeout(() => this.flush(), rest);
    } else {
      this.scheduled = true;
      void Promise.resolve().then(() => this.scheduled && this.flush());
    }
  }

  /** Hands on what is there, now. */
  flush(): void {
    this.cancel();
    this.lastFlush = this.clock.now();
    const taken = this.queue.splice(0, ROWS_PER_FLUSH);
    for (const { isPrecious } of taken) this.waiting[isPrecious ? 'precious' : 'ordinary']--;
    const { skipped } = this;
    this.skipped = 0;
    this.publish({ items: taken.map(({ item }) => item), skipped });
    if (this.queue.length > 0) this.touch();
  }

  dispose(): void {
    this.cancel();
    this.queue.length = 0;
  }

  private dropOldest(precious: boolean): void {
    const index = this.queue.findIndex(({ isPrecious }) => isPrecious === precious);
    this.queue.splice(index, 1);
    this.waiting[precious ? 'precious' : 'ordinary']--;
    this.skipped++;
  }

  private cancel(): void {
    this.scheduled = false;
    this.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
