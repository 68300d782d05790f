/** Shift amounts of the four rounds (RFC 1321, section 3.4). */
const SHIFTS: readonly (readonly [number, number, number, number])[] = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const;
const BLOCK = 64;

/** The MD5 of a text's UTF-8 bytes, in lower-case hexadecimal. Mini-programs have no function for it. */
export function md5Of(text: string): string {
  const bytes = utf8Of(text);
  const { length } = bytes;
  const padded = new Uint8Array(Math.ceil((length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, (length << 3) >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(length / 2 ** 29), true);
  let state: [number, number, number, number] = [...START];
  for (let at = 0; at < padded.length; at += BLOCK) state = afterBlock(state, view, at);
  return state.map(hexOf).join('');
}

function afterBlock(
  state: [number, number, number, number],
  view: DataView,
  at: number,
): [number, number, number, number] {
  let [a, b, c, d] = state;
  for (let i = 0; i < BLOCK; i++) {
    const round = i >> 4;
    const [mixed, word] = mixOf(round, i, b, c, d);
    const sum = (a + mixed + (SINES[i] ?? 0) + view.getUint32(at + word * 4, true)) | 0;
    const shift = SHIFTS[round]?.[(i & 3) as 0 | 1 | 2 | 3] ?? 0;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
}

/** The mixed state of a step, and the index of the word that the step reads. */
function mixOf(round: number, i: number, b: number, c: number, d: number): [number, number] {
  switch (round) {
    case 0:
      return [(b & c) | (~b & d), i];
    case 1:
      return [(d & b) | (~d & c), (5 * i + 1) % 16];
    case 2:
      return [b ^ c ^ d, (3 * i + 5) % 16];
    default:
      return [c ^ (b | ~d), (7 * i) % 16];
  }
}

/** The logic layer of mini-programs has no TextEncoder. A surrogate without its pair becomes U+FFFD. */
function utf8Of(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0));
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0));
  }
  return Uint8Array.from(bytes);
}

function tail(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f);
}

/** A word as eight digits, lowest byte first. */
function hexOf(word: number): string {
  return [0, 8, 16, 24]
    .map((shift) => ((word >>> shift) & 0xff).toString(16).padStart(2, '0'))
    .join('');
}
