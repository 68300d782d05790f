import type { RecorderEvents, RecorderPort, RecorderSession } from '@/stores/voice/recorder-port';
import { type Recorded, type RecorderNotice, VoiceRecorder } from '@/stores/voice/voice-recorder';
import { FakeClock } from '../fakes/fake-clock';

/** A microphone that reports nothing by itself. */
class FakeMicrophone implements RecorderPort {
  readonly sessions: { events: RecorderEvents; calls: string[] }[] = [];
  fault: 'start' | 'stop' | 'abort' | undefined;

  start(limitMs: number, events: RecorderEvents): RecorderSession {
    const calls = [`start ${limitMs}`];
    this.sessions.push({ events, calls });
    if (this.fault === 'start') throw new Error('start:fail');
    const note = (call: 'stop' | 'abort') => {
      calls.push(call);
      if (this.fault === call) throw new Error(`${call}:fail`);
    };
    return { stop: () => note('stop'), abort: () => note('abort') };
  }

  get last() {
    const last = this.sessions.at(-1);
    if (!last) throw new Error('nothing was recorded');
    return last;
  }
}

const SOUND = { file: 'wxfile://tmp/a.mp3', durationMs: 3100, size: 900 };

function setUp() {
  const clock = new FakeClock();
  const microphone = new FakeMicrophone();
  const recorder = new VoiceRecorder({ clock, microphone });
  const sent: Recorded[] = [];
  const notices: RecorderNotice[] = [];
  const hold = () =>
    recorder.hold({
      onRecorded: (recorded) => sent.push(recorded),
      onNotice: (notice) => notices.push(notice),
    });
  const speak = async (ms: number) => {
    hold();
    microphone.last.events.onStart();
    await clock.advance(ms);
  };
  return { clock, microphone, recorder, sent, notices, hold, speak };
}

describe('the recorder of voice messages', () => {
  test('records while the button is held, and gives the sound with its loudness', async () => {
    const { microphone, recorder, sent, notices, speak } = setUp();
    await speak(0);
    for (const level of [0, 40, 90]) microphone.last.events.onLevel(level);
    expect(recorder.state).toBe('recording');
    recorder.release();
    expect(notices).toEqual(['tooShort']);

    await speak(3000);
    for (const level of [0, 40, 90]) microphone.last.events.onLevel(level);
    recorder.release();
    expect(recorder.state).toBe('finishing');
    expect(microphone.last.calls).toEqual(['start 61000', 'stop']);
    microphone.last.events.onDone(SOUND);
    expect(sent).toEqual([{ ...SOUND, levels: [0, 40, 90] }]);
    expect(recorder.state).toBe('idle');
  });

  test('shows time and loudness five times a second, and none where the host knows none', async () => {
    const { clock, microphone, recorder, speak } = setUp();
    await speak(1000);
    expect([recorder.elapsedMs, recorder.level]).toEqual([1000, null]);
    microphone.last.events.onLevel(70);
    microphone.last.events.onLevel(20);
    await clock.advance(200);
    expect([recorder.elapsedMs, recorder.level]).toEqual([1200, 70]);
  });

  test('counts the last ten seconds, and stops and sends at 60 s although the finger is still down', async () => {
    const { clock, microphone, recorder, sent, speak } = setUp();
    await speak(49_000);
    expect(recorder.secondsLeft).toBeNull();
    await clock.advance(2000);
    expect(recorder.secondsLeft).toBe(9);
    await clock.advance(9000);
    expect(microphone.last.calls).toEqual(['start 61000', 'stop']);
    microphone.last.events.onDone({ ...SOUND, durationMs: 0 });
    expect(sent).toMatchObject([{ durationMs: 60_000 }]);
    recorder.release();
    expect(sent).toHaveLength(1);
  });

  test('takes the sound that the host gives at its own limit', async () => {
    const { microphone, recorder, sent, speak } = setUp();
    await speak(30_000);
    microphone.last.events.onDone({ ...SOUND, durationMs: 30_000 });
    expect(sent).toMatchObject([{ durationMs: 30_000 }]);
    expect(recorder.state).toBe('idle');
  });

  test('a length that cannot be true is replaced by the measured length', async () => {
    for (const durationMs of [0, -5, 1e12, NaN]) {
      const { microphone, recorder, sent, speak } = setUp();
      await speak(2000);
      recorder.release();
      microphone.last.events.onDone({ ...SOUND, durationMs });
      expect(sent).toMatchObject([{ durationMs: 2000 }]);
    }
  });

  test('a release further up cancels, and back on the button it sends', async () => {
    const { microphone, recorder, sent, notices, speak } = setUp();
    await speak(3000);
    recorder.setWillCancel(true);
    recorder.release();
    expect(microphone.last.calls).toEqual(['start 61000', 'abort']);
    microphone.last.events.onDone(SOUND);
    expect([sent, notices]).toEqual([[], []]);

    await speak(3000);
    expect(recorder.willCancel).toBe(false);
    recorder.setWillCancel(true);
    recorder.setWillCancel(false);
    recorder.release();
    microphone.last.events.onDone(SOUND);
    expect(sent).toHaveLength(1);
  });

  test('the events of an earlier recording have no effect', async () => {
    const { microphone, recorder, sent, notices, speak } = setUp();
    await speak(2000);
    const { events } = microphone.last;
    recorder.cancel();
    await speak(2000);
    events.onDone(SOUND);
    events.onFailed('failed');
    events.onInterrupted();
    events.onLevel(100);
    expect([recorder.state, sent, notices]).toEqual(['recording', [], []]);
  });

  test('leaving the page, a call and a sign-out drop the recording in every state', async () => {
    for (const state of ['starting', 'recording', 'finishing'] as const) {
      const { clock, microphone, recorder, sent, notices, hold } = setUp();
      hold();
      if (state !== 'starting') microphone.last.events.onStart();
      await clock.advance(2000);
      if (state === 'finishing') recorder.release();
      expect(recorder.state).toBe(state);
      recorder.cancel();
      microphone.last.events.onStart();
      microphone.last.events.onDone(SOUND);
      expect([recorder.state, sent, notices]).toEqual(['idle', [], []]);
      expect(microphone.last.calls.at(-1)).toBe('abort');
      expect(clock.pending).toBe(0);
    }
  });
});

describe('a host that fails', () => {
  test('a release before the start is too short, and its late start is not heard', () => {
    const { microphone, recorder, notices, hold } = setUp();
    hold();
    recorder.release();
    expect(notices).toEqual(['tooShort']);
    expect(microphone.last.calls).toEqual(['start 61000', 'abort']);
    microphone.last.events.onStart();
    expect(recorder.state).toBe('idle');
  });

  test('says why: refused, interrupted, failed', async () => {
    const { microphone, notices, speak } = setUp();
    await speak(2000);
    microphone.last.events.onFailed('denied');
    await speak(2000);
    microphone.last.events.onInterrupted();
    expect(microphone.last.calls.at(-1)).toBe('abort');
    await speak(2000);
    microphone.last.events.onFailed('failed');
    expect(notices).toEqual(['denied', 'interrupted', 'failed']);
  });

  test('no start within 4 s, and no sound within 5 s, are failures', async () => {
    const { clock, recorder, notices, hold, speak } = setUp();
    hold();
    await clock.advance(4000);
    expect(notices).toEqual(['failed']);
    await speak(2000);
    recorder.release();
    await clock.advance(5000);
    expect(notices).toEqual(['failed', 'failed']);
    expect(recorder.state).toBe('idle');
    expect(clock.pending).toBe(0);
  });

  test.each(['start', 'stop', 'abort'] as const)(
    '%s throws: the recorder is idle',
    async (fault) => {
      const { microphone, recorder, sent, hold } = setUp();
      microphone.fault = fault;
      hold();
      microphone.last.events.onStart();
      if (fault === 'abort') recorder.cancel();
      else recorder.release();
      expect(recorder.state).toBe('idle');
      expect(sent).toEqual([]);
    },
  );

  test('a second hold while one is recorded has no effect', async () => {
    const { microphone, hold, speak } = setUp();
    await speak(500);
    hold();
    expect(microphone.sessions).toHaveLength(1);
  });
});
