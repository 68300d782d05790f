import { makeObservable, observableRef, runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import type { AudioPort, Sound, SoundEvents, SoundFailure } from './audio-port';

/** A voice message, as the player needs it. */
export interface VoiceItem {
  readonly messageClientId: string;
  readonly url: string;
  /** Milliseconds; 0 when unknown. */
  readonly durationMs: number;
  /** Milliseconds, of the server. */
  readonly createTime: number;
  readonly mine: boolean;
}

/** The conversation that a voice message is played in. */
export interface VoiceList {
  /** The next message after this one that was not heard. */
  nextUnheard(messageClientId: string): VoiceItem | undefined;
  /** Whether the message was recalled. */
  isGone(messageClientId: string): boolean;
}

export type VoicePhase = 'idle' | 'loading' | 'playing' | 'paused' | 'failed';

const RATES = [1, 1.5, 2] as const;

interface PlayerDependencies {
  readonly clock: Clock;
  readonly audio: AudioPort;
  /** A message of another person has begun to sound. */
  readonly onHeard: (item: VoiceItem) => void;
}

/** The position is updated so often while a sound plays: at most four setData a second. */
const TICK_MS = 250;
/** Time limit for a sign of life of a sound that loads, or that is late to end. */
const SILENCE_MS = 15_000;
/** A sound whose end is not reported is ended so long after its claimed length. */
const OVERTIME_MS = 3000;
/** Assumed length of a sound without a length, milliseconds: the longest of WeChat's own. */
const LONGEST_MS = 60_000;
/** How many positions of messages that were not played to their end are kept. */
const POSITIONS = 50;

/**
 * Plays voice messages, one at a time in the whole app. A host may report nothing at all: the position is computed
 * from the clock and corrected by the host's reports, and both the loading and the end have a time limit.
 */
export class VoicePlayer {
  phase: VoicePhase = 'idle';
  /** Null when nothing is played. */
  item: VoiceItem | null = null;
  /** Milliseconds from the start of the sound. */
  positionMs = 0;
  rate: (typeof RATES)[number] = 1;
  failure: SoundFailure | null = null;
  private list: VoiceList | null = null;
  private sound: Sound | null = null;
  /** The sound whose events count; a new object for each sound. */
  private turn: object | null = null;
  private timer: TimerHandle | null = null;
  /** The last known position and its time, both in milliseconds. */
  private known = { positionMs: 0, at: 0 };
  private lastSign = 0;
  private readonly positions = new Map<string, number>();

  constructor(private readonly deps: PlayerDependencies) {
    makeObservable(this, {
      phase: observableRef,
      item: observableRef,
      positionMs: observableRef,
      rate: observableRef,
      failure: observableRef,
    });
  }

  /** Plays a message, pauses it, or goes on where it was paused or left. After a failure it is loaded again. */
  tap(item: VoiceItem, list: VoiceList): void {
    const isCurrent = this.item?.messageClientId === item.messageClientId;
    if (isCurrent && this.phase === 'paused' && this.sound) this.resume();
    else if (isCurrent && (this.phase === 'playing' || this.phase === 'loading')) this.pause();
    else this.start(item, list);
  }

  pause(): void {
    if (this.phase !== 'playing' && this.phase !== 'loading') return;
    this.advance();
    this.enter('paused');
    this.attempt((sound) => sound.pause());
  }

  /** Stops; the next tap on the message goes on at this position. */
  stop(): void {
    if (!this.item) return;
    this.advance();
    this.leave();
  }

  /** Stops the message of this conversation: its page is left or hidden. */
  leaveList(list: VoiceList): void {
    if (this.list === list) this.stop();
  }

  /** 1, 1.5 and 2 times the speed, in turn. It stays for the messages that follow. */
  nextRate(): void {
    this.advance();
    const next = RATES[(RATES.indexOf(this.rate) + 1) % RATES.length] ?? 1;
    runInAction(() => (this.rate = next));
    this.attempt((sound) => sound.setRate(next));
  }

  /** The state of one message. Observed: a reader is called again when the state changes. */
  phaseOf(messageClientId: string): VoicePhase {
    return this.item?.messageClientId === messageClientId ? this.phase : 'idle';
  }

  /** The played part of a message, percent. */
  percentOf(messageClientId: string): number {
    if (this.item?.messageClientId !== messageClientId) return 0;
    return Math.min(100, Math.round((100 * this.positionMs) / this.lengthOf(this.item)));
  }

  // --- mechanics ------------------------------------------------------------------------------------

  private start(item: VoiceItem, list: VoiceList | null): void {
    this.stop();
    const fromMs = this.positions.get(item.messageClientId) ?? 0;
    this.list = list;
    runInAction(() => {
      this.item = item;
      this.failure = null;
      this.setPosition(fromMs);
    });
    this.enter('loading');
    const turn = {};
    this.turn = turn;
    try {
      const events = this.eventsOf(() => this.turn === turn);
      const sound = this.deps.audio.play(item.url, { fromMs, rate: this.rate }, events);
      if (this.turn === turn) this.sound = sound;
      else sound.end();
    } catch {
      if (this.turn === turn) this.fail('unloaded');
    }
  }

  private resume(): void {
    this.enter('loading');
    this.attempt((sound) => sound.resume());
  }

  /** The events of an earlier sound have no effect. */
  private eventsOf(isCurrent: () => boolean): SoundEvents {
    const active = () => {
      if (!isCurrent()) return false;
      // WeChat ignores a pause while the sound is loaded, and plays afterwards.
      if (this.phase === 'paused') this.attempt((sound) => sound.pause());
      return this.phase === 'loading' || this.phase === 'playing';
    };
    return {
      onPlaying: () => {
        if (active()) this.sounds();
      },
      onWaiting: () => {
        if (!isCurrent() || this.phase !== 'playing') return;
        this.advance();
        this.enter('loading');
      },
      onTime: (positionMs) => {
        if (!active()) return;
        this.sounds();
        // The next tick shows it: a host may report ten times a second.
        this.known = { positionMs, at: this.deps.clock.now() };
      },
      onPaused: () => {
        if (!isCurrent() || this.phase !== 'playing') return;
        this.advance();
        this.enter('paused');
      },
      onEnded: () => {
        if (isCurrent()) this.finish();
      },
      onFailed: (failure) => {
        if (isCurrent()) this.fail(failure);
      },
    };
  }

  /** The sound is heard now. */
  private sounds(): void {
    this.lastSign = this.deps.clock.now();
    if (this.phase === 'playing' || !this.item) return;
    this.enter('playing');
    if (!this.item.mine) this.deps.onHeard(this.item);
  }

  private finish(): void {
    const { item, list } = this;
    this.leave();
    if (!item) return;
    this.positions.delete(item.messageClientId);
    const next = list?.nextUnheard(item.messageClientId);
    if (next) this.start(next, list);
  }

  private fail(failure: SoundFailure): void {
    this.endSound();
    runInAction(() => (this.failure = failure));
    this.enter('failed');
  }

  /** Ends the sound, keeps its position, and shows nothing as played. */
  private leave(): void {
    const { item, phase, positionMs } = this;
    if (item && phase !== 'failed') this.keepPosition(item, positionMs);
    this.endSound();
    this.list = null;
    runInAction(() => {
      this.item = null;
      this.failure = null;
      this.setPosition(0);
    });
    this.enter('idle');
  }

  private endSound(): void {
    const { sound } = this;
    this.sound = null;
    this.turn = null;
    try {
      sound?.end();
    } catch {
      // The host has ended it already.
    }
  }

  /** Calls the sound; one that throws cannot be used any more. */
  private attempt(call: (sound: Sound) => void): void {
    if (!this.sound) return;
    try {
      call(this.sound);
    } catch {
      this.fail('unloaded');
    }
  }

  private enter(phase: VoicePhase): void {
    const { clock } = this.deps;
    const now = clock.now();
    this.lastSign = now;
    this.known = { positionMs: this.positionMs, at: now };
    runInAction(() => (this.phase = phase));
    clock.clearTimeout(this.timer);
    this.timer = null;
    if (phase === 'playing' || phase === 'loading') this.tickLater();
  }

  private tickLater(): void {
    this.timer = this.deps.clock.setTimeout(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    this.timer = null;
    const { item, phase } = this;
    if (!item) return;
    if (this.list?.isGone(item.messageClientId)) return this.stop();
    const silence = this.deps.clock.now() - this.lastSign;
    if (phase === 'loading' && silence > SILENCE_MS) return this.fail('unloaded');
    if (phase === 'playing') {
      this.advance();
      const overtime = this.known.positionMs - this.lengthOf(item);
      if (overtime > OVERTIME_MS && silence > OVERTIME_MS) return this.finish();
    }
    this.tickLater();
  }

  /** Moves the position by the time that has passed. */
  private advance(): void {
    if (this.phase !== 'playing') return;
    const now = this.deps.clock.now();
    const passed = Math.max(0, now - this.known.at) * this.rate;
    runInAction(() => this.setPosition(this.known.positionMs + passed));
  }

  private setPosition(positionMs: number): void {
    this.known = { positionMs, at: this.deps.clock.now() };
    this.positionMs = this.item ? Math.min(positionMs, this.lengthOf(this.item)) : positionMs;
  }

  private keepPosition(item: VoiceItem, positionMs: number): void {
    const { messageClientId } = item;
    this.positions.delete(messageClientId);
    if (positionMs <= 0 || positionMs > this.lengthOf(item) - TICK_MS) return;
    this.positions.set(messageClientId, positionMs);
    if (this.positions.size <= POSITIONS) return;
    const oldest = this.positions.keys().next();
    if (!oldest.done) this.positions.delete(oldest.value);
  }

  private lengthOf({ durationMs }: VoiceItem): number {
    return durationMs || LONGEST_MS;
  }
}
