import { makeObservable, observableRef, runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import { PRODUCT_LIMITS } from '@/product-limits';
import type { RecorderPort, RecorderSession, Recording } from './recorder-port';

/** A recording that the user wants to send. */
export interface Recorded extends Recording {
  /** Loudness over time, 0 to 100; empty where the host does not know it. */
  readonly levels: readonly number[];
}

/** Why a recording was not sent. */
export type RecorderNotice = 'tooShort' | 'interrupted' | 'denied' | 'failed';

/** The page that the user speaks on. */
export interface RecorderTarget {
  readonly onRecorded: (recorded: Recorded) => void;
  readonly onNotice: (notice: RecorderNotice) => void;
}

export type RecorderState = 'idle' | 'starting' | 'recording' | 'finishing';

const LONGEST_MS = PRODUCT_LIMITS.voiceSeconds * 1000;
const SHORTEST_MS = 1000;
/** The last seconds are counted down. */
const COUNTDOWN_MS = 10_000;
/** Time and loudness are updated so often. */
const TICK_MS = 200;
/** Time limits for the host to start, and to give the sound. */
const START_MS = 4000;
const FINISH_MS = 5000;

/**
 * Records a voice message while the user holds a button: 1 to 60 s. Whatever the host does, or leaves out, the
 * recorder is idle again after a time limit.
 */
export class VoiceRecorder {
  state: RecorderState = 'idle';
  /** Milliseconds. */
  elapsedMs = 0;
  /** Loudness, 0 to 100; null where the host does not know it. */
  level: number | null = null;
  /** The finger is where its release cancels. */
  willCancel = false;
  private target: RecorderTarget | null = null;
  private session: RecorderSession | null = null;
  private timer: TimerHandle | null = null;
  private startedAt = 0;
  private levels: number[] = [];
  /** The recording whose events count; a new object for each. */
  private turn: object | null = null;

  constructor(private readonly deps: { readonly clock: Clock; readonly microphone: RecorderPort }) {
    makeObservable(this, {
      state: observableRef,
      elapsedMs: observableRef,
      level: observableRef,
      willCancel: observableRef,
    });
  }

  /** Seconds that are left, during the last ten; otherwise null. Observed. */
  get secondsLeft(): number | null {
    const left = LONGEST_MS - this.elapsedMs;
    return left <= COUNTDOWN_MS ? Math.max(0, Math.ceil(left / 1000)) : null;
  }

  /** The user presses the button. */
  hold(target: RecorderTarget): void {
    if (this.state !== 'idle') return;
    const turn = {};
    this.turn = turn;
    this.target = target;
    this.levels = [];
    runInAction(() => {
      this.elapsedMs = 0;
      this.level = null;
      this.willCancel = false;
    });
    this.enter('starting', START_MS, () => this.end('failed'));
    const isCurrent = () => this.turn === turn;
    try {
      // The host's own limit is the second, for a logic thread that WeChat has suspended.
      const session = this.deps.microphone.start(LONGEST_MS + SHORTEST_MS, {
        onStart: () => {
          if (isCurrent() && this.state === 'starting') this.begin();
        },
        onLevel: (level) => {
          if (isCurrent()) this.levels.push(level);
        },
        onDone: (recording) => {
          if (isCurrent()) this.done(recording);
        },
        onFailed: (failure) => {
          if (isCurrent()) this.end(failure);
        },
        onInterrupted: () => {
          if (isCurrent()) this.end('interrupted');
        },
      });
      if (isCurrent()) this.session = session;
      else session.abort();
    } catch {
      if (isCurrent()) this.end('failed');
    }
  }

  /** The finger moves to or from the place where its release cancels. */
  setWillCancel(willCancel: boolean): void {
    if (this.state === 'starting' || this.state === 'recording')
      runInAction(() => (this.willCancel = willCancel));
  }

  /** The user releases the button: the recording is sent, or dropped when it is too short or cancelled. */
  release(): void {
    const { state, willCancel } = this;
    if (state !== 'starting' && state !== 'recording') return;
    if (willCancel) return this.cancel();
    if (state === 'starting' || this.now() - this.startedAt < SHORTEST_MS)
      return this.end('tooShort');
    this.finish();
  }

  /** Drops the recording: the page is left, the app is hidden, a call begins, the user signs out. */
  cancel(): void {
    if (this.state !== 'idle') this.end(null);
  }

  // --- mechanics ------------------------------------------------------------------------------------

  private begin(): void {
    this.startedAt = this.now();
    this.enter('recording', TICK_MS, () => this.tick());
  }

  private tick(): void {
    const elapsedMs = this.now() - this.startedAt;
    const heard = this.levels.slice(-2);
    runInAction(() => {
      this.elapsedMs = Math.min(LONGEST_MS, elapsedMs);
      this.level = heard.length > 0 ? Math.max(...heard) : null;
    });
    if (elapsedMs >= LONGEST_MS) this.finish();
    else this.timer = this.deps.clock.setTimeout(() => this.tick(), TICK_MS);
  }

  /** Asks the host for the sound. */
  private finish(): void {
    runInAction(() => (this.elapsedMs = Math.min(LONGEST_MS, this.now() - this.startedAt)));
    this.enter('finishing', FINISH_MS, () => this.end('failed'));
    try {
      this.session?.stop();
    } catch {
      this.end('failed');
    }
  }

  /** The host gives the sound, also by itself at its own limit. */
  private done(recording: Recording): void {
    const { target, levels, state } = this;
    const measuredMs =
      state === 'finishing' ? this.elapsedMs : Math.min(LONGEST_MS, this.now() - this.startedAt);
    const { willCancel } = this;
    this.session = null;
    if (state === 'starting') return this.end('failed');
    this.end(null);
    if (willCancel && state !== 'finishing') return;
    const isSane = recording.durationMs > 0 && recording.durationMs <= LONGEST_MS + SHORTEST_MS;
    const durationMs = Math.min(LONGEST_MS, isSane ? recording.durationMs : measuredMs);
    target?.onRecorded({ ...recording, durationMs, levels });
  }

  /** Ends the recording without a sound. */
  private end(notice: RecorderNotice | null): void {
    const { session, target } = this;
    this.session = null;
    this.target = null;
    this.turn = null;
    runInAction(() => (this.state = 'idle'));
    this.deps.clock.clearTimeout(this.timer);
    this.timer = null;
    try {
      session?.abort();
    } catch {
      // The host has no recording any more.
    }
    if (notice) target?.onNotice(notice);
  }

  private enter(state: RecorderState, limitMs: number, onLimit: () => void): void {
    runInAction(() => (this.state = state));
    this.deps.clock.clearTimeout(this.timer);
    this.timer = this.deps.clock.setTimeout(onLimit, limitMs);
  }

  private now(): number {
    return this.deps.clock.now();
  }
}
