/** Why a sound is not heard: it could not be loaded, or the host does not know its format. */
export type SoundFailure = 'unloaded' | 'format';

/** The events of one sound. A host can leave out any of them, and repeat any of them. */
export interface SoundEvents {
  readonly onPlaying: () => void;
  /** The sound waits for data. */
  readonly onWaiting: () => void;
  /** The position in milliseconds. */
  readonly onTime: (positionMs: number) => void;
  /** The host has paused the sound, for example for a phone call. */
  readonly onPaused: () => void;
  readonly onEnded: () => void;
  readonly onFailed: (failure: SoundFailure) => void;
}

/** A sound that is being played. Each method may throw. */
export interface Sound {
  pause(): void;
  resume(): void;
  setRate(rate: number): void;
  /** Ends the sound and frees it. */
  end(): void;
}

/** The player of a host: WeChat's InnerAudioContext, or the browser's Audio. */
export interface AudioPort {
  /** Begins to play the sound at an address, or at the path of a file. May throw. */
  play(
    url: string,
    start: { readonly fromMs: number; readonly rate: number },
    events: SoundEvents,
  ): Sound;
}
