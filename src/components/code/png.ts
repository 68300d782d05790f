/** A colour of a picture: red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** At most 16 colours. */
  readonly colours: readonly Rgb[];
  /** The index of a pixel's colour. */
  readonly at: (x: number, y: number) => number;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The largest block of the deflate format that is stored without compression, bytes. */
const BLOCK = 65_535;
const INDEXED = 3;

/**
 * The bytes of a PNG with a palette, stored without compression. It replaces a canvas, which would have to be on the
 * page, needs two asynchronous calls to WeChat and gives a temporary file: these bytes are ready in the same turn, and
 * tests read the same picture that the user sees.
 */
export function pngOf({ width, height, colours, at }: Pixels): Uint8Array {
  const depth = colours.length <= 2 ? 1 : 4;
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte) + 1;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const place = y * rowBytes + 1 + Math.floor(x / perByte);
      const shift = 8 - depth * ((x % perByte) + 1);
      rows[place] = (rows[place] ?? 0) | (at(x, y) << shift);
    }
  const header = [...int32(width), ...int32(height), depth, INDEXED, 0, 0, 0];
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', header),
    ...chunk('PLTE', colours.flat()),
    ...chunk('IDAT', stored(rows)),
    ...chunk('IEND', []),
  ]);
}

/** The address of a picture that is in the address itself. */
export function dataUrlOf(png: Uint8Array): string {
  return `data:image/png;base64,${base64Of(png)}`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** WeChat has no `btoa`. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.subarray(index, index + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number) => DIGITS[(bits >> shift) & 63] ?? '';
    text += digit(18) + digit(12) + (b === undefined ? '=' : digit(6));
    text += c === undefined ? '=' : digit(0);
  }
  return text;
}

/** The zlib format: blocks without compression, and a checksum. */
function stored(data: Uint8Array): number[] {
  const bytes = [0x78, 0x01];
  for (let start = 0; start < data.length; start += BLOCK) {
    const part = data.subarray(start, start + BLOCK);
    const { length } = part;
    const isLast = start + BLOCK >= data.length;
    bytes.push(Number(isLast), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
    for (const byte of part) bytes.push(byte);
  }
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return [...bytes, b >> 8, b & 255, a >> 8, a & 255];
}

function chunk(type: string, data: readonly number[]): number[] {
  const named = [...Array.from(type, (letter) => letter.charCodeAt(0)), ...data];
  return [...int32(data.length), ...named, ...int32(crcOf(named))];
}

function int32(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
}

function crcOf(bytes: readonly number[]): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}
