import { createAtom } from 'mobx';
import type { KeyValueStorage } from '@/platform';

/** The storage keys are this and the account id. */
export const HEARD_PREFIX = 'yunxin.heard.';
/** How many ids are kept. */
const KEPT = 500;
/** With an empty storage, voice messages older than this count as heard: 3 days. */
const NEW_MS = 3 * 24 * 3_600_000;

type Mark = readonly [messageClientId: string, createTime: number];

/**
 * The voice messages that the user has heard, for the dot of the others. The mini-program SDK does not keep a
 * message's localExtension, so the ids are stored here: the newest 500, and a time before which every message
 * counts as heard. The key is removed when the account is left (`AccountStores.dispose`, `RootStore`).
 */
export class HeardVoices {
  private readonly atom = createAtom('heard');
  private readonly marks = new Map<string, number>();
  private since: number;
  private isLoaded = false;

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly storage: Pick<KeyValueStorage, 'get' | 'set'>,
    private readonly key: string,
    now: number,
  ) {
    this.since = now - NEW_MS;
  }

  /** `createTime` in milliseconds, of the server. Observed: a reader is called again after `mark`. */
  has(messageClientId: string, createTime: number): boolean {
    this.load();
    this.atom.reportObserved();
    return createTime < this.since || this.marks.has(messageClientId);
  }

  mark(messageClientId: string, createTime: number): void {
    if (this.has(messageClientId, createTime)) return;
    this.marks.set(messageClientId, createTime);
    while (this.marks.size > KEPT) this.dropOldest();
    // A refused write is not repeated: the dot is back after the next start.
    this.storage.set(this.key, JSON.stringify({ since: this.since, marks: [...this.marks] }));
    this.atom.reportChanged();
  }

  /** Messages that are older than a dropped mark count as heard. */
  private dropOldest(): void {
    let oldest: Mark | undefined;
    for (const mark of this.marks) if (!oldest || mark[1] < oldest[1]) oldest = mark;
    if (!oldest) return;
    this.marks.delete(oldest[0]);
    this.since = Math.max(this.since, oldest[1] + 1);
  }

  private load(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    try {
      const stored = JSON.parse(this.storage.get(this.key) ?? '{}') as {
        since?: unknown;
        marks?: unknown;
      } | null;
      if (typeof stored?.since === 'number') this.since = stored.since;
      if (Array.isArray(stored?.marks))
        for (const mark of stored.marks.filter(isMark).slice(-KEPT)) this.marks.set(...mark);
    } catch {
      // A damaged value counts as none.
    }
  }
}

function isMark(value: unknown): value is Mark {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'number' &&
    Number.isFinite(value[1])
  );
}
