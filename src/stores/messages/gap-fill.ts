import { ConnectionError } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { retryPauseMs } from './retry-pauses';

/** Failures in a row after which the user is asked: after about half a minute. */
const FAILURES = 6;

export interface GapFillOptions {
  clock: Clock;
  isOnline: () => boolean;
  /** Fetches and shows everything since a server time (milliseconds). */
  fetch: (from: number) => Promise<void>;
  /** Called with the error when the fetch is given up, and with null when it is tried again or done. */
  onError: (error: ConnectionError | null) => void;
}

/**
 * Fetches the messages that arrived while the link was lost. A refused page is fetched again with growing
 * pauses; giving up is reported. After the next lost link the fetch begins again.
 */
export class GapFill {
  /** Server time up to which the messages are complete; null when none are missing. */
  private from: number | null = null;
  private isFilling = false;
  private failures = 0;
  private timer: TimerHandle | null = null;
  private disposed = false;

  constructor(private readonly options: GapFillOptions) {}

  /** The link is lost. `from` is not used while an older gap is open. */
  open(from: number): void {
    this.from ??= from;
    this.cancel();
  }

  /** The messages were fetched in another way. */
  close(): void {
    this.from = null;
    this.cancel();
    this.options.onError(null);
  }

  /** The link is back, or the user asks for the messages. */
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
