/** Globals of a device whose clock is ahead, or behind when the number of milliseconds is negative. */
export function skewedClock(skewMs: number): { Date: DateConstructor } {
  class SkewedDate extends Date {
    constructor(...parts: [] | [number | string | Date]) {
      if (parts.length === 0) super(Date.now() + skewMs);
      else super(parts[0]);
    }

    static override now(): number {
      return Date.now() + skewMs;
    }
  }
  return { Date: SkewedDate as DateConstructor };
}
