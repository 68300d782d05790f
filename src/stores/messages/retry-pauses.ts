const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Pause after the n-th failure in a row (1, 2, ...), milliseconds: 1 s, 2 s, 4 s, at most 60 s. */
export function retryPauseMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
}
