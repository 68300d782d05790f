import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encodeGif } from './gif';
import { NOS_PATHS, type ObjectStore } from './object-store';
import { OWN_ORIGIN } from './pictures';

/** Files of the seeded world: contents that are the same in every run. */
const SAMPLES = {
  'voice.wav': () => voice(),
  // 180 x 320, 3 s, H.264 without sound.
  'walk.mp4': () => readFileSync(path.join(__dirname, 'samples/walk.mp4')),
  'ball.gif': () => ball(),
  'plan.pdf': () => pdf('Release plan'),
  'notes.txt': () => Buffer.from('1. 检查文案\n2. 检查深色模式\n3. 发布\n'),
  'merged.txt': () => Buffer.from(MERGED.map((line) => JSON.stringify(line)).join('\n')),
} as const;

/** Start of the object names. */
const PREFIX = 'sample-';

export type SampleName = keyof typeof SAMPLES;

/** Length of `voice.wav`, seconds, and its loudness over time, 0 to 100. */
export const VOICE_S = 6;
export const VOICE_WAVEFORM: readonly number[] = Array.from({ length: 40 }, (_, i) =>
  Math.round(20 + 70 * Math.abs(Math.sin(i * 0.7) * Math.cos(i * 0.21))),
);

/** A file of forwarded messages as Yunxin's kits write it (docs/yunxin-protocol.md, section 8.1). */
const MERGED = [
  { version: 1, terminal: 16, sdk_version: '10.8.1', message_count: 3 },
  merged('grace', 'Grace Liu', { 8: 0, 9: '新版本明天下午发布 [鼓掌]' }),
  merged('chenyu', '陈雨', { 8: 0, 9: '文案都检查过了' }),
  merged('sunqi', '孙琪', { 8: 4, 9: '西湖', 10: { lat: 30.25, lng: 120.15, title: '杭州市' } }),
];

function merged(accountId: string, nick: string, fields: object): object {
  const extension = { mergedMessageNickKey: nick, mergedMessageAvatarKey: '' };
  return { 2: accountId, 7: 1_795_000_000_000, 15: JSON.stringify(extension), ...fields };
}

/** A tone that grows and fades, 8 kHz, 8 bits. */
function voice(): Buffer {
  const rate = 8000;
  const data = Buffer.from(
    Array.from({ length: VOICE_S * rate }, (_, i) => {
      const loudness =
        VOICE_WAVEFORM[Math.floor((i * VOICE_WAVEFORM.length) / VOICE_S / rate)] ?? 0;
      return 128 + Math.round((loudness / 100) * 40 * Math.sin((i * 2 * Math.PI * 330) / rate));
    }),
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** A ball that jumps: 120 x 120, eight pictures. */
function ball(): Buffer {
  const side = 120;
  const radius = 16;
  const frames = Array.from({ length: 8 }, (_, frame) => {
    const top = 30 + 62 * (1 - Math.sin((frame * Math.PI) / 8));
    return Uint8Array.from({ length: side * side }, (_pixel, i) => {
      const isBall = Math.hypot((i % side) - side / 2, Math.floor(i / side) - top) < radius;
      return isBall ? 1 : i >= side * 110 ? 2 : 0;
    });
  });
  const palette = [0xd9ecf5, 0xe2703a, 0x5c8a4a];
  return encodeGif({ width: side, height: side, palette, frames, delay: 8 });
}

/** A page with one line. */
function pdf(line: string): Buffer {
  const drawing = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** Address, size and MD5 of a sample, as an attachment has them on the wire. */
export function sampleFile(name: SampleName): {
  url: string;
  size: number;
  md5: string;
  ext: string;
} {
  const content = SAMPLES[name]();
  return {
    url: `${OWN_ORIGIN}${NOS_PATHS.download.slice(1)}/${PREFIX}${name}`,
    size: content.length,
    md5: createHash('md5').update(content).digest('hex'),
    ext: path.extname(name).slice(1),
  };
}

/** Stores the samples as if they had been uploaded: with ranges, and with a poster of the video. */
export function storeSamples(store: ObjectStore): void {
  for (const [name, content] of Object.entries(SAMPLES))
    store.put(PREFIX + name, { content: content(), fileName: name });
}
