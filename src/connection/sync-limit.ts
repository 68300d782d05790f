/** The SDK has no time limit for its main sync; a sync that reports no end in this time has lost its answer. */
const SYNC_MS = 20_000;
/** 160 s at most: a large account on a slow network needs longer, but some answer is never sent. */
const DOUBLINGS = 3;

/** How long a main sync may take: twice the time after each in a row that failed. */
export class SyncLimit {
  private failures = 0;

  get limitMs(): number {
    return SYNC_MS * 2 ** Math.min(this.failures, DOUBLINGS);
  }

  failed(): void {
    this.failures++;
  }

  succeeded(): void {
    this.failures = 0;
  }
}
