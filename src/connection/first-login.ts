import { type Clock, foreignCall, type TimerHandle } from '@/platform';
import type { LoginAttempt, NimPort } from '@/sdk';

/** The SDK's longest honest attempt is LBS 2.5 s + three stages of 8 s; after this it has lost its way. */
export const ATTEMPT_WATCH_MS = 30_000;
/** The SDK may still reject by itself, in the same turn, and its code is better than ours. */
const STALL_MS = 50;
/** The SDK's own logout ends after 1 s. */
const LOGOUT_MS = 3_000;

/**
 * One first-login attempt that always ends. The SDK's own promise stays silent, up to 60 s, when the socket
 * is refused after the handshake (yunxin-wire-protocol 6.4); a broken link ends the attempt here.
 */
export class FirstLogin {
  private broke: (() => void) | undefined;

  constructor(
    private readonly nim: NimPort,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns `broken` when the link broke or time was up, and the SDK is logged out again.
   * @throws SdkError when the SDK says why. Either way the SDK may have left its socket open.
   */
  async run(attempt: LoginAttempt): Promise<'in' | 'broken'> {
    const { nim, clock } = this;
    const timers: TimerHandle[] = [];
    const broken = new Promise<'broken'>((resolve) => {
      const endIn = (ms: number) => timers.push(clock.setTimeout(() => resolve('broken'), ms));
      this.broke = () => endIn(STALL_MS);
      endIn(ATTEMPT_WATCH_MS);
    });
    try {
      const ended = await Promise.race([nim.login(attempt).then(() => 'in' as const), broken]);
      if (ended === 'broken')
        await foreignCall(() => nim.logout(), {
          clock,
          limitMs: LOGOUT_MS,
          onLimit: () => new Error(`logout not done within ${LOGOUT_MS} ms`),
        });
      return ended;
    } finally {
      this.broke = undefined;
      for (const timer of timers) clock.clearTimeout(timer);
    }
  }

  /** The link of the running attempt is gone. */
  linkBroke(): void {
    this.broke?.();
  }
}
