import { action, makeObservable, observable, observableRef, runInAction } from 'mobx';
import type { Clock, TimerHandle } from '@/platform';
import type { MessageRow } from '@/stores';

/** Time in which deleted messages can be brought back, ms. The bar's line shrinks as long (chat.scss). */
export const UNDO_MS = 5000;

/** Messages that left the screen and are not deleted yet. */
interface Pending {
  readonly rows: readonly MessageRow[];
  /** Different for each deletion, so that the bar starts again. */
  readonly number: number;
}

/**
 * Deletes messages with a way back: they leave the screen at once, and the request is sent 5 s later, or when `commit`
 * is called. Nothing is stored: an app that ends before the request has deleted nothing.
 */
export class UndoDelete {
  pending: Pending | null = null;
  private readonly hidden = observable.set<string>();
  private timer: TimerHandle | null = null;
  private count = 0;

  constructor(
    private readonly clock: Clock,
    /** Resolves in any case; messages that were not deleted come back. */
    private readonly remove: (rows: readonly MessageRow[]) => Promise<void>,
  ) {
    makeObservable(this, { pending: observableRef, begin: action, undo: action });
  }

  hides(messageClientId: string): boolean {
    return this.hidden.has(messageClientId);
  }

  /** Takes messages from the screen. The messages before are deleted at once: there is one way back. */
  begin(rows: readonly MessageRow[]): void {
    this.commit();
    for (const { messageClientId } of rows) this.hidden.add(messageClientId);
    this.pending = { rows, number: ++this.count };
    this.timer = this.clock.setTimeout(() => this.commit(), UNDO_MS);
  }

  readonly undo = (): void => {
    const { pending } = this;
    this.stop();
    if (pending) this.show(pending.rows);
  };

  /** Sends the request for the messages that left the screen. */
  readonly commit = (): void => {
    const { pending } = this;
    if (!pending) return;
    runInAction(() => this.stop());
    const { rows } = pending;
    void this.remove(rows).then(() => runInAction(() => this.show(rows)));
  };

  private stop(): void {
    this.clock.clearTimeout(this.timer);
    this.timer = null;
    this.pending = null;
  }

  private show(rows: readonly MessageRow[]): void {
    for (const { messageClientId } of rows) this.hidden.delete(messageClientId);
  }
}
