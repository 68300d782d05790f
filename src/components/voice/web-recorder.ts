import { systemClock } from '@/platform';
import type { RecorderEvents, RecorderPort, RecorderSession } from '@/stores/voice/recorder-port';

/** Formats by preference, with their endings: AAC plays in WeChat on every phone, WebM does not on iOS. */
const FORMATS = [
  ['audio/mp4;codecs=mp4a.40.2', 'm4a'],
  ['audio/mp4', 'm4a'],
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/ogg;codecs=opus', 'ogg'],
] as const;
/** The loudness is read so often, milliseconds. */
const LEVEL_MS = 100;
/** A voice has a mean amplitude of up to a third. */
const LOUD = 0.33;

/** Records with a browser's MediaRecorder; an AnalyserNode measures the loudness. */
export const webRecorder: RecorderPort = {
  start(limitMs, events) {
    const session = new WebSession(events);
    void session.run(limitMs);
    return session;
  },
};

class WebSession implements RecorderSession {
  private isOver = false;
  private stream: MediaStream | null = null;
  private recorder: MediaRecorder | null = null;
  private context: AudioContext | null = null;

  constructor(private readonly events: RecorderEvents) {}

  async run(limitMs: number): Promise<void> {
    try {
      this.stream = await globalThis.navigator.mediaDevices.getUserMedia({ audio: true });
      if (this.isOver) return this.release();
      this.record(this.stream, limitMs);
    } catch (error) {
      this.release();
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!this.isOver) this.events.onFailed(isDenied ? 'denied' : 'failed');
    }
  }

  stop(): void {
    if (this.recorder?.state === 'recording') this.recorder.stop();
  }

  abort(): void {
    this.isOver = true;
    this.release();
  }

  private record(stream: MediaStream, limitMs: number): void {
    const { MediaRecorder } = globalThis;
    const [type, ending] =
      FORMATS.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? FORMATS[0];
    const recorder = new MediaRecorder(stream, { mimeType: type });
    const parts: Blob[] = [];
    this.recorder = recorder;
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstart = () => {
      if (!this.isOver) this.events.onStart();
    };
    recorder.onerror = () => {
      if (!this.isOver) this.events.onFailed('failed');
    };
    recorder.onstop = () => {
      this.release();
      if (this.isOver) return;
      this.isOver = true;
      const [bare = type] = type.split(';');
      const file = new File(parts, `voice.${ending}`, { type: bare });
      const shownAs = URL.createObjectURL(file);
      this.events.onDone({ file, durationMs: 0, size: file.size, shownAs });
    };
    for (const track of stream.getAudioTracks())
      track.onended = () => {
        if (!this.isOver) this.events.onInterrupted();
      };
    recorder.start();
    systemClock.setTimeout(() => this.stop(), limitMs);
    this.measure(stream);
  }

  /** Without an AudioContext the recording has no waveform. */
  private measure(stream: MediaStream): void {
    const { AudioContext } = globalThis;
    if (!AudioContext) return;
    const context = new AudioContext();
    this.context = context;
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const read = () => {
      if (this.isOver || this.context !== context) return;
      analyser.getFloatTimeDomainData(samples);
      const mean = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
      this.events.onLevel(Math.round(Math.min(1, mean / LOUD) * 100));
      systemClock.setTimeout(read, LEVEL_MS);
    };
    read();
  }

  /** Turns the microphone off. */
  private release(): void {
    if (this.recorder?.state === 'recording') this.recorder.stop();
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.stream = null;
    void this.context?.close().catch(() => undefined);
    this.context = null;
  }
}
