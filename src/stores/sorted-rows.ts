import type { IObservableArray } from 'mobx';

/**
 * Keeps an observable array sorted by moving the one row that changed. Rows are found by binary search,
 * so their sort fields may only change inside `update`.
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

  /** Changes a row and moves it when its place changed. */
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
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.rows[middle];
      if (other !== undefined && this.compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
