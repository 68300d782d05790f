import { autorun } from 'mobx';
import type { AudioPort, Sound, SoundEvents } from '@/stores/voice/audio-port';
import { type VoiceItem, type VoiceList, VoicePlayer } from '@/stores/voice/voice-player';
import { FakeClock } from '../fakes/fake-clock';

/** A sound of a host that reports nothing by itself. */
class FakeSound implements Sound {
  readonly calls: string[] = [];
  fault: Error | undefined;

  constructor(
    readonly url: string,
    readonly fromMs: number,
    readonly rate: number,
    readonly events: SoundEvents,
  ) {}

  pause = () => this.note('pause');
  resume = () => this.note('resume');
  setRate = (rate: number) => this.note(`rate ${rate}`);
  end = () => this.note('end');

  private note(call: string): void {
    this.calls.push(call);
    if (this.fault) throw this.fault;
  }
}

class FakeAudio implements AudioPort {
  readonly sounds: FakeSound[] = [];
  fault: Error | undefined;

  play: AudioPort['play'] = (url, { fromMs, rate }, events) => {
    if (this.fault) throw this.fault;
    const sound = new FakeSound(url, fromMs, rate, events);
    this.sounds.push(sound);
    return sound;
  };

  get last(): FakeSound {
    const sound = this.sounds.at(-1);
    if (!sound) throw new Error('nothing was played');
    return sound;
  }
}

const voice = (id: string, more: Partial<VoiceItem> = {}): VoiceItem => ({
  messageClientId: id,
  url: `https://host/${id}.mp3`,
  durationMs: 10_000,
  createTime: 1,
  mine: false,
  ...more,
});

function setUp(unheard: VoiceItem[] = []) {
  const clock = new FakeClock();
  const audio = new FakeAudio();
  const heard: string[] = [];
  const player = new VoicePlayer({
    clock,
    audio,
    onHeard: ({ messageClientId }) => heard.push(messageClientId),
  });
  const gone = new Set<string>();
  const list: VoiceList = {
    nextUnheard: () => unheard.find(({ messageClientId }) => !heard.includes(messageClientId)),
    isGone: (id) => gone.has(id),
  };
  const begin = (item: VoiceItem) => {
    player.tap(item, list);
    audio.last.events.onPlaying();
  };
  return { clock, audio, heard, player, list, gone, begin };
}

describe('the player of voice messages', () => {
  test('plays, pauses, and goes on with the same sound', () => {
    const { player, audio, list, begin } = setUp();
    player.tap(voice('a'), list);
    expect(player.phaseOf('a')).toBe('loading');
    audio.last.events.onPlaying();
    expect(player.phaseOf('a')).toBe('playing');
    expect(player.phaseOf('b')).toBe('idle');
    player.tap(voice('a'), list);
    expect(player.phaseOf('a')).toBe('paused');
    begin(voice('a'));
    expect(player.phaseOf('a')).toBe('playing');
    expect(audio.sounds).toHaveLength(1);
    expect(audio.last.calls).toEqual(['pause', 'resume']);
  });

  test('plays one message at a time, and goes on where a message was left', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a'));
    await clock.advance(4000);
    begin(voice('b'));
    expect(audio.sounds[0]?.calls).toEqual(['end']);
    expect([player.phaseOf('a'), player.phaseOf('b')]).toEqual(['idle', 'playing']);
    begin(voice('a'));
    expect(audio.last.fromMs).toBe(4000);
    expect(player.percentOf('a')).toBe(40);
  });

  test('begins again after the end', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a'));
    await clock.advance(4000);
    audio.last.events.onEnded();
    expect(player.phaseOf('a')).toBe('idle');
    begin(voice('a'));
    expect(audio.last.fromMs).toBe(0);
  });

  test('marks a message of another person as heard when it sounds, not when it is tapped', () => {
    const { player, audio, heard, list, begin } = setUp();
    player.tap(voice('a'), list);
    expect(heard).toEqual([]);
    audio.last.events.onPlaying();
    audio.last.events.onTime(250);
    expect(heard).toEqual(['a']);
    begin(voice('mine', { mine: true }));
    expect(heard).toEqual(['a']);
  });

  test('goes on with the next message that was not heard', () => {
    const { player, audio, begin } = setUp([voice('b'), voice('c')]);
    begin(voice('a'));
    audio.last.events.onEnded();
    expect(audio.last.url).toBe('https://host/b.mp3');
    audio.last.events.onPlaying();
    audio.last.events.onEnded();
    expect(audio.last.url).toBe('https://host/c.mp3');
    audio.last.events.onPlaying();
    audio.last.events.onEnded();
    expect(player.item).toBeNull();
    expect(audio.sounds).toHaveLength(3);
  });

  test('ignores the events of an earlier sound', () => {
    const { player, audio, begin } = setUp();
    begin(voice('a'));
    const { events } = audio.last;
    begin(voice('b'));
    events.onEnded();
    events.onFailed('unloaded');
    events.onTime(9000);
    expect(player.phaseOf('b')).toBe('playing');
    expect(player.percentOf('b')).toBe(0);
  });

  test('tells the played part at most four times a second', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a', { durationMs: 2000 }));
    const shown: number[] = [];
    const stop = autorun(() => shown.push(player.percentOf('a')));
    await clock.advance(1000);
    expect(shown).toEqual([0, 13, 25, 38, 50]);
    // A host may report more often; the next tick shows the last report.
    for (const positionMs of [1100, 1200, 1300]) audio.last.events.onTime(positionMs);
    expect(shown).toHaveLength(5);
    await clock.advance(250);
    expect(shown.slice(5)).toEqual([78]);
    stop();
  });

  test('1, 1.5 and 2 times, at once and for the next message', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a'));
    player.nextRate();
    await clock.advance(2000);
    expect(player.percentOf('a')).toBe(30);
    player.nextRate();
    begin(voice('b'));
    expect(audio.sounds[0]?.calls).toEqual(['rate 1.5', 'rate 2', 'end']);
    expect(audio.last.rate).toBe(2);
    player.nextRate();
    expect(player.rate).toBe(1);
  });

  test('leaving the page of a conversation stops its message, and no message of another page', () => {
    const { player, audio, list, begin } = setUp();
    begin(voice('a'));
    player.leaveList({ ...list });
    expect(player.phaseOf('a')).toBe('playing');
    player.leaveList(list);
    expect(player.item).toBeNull();
    expect(audio.last.calls).toEqual(['end']);
  });

  test('a recall stops the message', async () => {
    const { clock, player, gone, begin } = setUp();
    begin(voice('a'));
    gone.add('a');
    await clock.advance(250);
    expect(player.item).toBeNull();
  });
});

describe('a host that fails', () => {
  test('says that the sound is not loaded, and loads it again at the next tap', () => {
    const { player, audio, heard, begin } = setUp([voice('b')]);
    begin(voice('b'));
    audio.last.events.onFailed('format');
    expect([player.phaseOf('b'), player.failure]).toEqual(['failed', 'format']);
    expect(audio.last.calls).toEqual(['end']);
    begin(voice('b'));
    expect(player.phaseOf('b')).toBe('playing');
    expect(audio.sounds).toHaveLength(2);
    expect(heard).toEqual(['b', 'b']);
  });

  test('a sound without any event has failed after 15 s, and was not heard', async () => {
    const { clock, player, heard, list } = setUp();
    player.tap(voice('a'), list);
    await clock.advance(14_900);
    expect(player.phaseOf('a')).toBe('loading');
    await clock.advance(500);
    expect(player.phaseOf('a')).toBe('failed');
    expect(heard).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('a sound whose end is not reported is ended 3 s after its length', async () => {
    const { clock, player, begin } = setUp();
    begin(voice('a'));
    await clock.advance(12_900);
    expect(player.phaseOf('a')).toBe('playing');
    expect(player.percentOf('a')).toBe(100);
    await clock.advance(600);
    expect(player.item).toBeNull();
    expect(clock.pending).toBe(0);
  });

  test('a sound that is longer than its claimed length plays on', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a', { durationMs: 1000 }));
    for (let at = 0; at < 20_000; at += 500) {
      audio.last.events.onTime(at);
      await clock.advance(500);
    }
    expect(player.phaseOf('a')).toBe('playing');
  });

  test('a pause that the host ignores while it loads is repeated when the sound begins', () => {
    const { player, audio, list } = setUp();
    player.tap(voice('a'), list);
    player.tap(voice('a'), list);
    audio.last.events.onPlaying();
    expect(player.phaseOf('a')).toBe('paused');
    expect(audio.last.calls).toEqual(['pause', 'pause']);
  });

  test('shows the pause of a phone call, and waiting for data', async () => {
    const { clock, player, audio, begin } = setUp();
    begin(voice('a'));
    audio.last.events.onWaiting();
    expect(player.phaseOf('a')).toBe('loading');
    await clock.advance(1000);
    expect(player.percentOf('a')).toBe(0);
    audio.last.events.onPlaying();
    audio.last.events.onPaused();
    expect(player.phaseOf('a')).toBe('paused');
    expect(clock.pending).toBe(0);
  });

  test.each(['play', 'pause', 'end', 'in play'] as const)(
    '%s throws: the player goes on',
    (call) => {
      const { player, audio, list, begin } = setUp();
      if (call === 'play') {
        audio.fault = new Error('play:fail');
        player.tap(voice('a'), list);
        expect(player.phaseOf('a')).toBe('failed');
        audio.fault = undefined;
      } else if (call === 'in play') {
        const { play } = audio;
        audio.play = (url, start, events) => {
          events.onFailed('unloaded');
          return play(url, start, events);
        };
        player.tap(voice('a'), list);
        expect(player.phaseOf('a')).toBe('failed');
        expect(audio.last.calls).toEqual(['end']);
        audio.play = play;
      } else {
        begin(voice('a'));
        audio.last.fault = new Error(`${call}:fail`);
        player.tap(voice('a'), list);
      }
      begin(voice('b'));
      expect(player.phaseOf('b')).toBe('playing');
    },
  );
});
