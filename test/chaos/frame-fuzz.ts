import type { Random } from '../../emulator/faults/random';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Socket.IO's mark of a message with JSON. */
const MESSAGE = /^3:::/;
const HUGE = '汉'.repeat(60_000);

function deep(levels: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { 1: value };
  return value;
}

const VALUES: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1e21,
  '',
  'x',
  '{',
  '{"a":',
  '__proto__',
  'constructor',
  '\u0000\ud800',
  '9'.repeat(40),
  HUGE,
  [],
  {},
  [null],
  { 1: null },
  { __proto__x: 1 },
  deep(300),
];

/** Changes received frames at random: types, missing fields, sizes, depth, cut frames, commands and serials. */
export class FrameFuzz {
  /** Share of the frames that are changed. */
  share = 0;
  changed = 0;
  /** The last changed frames, for a failure text. */
  readonly last: string[] = [];

  constructor(private readonly random: Random) {}

  readonly alter = (frame: string): readonly string[] => {
    if (this.random() >= this.share) return [frame];
    const frames = this.change(frame);
    this.changed++;
    this.last.push(...frames.map((each) => each.slice(0, 200)));
    this.last.splice(0, Math.max(0, this.last.length - 6));
    return frames;
  };

  private change(frame: string): string[] {
    if (!MESSAGE.test(frame)) return this.pick([[frame, frame], [frame], ['3:::'], ['9:::'], ['']]);
    switch (this.below(12)) {
      case 0:
        return [frame.slice(0, this.below(frame.length))];
      case 1:
        return [frame.replace(/[{}[\]":,]/g, (sign) => (this.random() < 0.1 ? '' : sign))];
      case 2:
        return [frame, frame];
      case 3:
        return [frame, this.packet(frame, (packet) => ({ ...packet, ser: this.below(70_000) }))];
      case 4:
        return [
          this.packet(frame, (packet) => ({ ...packet, sid: this.below(40), cid: this.below(40) })),
        ];
      case 5:
        return [
          this.packet(frame, (packet) => ({
            ...packet,
            code: this.pick([0, 200, 416, 500, 99999, -1]),
          })),
        ];
      case 6:
        return [`${frame.slice(0, 4)}${JSON.stringify(this.pick(VALUES))}`];
      default:
        return [this.packet(frame, (packet) => this.altered(packet) as Record<string, Json>)];
    }
  }

  private packet(frame: string, change: (packet: Record<string, Json>) => Json): string {
    try {
      return `3:::${JSON.stringify(change(JSON.parse(frame.slice(4)) as Record<string, Json>))}`;
    } catch {
      return frame;
    }
  }

  /** One to three places of a value are changed. */
  private altered(value: Json): Json {
    let result = value;
    for (let count = 1 + this.below(3); count > 0; count--) result = this.alterAt(result);
    return result;
  }

  private alterAt(value: Json): Json {
    if (typeof value !== 'object' || value === null || this.random() < 0.12)
      return this.pick(VALUES);
    if (Array.isArray(value)) {
      if (value.length === 0) return this.pick(VALUES);
      const at = this.below(value.length);
      if (this.random() < 0.1) return value.filter((_, index) => index !== at);
      return value.map((each, index) => (index === at ? this.alterAt(each) : each));
    }
    const keys = Object.keys(value);
    if (keys.length === 0) return this.pick(VALUES);
    const key = keys[this.below(keys.length)] ?? '';
    const { [key]: chosen = null, ...others } = value;
    if (this.random() < 0.2) return others;
    return { ...value, [key]: this.alterAt(chosen) };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}
