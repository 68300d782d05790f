import type { Clock, Network, TimerHandle } from '@/platform';
import { reasonOf } from './reasons';
import type { RetryPolicy } from './retry-policy';
import type { StateMachine } from './state-machine';

interface PausesDependencies {
  clock: Clock;
  network: Network;
  retry: RetryPolicy;
}

const DISCONNECTED = 192003;
const OFFLINE = 600103;

/** The one timer of a login, and the state `waiting` between two attempts. */
export class Pauses {
  private timer: TimerHandle | null = null;
  /** Ends the pause between two first-login attempts early. */
  private wake: (() => void) | undefined;

  constructor(
    private readonly deps: PausesDependencies,
    private readonly machine: StateMachine,
  ) {}

  /** Waits for the next first-login attempt, until the time is up or `skip`. */
  async next(attempt: number, code: number): Promise<void> {
    const delayMs = this.enterWaiting(attempt, code);
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.arm(delayMs, resolve);
    });
    this.wake = undefined;
    this.disarm();
  }

  /** Ends the wait of `next`. @returns false when there is none */
  skip(): boolean {
    this.wake?.();
    return this.wake !== undefined;
  }

  /** @returns milliseconds until the next attempt. */
  enterWaiting(attempt: number, code: number): number {
    const { clock, retry, network } = this.deps;
    const reason = network.current().isConnected ? code : OFFLINE;
    const delayMs = retry.delayMs(attempt);
    const until = clock.now() + delayMs;
    this.machine.enter(
      { name: 'waiting', attempt, delayMs, until, reason },
      reasonOf(reason).cause,
    );
    return delayMs;
  }

  /** Between the refusal of a token and the attempt that asks for another one: no time passes. */
  enterRenewal(attempt: number): void {
    const until = this.deps.clock.now();
    this.disarm();
    this.machine.enter(
      { name: 'waiting', attempt, delayMs: 0, until, reason: DISCONNECTED },
      'the token was refused, another one is asked for',
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
