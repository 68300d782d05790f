import type { Clock, TimerHandle } from '@/platform';

/** Ten updates a second look live; each costs the mini-program one setData. */
export const FLUSH_MS = 100;
/** About 700 bytes of setData a row: 25 new rows stay under 20 KB. */
export const ROWS_PER_FLUSH = 25;
/** Precious items that wait their turn; only a flood of mentions could bring more. */
const MOST_PRECIOUS = 500;

export interface Flush<T> {
  /** In the order they came, at most `ROWS_PER_FLUSH`. */
  items: readonly T[];
  /** Items that were folded away since the last flush; all of them are older than the ordinary ones here. */
  skipped: number;
}

/**
 * Stands between a room's pushes and its window. Holds a handful of items whatever comes in, and hands them
 * on at most ten times a second: of ordinary ones the newest, precious ones (about me) all, if need be over
 * several flushes. The first after a quiet time is handed on in the same turn of the event loop.
 */
export class FloodBuffer<T> {
  private ordinary: T[] = [];
  private precious: T[] = [];
  /** Where the precious ones stood: how many items had come before. */
  private readonly sequence = new Map<T, number>();
  private count = 0;
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
    return this.ordinary.length + this.precious.length;
  }

  add(item: T): void {
    this.sequence.set(item, ++this.count);
    if (this.isPrecious(item)) this.keep(this.precious, item, MOST_PRECIOUS);
    else this.keep(this.ordinary, item, ROWS_PER_FLUSH);
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
    const precious = this.precious.splice(0, ROWS_PER_FLUSH);
    // More precious ones wait: anything ordinary shown now would be newer than they are.
    const room = this.precious.length > 0 ? 0 : ROWS_PER_FLUSH - precious.length;
    while (this.ordinary.length > room) this.drop(this.ordinary);
    const items = [...precious, ...this.ordinary].sort((a, b) => this.place(a) - this.place(b));
    const { skipped } = this;
    this.ordinary = [];
    this.skipped = 0;
    for (const item of items) this.sequence.delete(item);
    this.publish({ items, skipped });
    if (this.precious.length > 0) this.touch();
  }

  dispose(): void {
    this.cancel();
    this.ordinary = [];
    this.precious = [];
    this.sequence.clear();
  }

  private keep(list: T[], item: T, most: number): void {
    list.push(item);
    if (list.length > most) this.drop(list);
  }

  private drop(list: T[]): void {
    const oldest = list.shift();
    if (oldest === undefined) return;
    this.sequence.delete(oldest);
    this.skipped++;
  }

  private place(item: T): number {
    return this.sequence.get(item) ?? 0;
  }

  private cancel(): void {
    this.scheduled = false;
    this.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
