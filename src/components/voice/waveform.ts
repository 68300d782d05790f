/** Number of bars of 1 s and of 60 s. */
const FEWEST = 4;
const MOST = 21;
/** Seconds of the longest voice message. */
const LONGEST_S = 60;
/** px from bar to bar. */
const STEP = 6;
/** px of a bar. */
const BAR = 3;
/** px of the lower edge, of the highest bar, and of the lowest bar. */
const FLOOR = 20;
const HIGHEST = 18;
const LOWEST = 3;

/** Whole seconds that a voice message shows, 1 to 60 for WeChat's own; at least 1. */
export function secondsOf(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / 1000));
}

/** The bars of a message, more for longer messages, and their width in px. The number grows faster in the beginning. */
export function barsOf(durationMs: number): { count: number; width: number } {
  const share = Math.min(1, (secondsOf(durationMs) - 1) / (LONGEST_S - 1));
  const count = Math.round(FEWEST + (MOST - FEWEST) * Math.sqrt(share));
  return { count, width: count * STEP };
}

/** Reduces or stretches values to `count`; each new value is the greatest of its part. */
export function resampled(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * values.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / count));
    return Math.round(Math.max(0, ...values.slice(from, to)));
  });
}

/**
 * The outline of all bars as a `clip-path`: one node for all, whose style cuts the gaps. A setData of a row has 900
 * bytes at most, therefore the path has about 5 characters for each bar. Undefined without values, for even bars from
 * the style, which engines that do not know `path()` (Chrome before 88, Safari before 13.1) show as well.
 */
export function barsOutline(values: readonly number[], count: number): string | undefined {
  if (values.every((value) => value === 0)) return undefined;
  const tops = resampled(values, count).map((value) =>
    Math.round(FLOOR - Math.max(LOWEST, (Math.min(100, value) * HIGHEST) / 100)),
  );
  const path = tops.map((top, i) => `V${top}h${i === tops.length - 1 ? BAR : STEP}`);
  return `path("M0 ${FLOOR}${path.join('')}V${FLOOR}")`;
}
