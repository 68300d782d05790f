import { makeObservable, observableRef } from 'mobx';

/** What became of what came in. `received` is always the sum of the others. */
export interface FloodCounters {
  readonly received: number;
  /** Had a row, a place in a folded line, or were counted as likes. */
  readonly shown: number;
  /** Folded away. */
  readonly skipped: number;
  /** Came while the reader was further up and were not looked at yet. */
  readonly held: number;
}

/** Counts as things happen, and publishes when the screen changes anyway. */
export class FloodCount {
  published: FloodCounters = { received: 0, shown: 0, skipped: 0, held: 0 };
  private readonly pending = { received: 0, shown: 0, skipped: 0, held: 0 };

  constructor() {
    makeObservable(this, { published: observableRef });
  }

  add(more: Partial<FloodCounters>): void {
    const { pending } = this;
    pending.received += more.received ?? 0;
    pending.shown += more.shown ?? 0;
    pending.skipped += more.skipped ?? 0;
    pending.held += more.held ?? 0;
  }

  /** So many of what was held have been looked at, the rest is passed over when `all` is over. */
  looked(rows: number, all: boolean): void {
    this.publish();
    const { held } = this.published;
    const seen = Math.min(rows, held);
    this.add({ shown: seen, skipped: all ? held - seen : 0, held: all ? -held : -seen });
    this.publish();
  }

  /** Inside an action. */
  publish(): void {
    const { published, pending } = this;
    this.published = {
      received: published.received + pending.received,
      shown: published.shown + pending.shown,
      skipped: published.skipped + pending.skipped,
      held: published.held + pending.held,
    };
    Object.assign(pending, { received: 0, shown: 0, skipped: 0, held: 0 });
  }
}
