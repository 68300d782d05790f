import { action, makeObservable, observable, observableRef } from 'mobx';
import type { MessageRow } from '@/stores';

/** Most messages that can be chosen at once. */
export const MOST_CHOSEN = 100;

/** The messages of a chat that the user has chosen to act on together. */
export class Selection {
  isActive = false;
  /** Rows by messageClientId: a row may leave the window of the list while the user scrolls. */
  private readonly chosen = observable.map<string, MessageRow>([], { deep: false });

  constructor() {
    makeObservable(this, {
      isActive: observableRef,
      begin: action,
      end: action,
      toggle: action,
    });
  }

  get count(): number {
    return this.chosen.size;
  }

  has(messageClientId: string): boolean {
    return this.chosen.has(messageClientId);
  }

  begin(row: MessageRow): void {
    this.isActive = true;
    this.chosen.set(row.messageClientId, row);
  }

  end(): void {
    this.isActive = false;
    this.chosen.clear();
  }

  /** Chooses a message or takes it back. Returns false when no more messages can be chosen. */
  toggle(row: MessageRow): boolean {
    if (this.chosen.delete(row.messageClientId)) return true;
    if (this.chosen.size >= MOST_CHOSEN) return false;
    this.chosen.set(row.messageClientId, row);
    return true;
  }

  /** The chosen messages without those that were recalled meanwhile, oldest first. */
  rows(): MessageRow[] {
    return [...this.chosen.values()]
      .filter(({ recalled }) => !recalled)
      .sort((a, b) => a.createTime - b.createTime);
  }
}
