import { computed, computedStruct, makeObservable, observableRef, runInAction } from 'mobx';
import { type ConnectionManager, type ConnectionState, kickedCode } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { Code } from '@/sdk/codes';

/** The state that the strip above the lists shows; null hides the strip. */
export type Banner =
  | null
  | { readonly kind: 'connecting' }
  /** Missed messages are still being fetched. */
  | { readonly kind: 'syncing' }
  /** The device has no network. */
  | { readonly kind: 'offline' }
  /** The next attempt starts in this many seconds; `code` is a row of the reasons table. */
  | { readonly kind: 'waiting'; readonly secondsToNext: number; readonly code: number }
  | { readonly kind: 'kicked'; readonly code: number }
  | { readonly kind: 'refused' | 'lost'; readonly code: number };

/** The connection's state in the form that views show. */
export class ConnectionStore {
  state: ConnectionState;
  private now: number;
  private ticking: TimerHandle | null = null;
  private readonly stop: (() => void)[];

  constructor(
    private readonly manager: ConnectionManager,
    private readonly clock: Clock,
  ) {
    this.state = manager.state;
    this.now = clock.now();
    makeObservable<this, 'now'>(this, {
      state: observableRef,
      now: observableRef,
      banner: computedStruct,
      isOnline: computed,
    });
    this.stop = [
      manager.on('state', ({ to }) => this.apply(to)),
      manager.on('connection', () => this.apply(manager.state)),
    ];
  }

  get isOnline(): boolean {
    return this.state.name === 'online';
  }

  get banner(): Banner {
    const { state } = this;
    switch (state.name) {
      case 'connecting':
      case 'authenticating':
        return { kind: 'connecting' };
      case 'syncing':
        return { kind: 'syncing' };
      case 'waiting': {
        if (state.reason === Code.offline) return { kind: 'offline' };
        const secondsToNext = Math.max(0, Math.ceil((state.until - this.now) / 1000));
        return { kind: 'waiting', secondsToNext, code: state.reason };
      }
      case 'kicked':
        return { kind: 'kicked', code: kickedCode(state.detail.reason) };
      case 'refused':
      case 'lost':
        return { kind: state.name, code: state.code };
      default:
        return null;
    }
  }

  /** Retries at once instead of at the end of the pause. */
  retryNow(): void {
    this.manager.retryNow();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.clock.clearTimeout(this.ticking);
  }

  private apply(state: ConnectionState): void {
    runInAction(() => {
      this.state = state;
      this.now = this.clock.now();
    });
    this.clock.clearTimeout(this.ticking);
    this.ticking = null;
    if (state.name === 'waiting' && state.reason !== Code.offline) this.tick(state.until);
  }

  /** Updates `now` once a second, when the number on the screen changes. */
  private tick(until: number): void {
    const rest = until - this.clock.now();
    if (rest <= 0) return;
    this.ticking = this.clock.setTimeout(
      () => {
        runInAction(() => (this.now = this.clock.now()));
        this.tick(until);
      },
      rest % 1000 || 1000,
    );
  }
}
