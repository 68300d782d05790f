/** The SDK has no time limit for its main sync; a sync without an end after this time has lost an answer. */
const SYNC_MS = 20_000;
/** 160 s at most: a large account on a slow network needs longer than 20 s, but a lost answer never comes. */
const DOUBLINGS = 3;

/** The time limit of a main sync; it doubles after each failed sync in a row. */
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
