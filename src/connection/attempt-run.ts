import type { Clock } from '@/platform';
import type { LoginAttempt } from '@/sdk';
import { prepareAttempt } from './credentials';
import type { CurrentCredentials } from './current-credentials';

/** An attempt this young is left to its own time limits when the user asks for another. */
const RESTART_AFTER_MS = 3_000;

/**
 * One attempt to get online, from the question to the providers until it is in, has failed, or was ended.
 * Whatever waits for foreign code on behalf of the attempt stops waiting when the attempt ends.
 */
export class AttemptRun {
  isEnded = false;
  /** Ended because another attempt was asked for, not because this one failed. */
  isReplaced = false;
  /** A provider has not answered yet. */
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
   * Whether beginning anew may be quicker: a provider has not answered, or the attempt is 3 s old. Beginning
   * anew costs the time until the socket's `onClose`, so that quick taps would keep every attempt from its end.
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
