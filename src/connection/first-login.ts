import { type Clock, foreignCall, type TimerHandle } from '@/platform';
import type { LoginAttempt, NimPort, SdkError } from '@/sdk';
import { Code } from '@/sdk/codes';
import type { AttemptErrors } from './attempt-errors';
import type { AttemptRun } from './attempt-run';
import { ConnectionError } from './connection-error';
import type { ImSockets } from './im-sockets';

/** The SDK's longest valid attempt is LBS 2.5 s and three stages of 8 s; after this time it has lost its answer. */
export const ATTEMPT_WATCH_MS = 30_000;
/** The SDK may still reject in the same turn, with a more precise code than ours. */
const STALL_MS = 50;
/** The SDK's own logout ends after 1 s. */
const LOGOUT_MS = 3_000;

/**
 * Runs first-login attempts; each of them ends. The SDK's own promise stays pending, up to 60 s, when the
 * socket is refused after the handshake (docs/yunxin-protocol.md, section 6.4); a broken link ends the attempt
 * here.
 */
export class FirstLogin {
  private onBroken: (() => void) | undefined;
  /** Whether this SDK instance has been logged in before. */
  private hasBeenIn = false;

  constructor(
    private readonly nim: NimPort,
    private readonly clock: Clock,
    private readonly sockets: ImSockets,
    private readonly errors: AttemptErrors,
  ) {}

  /** One attempt. Resolves with undefined on success, else with the error; no socket is left then. Never hangs. */
  async try(run: AttemptRun, prepare: () => Promise<LoginAttempt>): Promise<SdkError | undefined> {
    const { errors, sockets } = this;
    errors.clear();
    let failure: SdkError | undefined;
    try {
      const attempt = await prepare();
      await sockets.whenClosed();
      if (this.hasBeenIn) await this.endOldSteps();
      if (run.isEnded) return { code: Code.cancelled };
      if ((await this.login(attempt)) === 'in') return undefined;
      failure = errors.last;
    } catch (error) {
      failure = ConnectionError.toSdkError(error);
    }
    sockets.drop();
    return errors.outcome(failure) ?? { code: Code.connectFailed };
  }

  /** The link of the running attempt is gone. */
  linkBroke(): void {
    this.onBroken?.();
  }

  /**
   * @returns `broken` when the link broke or time was up, and the SDK is logged out again.
   * @throws SdkError when the SDK says why. Either way the SDK may have left its socket open.
   */
  private async login(attempt: LoginAttempt): Promise<'in' | 'broken'> {
    const { nim, clock } = this;
    const timers: TimerHandle[] = [];
    const broken = new Promise<'broken'>((resolve) => {
      const endIn = (ms: number) => timers.push(clock.setTimeout(() => resolve('broken'), ms));
      this.onBroken = () => endIn(STALL_MS);
      endIn(ATTEMPT_WATCH_MS);
    });
    try {
      const ended = await Promise.race([nim.login(attempt).then(() => 'in' as const), broken]);
      if (ended === 'broken') await this.logOut();
      else this.hasBeenIn = true;
      return ended;
    } finally {
      this.onBroken = undefined;
      for (const timer of timers) clock.clearTimeout(timer);
    }
  }

  /**
   * Ends the steps that refused reconnects have left in the SDK. The SDK ends these steps when `login()` succeeds, and
   * each of them then closes the newest socket and logs out (docs/yunxin-protocol.md, section 6.4). A logout ends
   * the steps as well; their rejections have arrived in the next turn.
   */
  private async endOldSteps(): Promise<void> {
    await this.logOut();
    await new Promise<void>((resolve) => this.clock.setTimeout(resolve, 0));
  }

  /** @throws Error when the SDK does not answer within `LOGOUT_MS`. */
  private logOut(): Promise<void> {
    return foreignCall(() => this.nim.logout(), {
      clock: this.clock,
      limitMs: LOGOUT_MS,
      onLimit: () => new Error(`logout not done within ${LOGOUT_MS} ms`),
    });
  }
}
