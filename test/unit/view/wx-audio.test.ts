import { wxAudio } from '@/components/voice/wx-audio';
import type { SoundEvents } from '@/stores/voice/audio-port';

const listeners = new Map<string, (event?: unknown) => void>();
const context: Record<string, unknown> = { currentTime: 0 };
for (const name of ['Play', 'Waiting', 'Pause', 'Ended', 'TimeUpdate', 'Error'])
  context[`on${name}`] = (listener: () => void) => listeners.set(name, listener);
for (const name of ['play', 'pause', 'stop', 'destroy']) context[name] = jest.fn();

jest.mock('@tarojs/taro', () => ({ createInnerAudioContext: () => context }));

function play(url: string) {
  const heard: unknown[] = [];
  const note = (name: string) => (value?: unknown) => void heard.push(value ?? name);
  const events: SoundEvents = {
    onPlaying: note('playing'),
    onWaiting: note('waiting'),
    onTime: note('time'),
    onPaused: note('paused'),
    onEnded: note('ended'),
    onFailed: note('failed'),
  };
  const sound = wxAudio.play(url, { fromMs: 1500, rate: 2 }, events);
  return { sound, heard };
}

test('begins at the place and with the speed, in seconds', () => {
  const { sound, heard } = play('https://host/a.mp3');
  expect(context).toMatchObject({ src: 'https://host/a.mp3', startTime: 1.5, playbackRate: 2 });
  context.currentTime = 2.25;
  listeners.get('TimeUpdate')?.();
  expect(heard).toEqual([2250]);
  sound.end();
  expect(context.stop).toHaveBeenCalled();
  expect(context.destroy).toHaveBeenCalled();
});

test.each([
  ['a.mp3', { errCode: 10_004 }, 'format'],
  ['a.mp3', { errCode: 10_003 }, 'unloaded'],
  ['a.mp3', undefined, 'unloaded'],
  ['a.amr', { errCode: -1 }, 'format'],
  ['a.AMR?token=1', { errCode: 10_003 }, 'format'],
  ['a.amr', { errCode: 10_002 }, 'unloaded'],
])('%s with the error %j is %s', (file, error, failure) => {
  const { heard } = play(`https://host/${file}`);
  listeners.get('Error')?.(error);
  expect(heard).toEqual([failure]);
});
