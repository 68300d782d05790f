import type { Clock } from '@/platform';
import type { LoginAttempt } from '@/sdk';
import { prepareAttempt } from './credentials';
import type { CurrentCredentials } from './current-credentials';

/** An attempt younger than this keeps its own time limits when the user asks for another attempt. */
const RESTART_AFTER_MS = 3_000;

/**
 * One attempt to get online, from the call of the credential provider to success, failure or cancellation. Calls
 * to foreign code that belong to the attempt stop waiting when the attempt ends.
 */
export class AttemptRun {
  isEnded = false;
  /** The attempt ended because another attempt replaces it, not because it failed. */
  isReplaced = false;
  /** True while the answer of a credential provider is outstanding. */
  isAsking = false;
  private readonly since: number;
  private readonly handlers = new Set<() => void>();

  constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  /** @throws ConnectionError as `prepareAttempt` says; 191002 when the attempt was ended. */
  async prepare({ current, isRefused }: CurrentCredentials): Promise<LoginAttempt> {
    const whenEnded = (handler: () => void) => this.whenEnded(handler);
    this.isAsking = true;
    try {
      return await prepareAttempt(current, this.clock, whenEnded, isRefused);
    } finally {
      this.isAsking = false;
    }
  }

  /**
   * Whether a new attempt may be quicker: a provider has not answered, or the attempt is 3 s old. A new attempt
   * has to wait for the `onClose` of the old socket, so quick taps would keep every attempt from finishing.
   */
  get mayRestart(): boolean {
    return this.isAsking || this.clock.now() - this.since >= RESTART_AFTER_MS;
  }

  end(): void {
    this.isEnded = true;
    for (const handler of [...this.handlers]) handler();
    this.handlers.clear();
  }

  whenEnded(handler: () => void): () => void {
    if (this.isEnded) handler();
    else this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }
}
