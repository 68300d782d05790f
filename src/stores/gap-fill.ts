import { ConnectionError } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { retryPauseMs } from './retry-pauses';

/** Failures in a row after which the user is asked: about half a minute. */
const FAILURES = 6;

export interface GapFillOptions {
  clock: Clock;
  isOnline: () => boolean;
  /** Fetches and shows everything since a server time (milliseconds). */
  fetch: (from: number) => Promise<void>;
  /** Told when it was given up, and with null when it is tried again or filled. */
  onError: (error: ConnectionError | null) => void;
}

/**
 * The messages that came while the link was gone, until they are there. A refused page is asked for again
 * with growing pauses; giving up is reported. After a lost link it begins anew with the next one.
 */
export class GapFill {
  /** Server time up to which nothing is missing; null when nothing is missing at all. */
  private from: number | null = null;
  private isFilling = false;
  private failures = 0;
  private timer: TimerHandle | null = null;
  private disposed = false;

  constructor(private readonly options: GapFillOptions) {}

  /** The link is gone. `from` is left out when an older gap is still open. */
  open(from: number): void {
    this.from ??= from;
    this.cancel();
  }

  /** Everything was fetched in another way. */
  close(): void {
    this.from = null;
    this.cancel();
    this.options.onError(null);
  }

  /** The link is back, or the user asks for it. */
  async fill(): Promise<void> {
    this.cancel();
    this.failures = 0;
    if (this.from === null) return;
    this.options.onError(null);
    await this.tryOnce();
  }

  dispose(): void {
    this.disposed = true;
    this.cancel();
  }

  private async tryOnce(): Promise<void> {
    if (this.from === null || this.isFilling || this.disposed) return;
    this.isFilling = true;
    try {
      await this.options.fetch(this.from);
      this.from = null;
    } catch (cause) {
      this.failed(ConnectionError.from(cause));
    } finally {
      this.isFilling = false;
    }
  }

  private failed(error: ConnectionError): void {
    const { clock, isOnline, onError } = this.options;
    // Without a link the gap stays known, and is filled after the next reconnect.
    if (this.disposed || !isOnline()) return;
    if (++this.failures >= FAILURES) {
      onError(error);
      return;
    }
    this.timer = clock.setTimeout(() => {
      this.timer = null;
      void this.tryOnce();
    }, retryPauseMs(this.failures));
  }

  private cancel(): void {
    this.options.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
