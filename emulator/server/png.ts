import { deflateSync, inflateSync, crc32 } from 'node:zlib';

/** Pixels of a picture, four bytes each (red, green, blue, alpha), row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Buffer;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_PIXELS = 40_000_000;
const BYTES = 4;
const OPAQUE = 255;

/** Samples of a pixel by the color type of a PNG. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(BYTES);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(BYTES);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** Writes a PNG with eight bits for each color and alpha. */
export function encodePng({ width, height, data }: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(6, 9);
  const stride = width * BYTES;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) {
    data.copy(rows, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(content: Buffer): { type: string; content: Buffer }[] {
  const chunks: { type: string; content: Buffer }[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= content.length) {
    const length = content.readUInt32BE(at);
    const type = content.toString('latin1', at + 4, at + 8);
    chunks.push({ type, content: content.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Undoes the filter of each row, in place. `step` is the number of bytes of a pixel. */
function unfilter(rows: Buffer, stride: number, height: number, step: number): void {
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1) + 1;
    const filter = rows[start - 1] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = start + x;
      const left = x >= step ? (rows[at - step] ?? 0) : 0;
      const up = y > 0 ? (rows[at - stride - 1] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (rows[at - stride - 1 - step] ?? 0) : 0;
      const added = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[at] = ((rows[at] ?? 0) + added) & OPAQUE;
    }
  }
}

/**
 * Reads a PNG with eight bits for each sample and without interlacing, as cameras' and browsers' tools write it.
 * Returns undefined for every other file.
 */
export function decodePng(content: Buffer): Pixels | undefined {
  if (!content.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  try {
    const chunks = chunksOf(content);
    const find = (type: string): Buffer | undefined =>
      chunks.find((each) => each.type === type)?.content;
    const header = find('IHDR');
    const samples = header && SAMPLES[header.readUInt8(9)];
    if (!header || !samples || header.readUInt8(8) !== 8 || header.readUInt8(12) !== 0) {
      return undefined;
    }
    const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
    if (width * height === 0 || width * height > MAX_PIXELS) return undefined;
    const stride = width * samples;
    const rows = inflateSync(
      Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((each) => each.content)),
      { maxOutputLength: (stride + 1) * height + 1 },
    );
    unfilter(rows, stride, height, samples);
    const palette = header.readUInt8(9) === PALETTE ? find('PLTE') : undefined;
    const data = Buffer.alloc(width * height * BYTES, OPAQUE);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const from = y * (stride + 1) + 1 + x * samples;
        const to = (y * width + x) * BYTES;
        if (palette) palette.copy(data, to, (rows[from] ?? 0) * 3, (rows[from] ?? 0) * 3 + 3);
        else if (samples <= 2) {
          data.fill(rows[from] ?? 0, to, to + 3);
          if (samples === 2) data[to + 3] = rows[from + 1] ?? 0;
        } else rows.copy(data, to, from, from + samples);
      }
    }
    return { width, height, data };
  } catch {
    // Truncated chunks and broken compression throw.
    return undefined;
  }
}
