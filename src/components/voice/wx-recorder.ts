import Taro from '@tarojs/taro';
import { systemClock } from '@/platform';
import type {
  RecorderEvents,
  RecorderFailure,
  RecorderPort,
  RecorderSession,
} from '@/stores/voice/recorder-port';
import { Mp3Levels } from './mp3-levels';

/** MP3 plays on every host, and WeChat gives its parts while it records. `frameSize` is in KB. */
const OPTIONS = {
  sampleRate: 16_000,
  numberOfChannels: 1,
  encodeBitRate: 48_000,
  format: 'mp3',
  frameSize: 1,
} as const;
/** After this time, ms, a recorder that was stopped and has reported nothing counts as free. */
const SILENCE_MS = 5000;

interface Session extends RecorderSession {
  readonly limitMs: number;
  readonly events: RecorderEvents;
  readonly levels: Mp3Levels;
  hasStarted: boolean;
  isAborted: boolean;
}

/**
 * WeChat's recorder. There is one for the whole app, and its listeners cannot be removed, so that this object has them
 * and gives each event to the running session. A stop before `onStart` is an error for WeChat, which then records
 * on: the stop is repeated at `onStart`. A session that begins meanwhile waits.
 */
class WxRecorder implements RecorderPort {
  private manager: Taro.RecorderManager | null = null;
  private current: Session | null = null;
  private next: Session | null = null;
  private stoppedAt = 0;

  start(limitMs: number, events: RecorderEvents): RecorderSession {
    const session: Session = {
      limitMs,
      events,
      levels: new Mp3Levels(),
      hasStarted: false,
      isAborted: false,
      stop: () => this.stop(session),
      abort: () => this.abort(session),
    };
    const isStuck = this.stoppedAt > 0 && systemClock.now() - this.stoppedAt > SILENCE_MS;
    if (this.current && !isStuck) this.next = session;
    else this.begin(session);
    return session;
  }

  private begin(session: Session): void {
    this.current = session;
    this.stoppedAt = 0;
    this.manager ??= this.listen();
    try {
      this.manager.start({ ...OPTIONS, duration: session.limitMs });
    } catch (error) {
      this.current = null;
      throw error;
    }
  }

  private stop(session: Session): void {
    if (this.current !== session) return;
    this.stoppedAt = systemClock.now();
    if (session.hasStarted) this.manager?.stop();
  }

  private abort(session: Session): void {
    session.isAborted = true;
    if (this.next === session) this.next = null;
    this.stop(session);
  }

  private listen(): Taro.RecorderManager {
    const manager = Taro.getRecorderManager();
    manager.onStart(() => {
      const { current } = this;
      if (!current) return;
      current.hasStarted = true;
      if (current.isAborted) manager.stop();
      else current.events.onStart();
    });
    manager.onFrameRecorded(({ frameBuffer }) => {
      const { current } = this;
      if (!current || current.isAborted) return;
      for (const level of current.levels.feed(frameBuffer)) current.events.onLevel(level);
    });
    manager.onStop(({ tempFilePath, duration, fileSize }) => {
      const session = this.free();
      if (!session?.isAborted)
        session?.events.onDone({
          file: tempFilePath,
          durationMs: Number(duration) || 0,
          size: Number(fileSize) || 0,
        });
    });
    manager.onError((error) => {
      const session = this.free();
      if (!session?.isAborted) session?.events.onFailed(failureOf(error));
    });
    manager.onInterruptionBegin(() => this.current?.events.onInterrupted());
    return manager;
  }

  /** The recorder is free. Returns the session that has ended, after which the waiting session begins. */
  private free(): Session | null {
    const { current, next } = this;
    this.current = null;
    this.next = null;
    if (!next) return current;
    try {
      this.begin(next);
    } catch {
      next.events.onFailed('failed');
    }
    return current;
  }
}

export const wxRecorder: RecorderPort = new WxRecorder();

function failureOf(error: unknown): RecorderFailure {
  const { errMsg } = (error ?? {}) as { errMsg?: unknown };
  return /auth|permission|deny|denied/i.test(String(errMsg)) ? 'denied' : 'failed';
}
