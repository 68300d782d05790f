import { makeObservable, observableRef } from 'mobx';

/** Outcome of the messages that arrived. `received` is always the sum of the others. */
export interface FloodCounters {
  readonly received: number;
  /** Got a row or a part of a folded line, or were counted as likes. */
  readonly shown: number;
  /** Dropped in a flood. */
  readonly skipped: number;
  /** Arrived while the reader was further up, and were not shown yet. */
  readonly held: number;
}

/** Counts messages as they arrive, and publishes the counts when the screen changes anyway. */
export class FloodCount {
  published: FloodCounters = { received: 0, shown: 0, skipped: 0, held: 0 };
  private readonly pending = { received: 0, shown: 0, skipped: 0, held: 0 };

  constructor() {
    makeObservable(this, { published: observableRef });
  }

  addCounts(more: Partial<FloodCounters>): void {
    const { pending } = this;
    pending.received += more.received ?? 0;
    pending.shown += more.shown ?? 0;
    pending.skipped += more.skipped ?? 0;
    pending.held += more.held ?? 0;
  }

  /** Counts held messages as shown, and the rest as skipped when `all`. */
  countSeen(rows: number, all: boolean): void {
    this.publish();
    const { held } = this.published;
    const seen = Math.min(rows, held);
    this.addCounts({ shown: seen, skipped: all ? held - seen : 0, held: all ? -held : -seen });
    this.publish();
  }

  /** Runs inside an action. */
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
