import { computed, computedStruct, makeObservable, observableRef, runInAction } from 'mobx';
import { type ConnectionManager, type ConnectionState, kickedCode } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';

/** What the strip above the lists says; null when there is nothing to say. */
export type Banner =
  | null
  | { readonly kind: 'connecting' }
  /** Still fetching what was missed. */
  | { readonly kind: 'syncing' }
  /** The device has no network. */
  | { readonly kind: 'offline' }
  /** The next attempt starts in so many seconds; `code` is a row of the reasons table. */
  | { readonly kind: 'waiting'; readonly secondsToNext: number; readonly code: number }
  | { readonly kind: 'kicked'; readonly code: number }
  | { readonly kind: 'refused' | 'lost'; readonly code: number };

const OFFLINE = 600103;

/** The connection's state for the eye. */
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
      manager.on('state', ({ to }) => this.set(to)),
      manager.on('connection', () => this.set(manager.state)),
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
        if (state.reason === OFFLINE) return { kind: 'offline' };
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

  /** Tries again now instead of at the end of the wait. */
  retryNow(): void {
    this.manager.retryNow();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.clock.clearTimeout(this.ticking);
  }

  private set(state: ConnectionState): void {
    runInAction(() => {
      this.state = state;
      this.now = this.clock.now();
    });
    this.clock.clearTimeout(this.ticking);
    this.ticking = null;
    if (state.name === 'waiting' && state.reason !== OFFLINE) this.tick(state.until);
  }

  /** Wakes once a second, when the number on the screen changes. */
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
