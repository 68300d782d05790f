import { Mp3Levels } from '@/components/voice/mp3-levels';

/** A frame of MPEG-2 Layer III, 16 kHz, mono, 48 kbit/s: 216 bytes, as WeChat records. */
function frame(gain: number, { size = 500 } = {}): Uint8Array {
  const bytes = new Uint8Array(216);
  bytes.set([0xff, 0xf3, 0x68, 0xc0]);
  // The side information begins at bit 32: main_data_begin 8, private 1, part2_3_length 12, big_values 9, gain 8.
  write(bytes, 32 + 9, 12, size);
  write(bytes, 32 + 30, 8, gain);
  return bytes;
}

function write(bytes: Uint8Array, from: number, count: number, value: number): void {
  for (let i = 0; i < count; i++) {
    const bit = from + i;
    if ((value >> (count - 1 - i)) & 1)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const buffer = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;

test('gives the loudness of each frame', () => {
  const levels = new Mp3Levels().feed(
    buffer(joined(frame(100), frame(130), frame(160), frame(190), frame(255))),
  );
  expect(levels).toEqual([0, 0, 50, 100, 100]);
});

test('a frame without data is silent', () => {
  expect(new Mp3Levels().feed(buffer(frame(190, { size: 0 })))).toEqual([0]);
});

test('a frame may be spread over two parts, and may follow a tag', () => {
  const reader = new Mp3Levels();
  const all = joined(new TextEncoder().encode('ID3 a tag'), frame(160), frame(190));
  expect(reader.feed(buffer(all.slice(0, 100)))).toEqual([]);
  expect(reader.feed(buffer(all.slice(100, 300)))).toEqual([50]);
  expect(reader.feed(buffer(all.slice(300)))).toEqual([100]);
});

test('other data give no loudness, and are not kept', () => {
  const reader = new Mp3Levels();
  for (let i = 0; i < 100; i++) expect(reader.feed(new Uint8Array(1024).buffer)).toEqual([]);
  expect(reader.feed(new Uint8Array([0xff, 0xff, 0xff]).buffer)).toEqual([]);
  expect(reader.feed(new ArrayBuffer(0))).toEqual([]);
});
