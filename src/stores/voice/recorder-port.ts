/** Why nothing was recorded: the user or the system refuses the microphone, or another reason. */
export type RecorderFailure = 'denied' | 'failed';

/** A recorded sound. */
export interface Recording {
  /** A path in a mini-program, the File in a browser. */
  readonly file: string | File;
  /** Milliseconds, by the host; 0 when unknown. */
  readonly durationMs: number;
  /** Bytes; 0 when unknown. */
  readonly size: number;
  /** The address of the sound for the own row, where `file` is not an address. */
  readonly shownAs?: string;
}

/** The events of one recording. A host can leave out any of them. */
export interface RecorderEvents {
  /** The microphone records now. */
  readonly onStart: () => void;
  /** Loudness, 0 to 100. Some hosts do not know it. */
  readonly onLevel: (level: number) => void;
  readonly onDone: (recording: Recording) => void;
  readonly onFailed: (failure: RecorderFailure) => void;
  /** The phone needs the microphone, for example for a call. */
  readonly onInterrupted: () => void;
}

/** A recording that runs. Each method may throw. */
export interface RecorderSession {
  /** Ends the recording; `onDone` gives the sound. */
  stop(): void;
  /** Ends the recording and drops it, also before `onStart`. No event follows. */
  abort(): void;
}

/** The microphone of a host: WeChat's RecorderManager, or the browser's MediaRecorder. */
export interface RecorderPort {
  /** @param limitMs the host ends the recording by itself after this time, milliseconds. May throw. */
  start(limitMs: number, events: RecorderEvents): RecorderSession;
}
