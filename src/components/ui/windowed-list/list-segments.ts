/** Rows of a segment, which are loaded and unloaded together. */
export const SEGMENT_ROWS = 8;

/** The segments that hold their rows; all others are empty boxes of the same height. */
export interface Loaded {
  readonly first: number;
  readonly last: number;
  /** Number of segments that exist at all: the list grows towards its end as the reader scrolls. */
  readonly known: number;
}

export interface Viewport {
  /** Offset and height of the scroll-view, in px of the screen. */
  readonly scrollTop: number;
  readonly height: number;
  /** Height of all its content. */
  readonly scrollHeight: number;
}

/** Height of each segment, in px of the design. */
export function segmentHeights<T>(rows: readonly T[], heightOf: (row: T) => number): number[] {
  const heights: number[] = [];
  rows.forEach((row, index) => {
    const segment = Math.floor(index / SEGMENT_ROWS);
    heights[segment] = (heights[segment] ?? 0) + heightOf(row);
  });
  return heights;
}

/** The segments for a first screen of this height (px of the design), without any beyond it. */
export function loadedAtFirst(heights: readonly number[], screen: number): Loaded {
  let last = 0;
  for (let below = heights[0] ?? 0; below < screen && last < heights.length - 1; last++)
    below += heights[last + 1] ?? 0;
  return { first: 0, last, known: last + 1 };
}

/** The visible segments, and one segment on either side of them. */
export function loadedAt(
  { scrollTop, height, scrollHeight }: Viewport,
  heights: readonly number[],
  { known }: Loaded,
): Loaded {
  const total = sum(heights.slice(0, known));
  // Pixels of the screen differ from those of the design; the laid-out height gives the ratio.
  const scale = scrollHeight > 0 ? total / scrollHeight : 1;
  const first = segmentAt(heights, scrollTop * scale);
  const last = segmentAt(heights, (scrollTop + height) * scale);
  return {
    first: Math.max(0, first - 1),
    last: Math.min(heights.length - 1, last + 1),
    known: Math.min(heights.length, Math.max(known, last + 2)),
  };
}

export function sameLoaded(a: Loaded, b: Loaded): boolean {
  return a.first === b.first && a.last === b.last && a.known === b.known;
}

function segmentAt(heights: readonly number[], y: number): number {
  let below = 0;
  for (let i = 0; i < heights.length; i++) {
    below += heights[i] ?? 0;
    if (y < below) return i;
  }
  return Math.max(0, heights.length - 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
