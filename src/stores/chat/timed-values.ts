interface Timed<V> {
  /** Null after a removal. */
  value: V | null;
  /** Server time of the change, milliseconds. */
  time: number;
  /** The number of the change in this list. */
  change: number;
}

/**
 * Values that the server changes and reports one by one. A report can come twice, late, or while the whole list is
 * requested: the later server time decides, and at the same time the removal.
 */
export class TimedValues<V> {
  private readonly entries = new Map<string, Timed<V>>();
  private changes = 0;

  /** The number of the last change; `replace` takes the number of the moment when the list was requested. */
  get version(): number {
    return this.changes;
  }

  get(key: string): V | null {
    return this.entries.get(key)?.value ?? null;
  }

  /** Every present value in the order of the first report. */
  *present(): Generator<[key: string, value: V]> {
    for (const [key, { value }] of this.entries) if (value !== null) yield [key, value];
  }

  /** Applies a report; null is a removal. Returns whether the report was news. */
  apply(key: string, value: V | null, time: number): boolean {
    const known = this.entries.get(key);
    if (known) {
      if (time < known.time) return false;
      if (known.value === null && (value === null || time === known.time)) {
        known.time = Math.max(known.time, time);
        return false;
      }
    }
    this.entries.set(key, { value, time, change: ++this.changes });
    return true;
  }

  /** Takes over the server's list. Values that changed after the request was sent stay. */
  replace(list: readonly { key: string; value: V; time: number }[], requestedAt: number): void {
    const listed = new Set(list.map(({ key }) => key));
    for (const [key, entry] of this.entries)
      if (!listed.has(key) && entry.change <= requestedAt) this.apply(key, null, entry.time);
    for (const { key, value, time } of list) this.apply(key, value, time);
  }

  clear(): void {
    this.entries.clear();
  }
}
