/** A picture of at most 128 colours: `pixels` has an index into `palette` for each pixel, row by row. */
export interface GifOptions {
  width: number;
  height: number;
  /** Colours as `0xRRGGBB`. */
  palette: readonly number[];
  /** Pictures that are shown in turn, for ever. */
  frames: readonly Uint8Array[];
  /** Time of each picture, hundredths of a second. */
  delay: number;
}

/** Bits of a pixel. The codes of pixels have a bit more: 8, so that each code is a byte. */
const DEPTH = 7;
const CLEAR = 1 << DEPTH;
const END = CLEAR + 1;
/** Pixels after which the table of codes is cleared, so that no code needs a ninth bit. */
const RUN = CLEAR - 2;
/** Most bytes of a block of data. */
const BLOCK = 255;

const word = (value: number): number[] => [value & 0xff, value >> 8];

function frameOf({ width, height, delay }: GifOptions, pixels: Uint8Array): number[] {
  const codes: number[] = [];
  for (let at = 0; at < pixels.length; at += RUN)
    codes.push(CLEAR, ...pixels.subarray(at, at + RUN));
  codes.push(END);
  const blocks: number[] = [];
  for (let at = 0; at < codes.length; at += BLOCK) {
    const block = codes.slice(at, at + BLOCK);
    blocks.push(block.length, ...block);
  }
  const control = [0x21, 0xf9, 4, 0, ...word(delay), 0, 0];
  return [...control, 0x2c, 0, 0, 0, 0, ...word(width), ...word(height), 0, DEPTH, ...blocks, 0];
}

/** Writes an animated GIF without compression. */
export function encodeGif(options: GifOptions): Buffer {
  const { width, height, palette, frames } = options;
  const colours = Array.from({ length: 1 << DEPTH }, (_, i) => palette[i] ?? 0);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([...word(width), ...word(height), 0x80 | (DEPTH - 1), 0, 0]),
    Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff])),
    // The extension that repeats the pictures.
    Buffer.from([0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0', 'latin1'), 3, 1, 0, 0, 0]),
    ...frames.map((pixels) => Buffer.from(frameOf(options, pixels))),
    Buffer.from([0x3b]),
  ]);
}
