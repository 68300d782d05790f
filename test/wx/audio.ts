import { asyncApi, Listeners, type Api } from './api';
import type { WxContext } from './context';
import type { FileStore } from './files';
import type { Fields } from './options';
import type { Permissions } from './permissions';

const EVENTS = ['Play', 'Pause', 'Stop', 'Ended', 'Error', 'Canplay', 'TimeUpdate', 'Waiting'];

/** One `InnerAudioContext`. It plays nothing; a test lets its time pass and its sound end. */
class AudioContextRecord {
  readonly fields: Fields = {
    src: '',
    startTime: 0,
    currentTime: 0,
    duration: 0,
    paused: true,
    playbackRate: 1,
  };
  destroyed = false;
  private readonly listeners = new Map<string, Listeners<Fields>>();

  constructor(
    private readonly context: WxContext,
    private readonly desk: AudioDesk,
    readonly given: Fields,
  ) {
    const { fields } = this;
    for (const name of EVENTS) {
      const listeners = new Listeners<Fields>(context);
      this.listeners.set(name, listeners);
      fields[`on${name}`] = listeners.on;
      fields[`off${name}`] = listeners.off;
    }
    fields.play = () => {
      fields.paused = false;
      const { failure, silent } = this.desk;
      if (failure) this.emit('Error', failure);
      else if (!silent) this.emit('Play');
    };
    fields.pause = () => {
      fields.paused = true;
      if (!this.desk.silent) this.emit('Pause');
    };
    fields.stop = () => {
      fields.paused = true;
      if (!this.desk.silent) this.emit('Stop');
    };
    fields.seek = () => undefined;
    fields.destroy = () => {
      this.destroyed = true;
    };
  }

  get src(): unknown {
    return this.fields.src;
  }

  get playing(): boolean {
    return !this.destroyed && this.fields.paused === false;
  }

  /** The sound reaches this time, in seconds. */
  reach(currentTime: number): void {
    this.fields.currentTime = currentTime;
    this.emit('TimeUpdate');
  }

  finish(): void {
    this.fields.paused = true;
    this.emit('Ended');
  }

  /** Delivers an event in a later macrotask, also after `destroy`, as some versions of WeChat do. */
  emit(name: string, event: Fields = {}): void {
    this.context.later(() => this.listeners.get(name)?.emit(this.context.realm.fields(event)));
  }
}

/** All audio contexts and the recorder of this phone. */
export class AudioDesk {
  readonly contexts: AudioContextRecord[] = [];
  /** The last options of `setInnerAudioOption`. */
  output: Fields = {};
  /** Contexts report nothing. */
  silent = false;
  /** The fields of the error that every `play` ends with, for example `{errCode: 10002}`. */
  failure: Fields | undefined;

  constructor(readonly recorder: RecorderRecord) {}

  /** The sources that are played now. */
  get playing(): unknown[] {
    return this.contexts.filter(({ playing }) => playing).map(({ src }) => src);
  }

  /** The context that was created last. */
  get last(): AudioContextRecord {
    const last = this.contexts.at(-1);
    if (!last) throw new Error('the app has created no audio context');
    return last;
  }
}

/**
 * The one recorder of `wx.getRecorderManager`. Like WeChat's it keeps the last listener of each event, refuses a second
 * start, and answers a stop that comes before the start has been reported with an error, after which it records on.
 */
export class RecorderRecord {
  /** The options of each start. */
  readonly starts: Fields[] = [];
  state: 'idle' | 'starting' | 'recording' = 'idle';
  /** Reports nothing. */
  silent = false;
  /** Why every start fails, for example `operateRecorder:fail auth deny`. */
  refusal: string | undefined;
  /** Length and extension of the next file: by default 1 s, and the format that was asked for. */
  clip: { durationMs?: number; bytes?: string } = {};
  readonly manager: Fields = {};
  private readonly listeners = new Map<string, (event: Fields) => void>();

  constructor(
    private readonly context: WxContext,
    private readonly files: FileStore,
    private readonly user: Permissions,
  ) {
    for (const name of [
      'Start',
      'Stop',
      'Error',
      'FrameRecorded',
      'Pause',
      'Resume',
      'InterruptionBegin',
      'InterruptionEnd',
    ])
      this.manager[`on${name}`] = (listener: (event: Fields) => void) =>
        this.listeners.set(name, listener);
    this.manager.start = (options: Fields = {}) => this.start(options);
    this.manager.stop = () => this.stop();
    this.manager.pause = () => this.emit('Pause');
    this.manager.resume = () => this.emit('Resume');
  }

  /** A frame of the recording. */
  frame(bytes: Uint8Array, isLastFrame = false): void {
    const frameBuffer = this.context.realm.toArrayBuffer(bytes);
    this.emit('FrameRecorded', { frameBuffer, isLastFrame });
  }

  /** The longest time has passed: WeChat stops by itself. */
  reachLimit(): void {
    if (this.state === 'recording') this.finish();
  }

  /** A phone call takes the microphone. */
  interrupt(): void {
    this.emit('InterruptionBegin');
  }

  fail(errMsg: string): void {
    this.state = 'idle';
    this.emit('Error', { errMsg });
  }

  private start(options: Fields): void {
    this.starts.push(options);
    const refusal = this.refusal ?? this.refusalOf();
    if (refusal) return this.emit('Error', { errMsg: refusal });
    if (this.state !== 'idle') {
      const errMsg = "operateRecorder:fail:audio is recording, don't start record again";
      return this.emit('Error', { errMsg });
    }
    this.state = 'starting';
    if (this.silent) return;
    this.context.later(() => {
      if (this.state !== 'starting') return;
      this.state = 'recording';
      this.listeners.get('Start')?.({});
    });
  }

  /** The first start asks for the microphone, as `wx.authorize` does. */
  private refusalOf(): string | undefined {
    try {
      this.user.useOf('getRecorderManager');
      this.user.need('scope.record');
      return undefined;
    } catch (error) {
      return `operateRecorder:fail ${(error as Error).message}`;
    }
  }

  private stop(): void {
    if (this.silent) return;
    if (this.state !== 'recording')
      return this.emit('Error', { errMsg: 'operateRecorder:fail:recorder not start' });
    this.finish();
  }

  private finish(): void {
    this.state = 'idle';
    const { durationMs = 1000, bytes = 'ID3 sound' } = this.clip;
    const extension = String(this.starts.at(-1)?.format ?? 'aac');
    const tempFilePath = this.files.add(bytes, extension);
    const fileSize = this.files.read(tempFilePath)?.length ?? 0;
    this.emit('Stop', { tempFilePath, fileSize, duration: durationMs });
  }

  private emit(name: string, event: Fields = {}): void {
    this.context.later(() => this.listeners.get(name)?.(this.context.realm.fields(event)));
  }
}

/** `createInnerAudioContext`, `getRecorderManager` and `setInnerAudioOption`. */
export function makeAudio(context: WxContext, desk: AudioDesk): Record<string, Api> {
  return {
    createInnerAudioContext: (given: Fields = {}) => {
      const record = new AudioContextRecord(context, desk, given);
      desk.contexts.push(record);
      return record.fields;
    },
    getRecorderManager: () => desk.recorder.manager,
    setInnerAudioOption: asyncApi(context, 'setInnerAudioOption', (given) => {
      desk.output = given;
    }),
  };
}
