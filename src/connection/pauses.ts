import type { Clock, Network, TimerHandle } from '@/platform';
import { Code } from '@/sdk/codes';
import { reasonOf } from './reasons';
import type { RetryPolicy } from './retry-policy';
import type { StateMachine } from './state-machine';

interface PausesDependencies {
  clock: Clock;
  network: Network;
  retry: RetryPolicy;
}

/** The only timer of a login, and the state `waiting` between two attempts. */
export class Pauses {
  private timer: TimerHandle | null = null;
  /** Ends the pause between two first-login attempts early. */
  private wake: (() => void) | undefined;

  constructor(
    private readonly deps: PausesDependencies,
    private readonly machine: StateMachine,
  ) {}

  /** Waits before the next first-login attempt, until the time is up or `skip` is called. */
  async next(attempt: number, code: number): Promise<void> {
    const delayMs = this.enterWaiting(attempt, code);
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.arm(delayMs, resolve);
    });
    this.wake = undefined;
    this.disarm();
  }

  /** Ends the wait of `next`. @returns false when `next` does not wait */
  skip(): boolean {
    this.wake?.();
    return this.wake !== undefined;
  }

  /** @returns milliseconds until the next attempt. */
  enterWaiting(attempt: number, code: number): number {
    const { clock, retry, network } = this.deps;
    const reason = network.current().isConnected ? code : Code.offline;
    const delayMs = retry.delayMs(attempt);
    const until = clock.now() + delayMs;
    this.machine.enter(
      { name: 'waiting', attempt, delayMs, until, reason },
      reasonOf(reason).cause,
    );
    return delayMs;
  }

  /** Enters `waiting` without a delay: the next attempt calls `renewToken`. */
  enterRenewal(attempt: number): void {
    const until = this.deps.clock.now();
    this.disarm();
    this.machine.enter(
      { name: 'waiting', attempt, delayMs: 0, until, reason: Code.disconnect },
      'the token was refused, a new one is requested',
    );
  }

  arm(ms: number, then: () => void): void {
    this.disarm();
    this.timer = this.deps.clock.setTimeout(then, ms);
  }

  disarm(): void {
    this.deps.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
