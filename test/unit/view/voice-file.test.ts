import { voiceFile, waveformOf } from '@/components/voice/recorder';

jest.mock('@tarojs/taro', () => ({}));

test('a waveform has 40 values from the quietest part to the loudest', () => {
  const levels = Array.from({ length: 80 }, (_, i) => 20 + (i % 10) * 4);
  const waveform = waveformOf(levels);
  expect(waveform).toHaveLength(40);
  expect([Math.min(...waveform), Math.max(...waveform)]).toEqual([11, 100]);
  expect(waveformOf([50, 100])).toHaveLength(40);
});

test('silence and a host without loudness give no waveform', () => {
  expect(waveformOf([])).toEqual([]);
  expect(waveformOf([3, 4, 3])).toEqual([]);
});

test('the message has the length, the size and the waveform', () => {
  const recorded = { file: 'wxfile://tmp/a.mp3', durationMs: 3000, size: 900, levels: [] };
  expect(voiceFile(recorded)).toEqual({
    kind: 'audio',
    file: 'wxfile://tmp/a.mp3',
    duration: 3000,
    size: 900,
  });
  const { serverExtension } = voiceFile({ ...recorded, levels: [0, 50, 100] });
  expect(JSON.parse(serverExtension ?? '')).toHaveProperty('waveform.length', 40);
});
