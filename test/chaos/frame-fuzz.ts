import { type Random, seededRandom } from '../../emulator/faults/random';
import { alterJson, type Json, pick, VALUES } from './json-fuzz';

/** Socket.IO's mark of a message with JSON. */
const MESSAGE = /^3:::/;
/** Number of earlier frames that may come a second time. */
const REMEMBERED = 40;
/** Socket.IO's other frames, and texts that are no frame. */
const ENVELOPES = [
  '3:::',
  '9:::',
  '',
  '0::',
  '2::',
  '1::',
  '3:::null',
  '3:::[]',
  '4:::{}',
  ':::::',
];

type Packet = Record<string, Json>;
type Received = string | Uint8Array;

/** A change of a received frame; null when it does not apply to the frame. */
type Change = (frame: string, fuzz: Fuzz) => readonly Received[] | null;

interface Fuzz {
  readonly random: Random;
  /** Frames of this link of earlier. */
  readonly earlier: readonly string[];
}

const CHANGES: Readonly<Record<string, Change>> = {
  /** Values of another type, missing fields, huge and deep values, anywhere in the packet. */
  value: (frame, { random }) => [
    withPacket(frame, (packet) => alterJson(packet, random) as Packet),
  ],
  values: (frame, { random }) => {
    const times = 2 + Math.floor(random() * 3);
    return [
      withPacket(frame, (packet) => {
        let result: Json = packet;
        for (let count = 0; count < times; count++) result = alterJson(result, random);
        return result as Packet;
      }),
    ];
  },
  whole: (_, { random }) => [`3:::${JSON.stringify(pick(VALUES, random))}`],
  truncated: (frame, { random }) => [frame.slice(0, Math.floor(random() * frame.length))],
  punctuation: (frame, { random }) => [
    frame.replace(/[{}[\]":,]/g, (sign) => (random() < 0.1 ? '' : sign)),
  ],
  /** The bytes of the text read in another character set, or cut inside a character. */
  charset: (frame, { random }) => {
    const bytes = Buffer.from(frame);
    const read = pick(['latin1', 'utf16le', 'lone', 'cut'] as const, random);
    if (read === 'lone')
      return [frame.replace(/[a-z]/g, (one) => (random() < 0.1 ? '\ud800' : one))];
    if (read === 'cut') return [bytes.subarray(0, bytes.length - 3).toString('utf8')];
    return [bytes.toString(read)];
  },
  binary: (frame) => [Buffer.from(frame)],
  duplicate: (frame) => [frame, frame],
  /** A reply to a request that nobody sent. */
  serial: (frame, { random }) => [
    frame,
    withPacket(frame, (packet) => ({ ...packet, ser: Math.floor(random() * 70_000) })),
  ],
  command: (frame, { random }) => [
    withPacket(frame, (packet) => ({
      ...packet,
      sid: Math.floor(random() * 40),
      cid: Math.floor(random() * 40),
    })),
  ],
  code: (frame, { random }) => [
    withPacket(frame, (packet) => ({
      ...packet,
      code: pick<Json>([0, 200, 416, 500, 99_999, -1, '200', null], random),
    })),
  ],
  /** A frame of earlier in place of a new frame, or beside it. */
  earlier: (frame, { random, earlier }) => {
    const old = earlier[Math.floor(random() * earlier.length)];
    return old === undefined ? null : random() < 0.5 ? [old] : [frame, old];
  },
  /** The body of another command. */
  crossed: (frame, { random, earlier }) => {
    const old = earlier[Math.floor(random() * earlier.length)];
    const body = old === undefined ? undefined : packetOf(old)?.r;
    return body === undefined ? null : [withPacket(frame, (packet) => ({ ...packet, r: body }))];
  },
  envelope: (frame, { random }) =>
    pick([[pick(ENVELOPES, random)], [frame, pick(ENVELOPES, random)]], random),
};
/** The kinds by their weight: most kinds of broken frames end at the parser, and changed values go further. */
const KINDS = [...Object.keys(CHANGES), ...Array<string>(6).fill('value'), 'values', 'values'];

/** Changes received frames at random: types, missing fields, sizes, depth, cut frames, commands and serials. */
export class FrameFuzz {
  /** Share of the frames that are changed. */
  share = 0;
  changed = 0;
  /** The number of changed frames by kind of change. */
  readonly kinds: Record<string, number> = {};
  /** The last changed frames, for a failure text. */
  readonly last: string[] = [];
  private readonly earlier: string[] = [];

  constructor(private readonly random: Random) {}

  readonly alter = (frame: string): readonly Received[] => {
    if (this.random() >= this.share) {
      this.remember(frame);
      return [frame];
    }
    // A generator for each frame: some changes draw a number for each letter, and the ids of the emulator are random.
    const random = seededRandom(Math.floor(this.random() * 2 ** 31));
    const kind = pick(MESSAGE.test(frame) ? KINDS : ['envelope', 'truncated', 'duplicate'], random);
    const { earlier } = this;
    const frames = CHANGES[kind]?.(frame, { random, earlier }) ?? [frame, frame];
    this.remember(frame);
    this.changed++;
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    this.last.push(...frames.map((each) => `${kind}: ${String(each).slice(0, 200)}`));
    this.last.splice(0, Math.max(0, this.last.length - 6));
    return frames;
  };

  private remember(frame: string): void {
    if (!MESSAGE.test(frame)) return;
    this.earlier.push(frame);
    if (this.earlier.length > REMEMBERED) this.earlier.shift();
  }
}

function packetOf(frame: string): Packet | undefined {
  try {
    return JSON.parse(frame.slice(4)) as Packet;
  } catch {
    return undefined;
  }
}

function withPacket(frame: string, change: (packet: Packet) => Packet): string {
  const packet = packetOf(frame);
  return packet === undefined ? frame : `3:::${JSON.stringify(change(packet))}`;
}
