import type { IObservableArray } from 'mobx';
import { sortedIndex } from '../messages/sorted-index';

/**
 * Keeps an observable array sorted by moving only the row that changed. Rows are found by binary search, so
 * their sort fields may change only inside `update`.
 */
export class SortedRows<T> {
  constructor(
    readonly rows: IObservableArray<T>,
    private readonly compare: (a: T, b: T) => number,
  ) {}

  insert(row: T): void {
    this.rows.splice(this.indexFor(row), 0, row);
  }

  remove(row: T): void {
    const index = this.indexFor(row);
    if (this.rows[index] === row) this.rows.splice(index, 1);
  }

  /** Changes a row, and moves it when its position changed. */
  update(row: T, change: () => void): void {
    const index = this.indexFor(row);
    change();
    if (this.rows[index] !== row) return;
    const before = this.rows[index - 1];
    const after = this.rows[index + 1];
    const inPlace =
      (before === undefined || this.compare(before, row) < 0) &&
      (after === undefined || this.compare(row, after) < 0);
    if (inPlace) return;
    this.rows.splice(index, 1);
    this.insert(row);
  }

  private indexFor(row: T): number {
    const { rows, compare } = this;
    return sortedIndex(rows.length, (i) => compare(rows[i] as T, row) < 0);
  }
}
