import { makeObservable, observableRef, runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';

/**
 * `off`: never started, or collapsed by the user. `interrupted`: stopped by another sound or by a hidden page.
 * `paused`: by the controls of the picture.
 */
export type LivePhase =
  'off' | 'interrupted' | 'ended' | 'loading' | 'playing' | 'paused' | 'failed';

/** Time limit for the first picture, milliseconds: a host may report neither success nor failure. */
const LOADING_MS = 20_000;

/** Values of live-player's `statechange`: the first picture has come, and playing begins. */
const HAS_PICTURE: readonly number[] = [2003, 2004];
const HAS_ENDED = 2006;
/** Below: no connection after all attempts, or an address that cannot be opened. Above, WeChat tries again itself. */
const FAILED_BELOW = -2000;

/**
 * The state of a room's live picture. A stop removes the element from the page instead of pausing it: nothing is
 * downloaded then, and a live stream goes on at the present, not where it was left.
 */
export class LivePlayback {
  phase: LivePhase = 'off';
  private timer: TimerHandle | null = null;

  constructor(private readonly clock: Clock) {
    makeObservable(this, { phase: observableRef });
  }

  /** Whether the element is on the page. Observed. */
  get isOn(): boolean {
    return this.phase === 'loading' || this.phase === 'playing' || this.phase === 'paused';
  }

  /** Starts, or starts again after a failure. */
  start(): void {
    if (this.isOn) return;
    this.enter('loading');
    this.timer = this.clock.setTimeout(() => this.enter('failed'), LOADING_MS);
  }

  /** The user collapses the picture, the room has ended, or its page closes. */
  stop(): void {
    this.enter('off');
  }

  /** Another sound starts, or the page is hidden. */
  interrupt(): void {
    if (this.isOn) this.enter('interrupted');
  }

  // The events of the element. A removed element may still report.

  readonly onPlay = (): void => {
    if (this.isOn) this.enter('playing');
  };

  /** A pause during the loading is none: Taro's video in a browser reports one when it sets the address. */
  readonly onPause = (): void => {
    if (this.phase === 'playing') this.enter('paused');
  };

  readonly onEnded = (): void => {
    if (this.isOn) this.enter('ended');
  };

  readonly onError = (): void => {
    if (this.isOn) this.enter('failed');
  };

  private enter(phase: LivePhase): void {
    this.clock.clearTimeout(this.timer);
    this.timer = null;
    runInAction(() => (this.phase = phase));
  }
}

/** Reads a `statechange` of live-player. A function, which a build without that element drops. */
export function followState(playback: LivePlayback, state: number): void {
  if (HAS_PICTURE.includes(state)) playback.onPlay();
  else if (state === HAS_ENDED) playback.onEnded();
  else if (state < FAILED_BELOW) playback.onError();
}
