/** kbit/s of Layer III by the index in a frame's header. */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** Samples a second of MPEG-1; half of it in MPEG-2, a quarter in MPEG-2.5. */
const SAMPLES = [44_100, 48_000, 32_000];
/** `global_gain` of silence and of a loud voice. */
const QUIET = 130;
const LOUD = 190;
/** Bytes that are kept for a frame that continues in the next part; a frame has 1,441 bytes at most. */
const KEPT = 2000;

interface Frame {
  readonly bytes: number;
  /** 0 to 100. */
  readonly level: number;
}

/**
 * Reads the loudness of an MP3 stream without decoding it: a frame's header is followed by `global_gain`, the
 * logarithm of its quantizer step (ISO 11172-3, 2.4.1.7), which follows the loudness. WeChat gives the parts of a
 * recording as MP3 while it records, and gives no loudness.
 */
export class Mp3Levels {
  private rest = new Uint8Array(0);

  /** The loudness of each frame that this part completes. */
  feed(part: ArrayBuffer): number[] {
    const bytes = new Uint8Array(this.rest.length + part.byteLength);
    bytes.set(this.rest);
    bytes.set(new Uint8Array(part), this.rest.length);
    const levels: number[] = [];
    let at = 0;
    while (at + 4 <= bytes.length) {
      const frame = frameAt(bytes, at);
      if (!frame) {
        at++;
        continue;
      }
      if (at + frame.bytes > bytes.length) break;
      levels.push(frame.level);
      at += frame.bytes;
    }
    this.rest = bytes.slice(Math.max(at, bytes.length - KEPT));
    return levels;
  }
}

/** Undefined where no Layer III frame begins. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const version = (second >> 3) & 3;
  const isLayer3 = ((second >> 1) & 3) === 1;
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || version === 1 || !isLayer3) return undefined;
  const isFirst = version === 3;
  const rate = (isFirst ? RATES_1 : RATES_2)[third >> 4];
  const samples = SAMPLES[(third >> 2) & 3];
  if (!rate || !samples) return undefined;
  const perSecond = samples / (isFirst ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const length = Math.floor(((isFirst ? 144 : 72) * rate * 1000) / perSecond) + padding;
  const hasChecksum = (second & 1) === 0;
  const side = (at + (hasChecksum ? 6 : 4)) * 8;
  const isMono = fourth >> 6 === 3;
  const granule = side + (isFirst ? (isMono ? 18 : 20) : isMono ? 9 : 10);
  const size = bitsAt(bytes, granule, 12);
  const gain = bitsAt(bytes, granule + 21, 8);
  const level = size === 0 ? 0 : ((gain - QUIET) / (LOUD - QUIET)) * 100;
  return { bytes: length, level: Math.round(Math.min(100, Math.max(0, level))) };
}

function bitsAt(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let bit = from; bit < from + count; bit++)
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}
