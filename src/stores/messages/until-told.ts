import { answered } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { retryPauseMs } from './retry-pauses';

/** Failures in a row after which the next reconnect, or a newer value, is awaited: about 3 minutes. */
const FAILURES = 8;

export interface UntilToldOptions<V> {
  clock: Clock;
  /** Sends one value. A rejection means that the server may not have it. Must be safe to repeat. */
  tell: (key: string, value: V) => Promise<unknown>;
  isOnline: () => boolean;
  isNewer: (value: V, than: V) => boolean;
}

interface Telling<V> {
  value: V;
  isTold: boolean;
  isUnderWay: boolean;
  failures: number;
  timer: TimerHandle | null;
}

/**
 * Tells the server the newest value of each key, and tells it again until the server has accepted it: with
 * growing pauses while the link is up, and after each reconnect.
 */
export class UntilTold<V> {
  private readonly all = new Map<string, Telling<V>>();
  private disposed = false;

  constructor(private readonly options: UntilToldOptions<V>) {}

  /** Returns whether the value is newer than the last value of this key; older values are ignored. */
  want(key: string, value: V): boolean {
    const known = this.all.get(key);
    if (known && !this.options.isNewer(value, known.value)) return false;
    const telling = known ?? { value, isTold: false, isUnderWay: false, failures: 0, timer: null };
    telling.value = value;
    telling.isTold = false;
    this.all.set(key, telling);
    void this.run(key, telling);
    return true;
  }

  /** The newest value of a key, accepted by the server or not. */
  valueOf(key: string): V | undefined {
    return this.all.get(key)?.value;
  }

  /** The server has this value, or a newer value, from another source. */
  heard(key: string, value: V): void {
    const telling = this.all.get(key);
    if (!telling || this.options.isNewer(telling.value, value)) return;
    telling.value = value;
    telling.isTold = true;
  }

  /** Values that the server may not have yet. */
  untold(): [key: string, value: V][] {
    return [...this.all]
      .filter(([, { isTold }]) => !isTold)
      .map(([key, { value }]) => [key, value]);
  }

  /** The link is back. */
  resume(): void {
    for (const [key, telling] of this.all) {
      this.options.clock.clearTimeout(telling.timer);
      telling.timer = null;
      telling.failures = 0;
      void this.run(key, telling);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const { timer } of this.all.values()) this.options.clock.clearTimeout(timer);
    this.all.clear();
  }

  private async run(key: string, telling: Telling<V>): Promise<void> {
    if (telling.isUnderWay || telling.timer) return;
    telling.isUnderWay = true;
    const { clock, tell, isOnline } = this.options;
    while (!telling.isTold && !this.disposed && isOnline()) {
      const { value } = telling;
      try {
        await answered(clock, () => tell(key, value));
        if (telling.value === value) telling.isTold = true;
        telling.failures = 0;
      } catch {
        this.pause(key, telling);
        break;
      }
    }
    telling.isUnderWay = false;
  }

  private pause(key: string, telling: Telling<V>): void {
    telling.failures++;
    if (this.disposed || !this.options.isOnline() || telling.failures >= FAILURES) return;
    telling.timer = this.options.clock.setTimeout(() => {
      telling.timer = null;
      void this.run(key, telling);
    }, retryPauseMs(telling.failures));
  }
}
