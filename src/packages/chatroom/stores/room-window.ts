import { makeObservable, observable, observableRef } from 'mobx';
import { lastOf } from '@/stores/messages/last-of';
import type { Timeline } from '@/stores/messages/timeline';
import type { RoomEntry } from './room-entry';
import { RoomRow } from './room-row';

/**
 * Size of the parts of a window of 300 rows. When a row leaves a part, Taro sends all of that part again; an
 * own message does so when the server gives it its place.
 */
export const SEGMENTS = 25;
export const SEGMENT_ROWS = 12;
/** Rows that are fetched and shown at once when the reader scrolls. */
export const PAGE_ROWS = 24;
/** Messages further apart than this have a line with the time between them. */
const TIME_LINE_MS = 5 * 60_000;

/** A part of the window: one container of the view, which keeps its place in the tree. */
export class RoomSegment {
  /** Position among the parts, ascending from the oldest; the view's `order` in a flex column. */
  order: number;
  /** Oldest first. */
  readonly rows = observable.array<RoomRow>([], { deep: false });

  constructor(readonly key: number) {
    this.order = key;
    makeObservable(this, { order: observableRef });
  }
}

/**
 * The part of a room's timeline that is on the screen. When a row is removed from the front of a list, Taro
 * sends the whole list again; a flood would do so several times a second. The rows are therefore in a fixed
 * ring of containers: when the window is full, the oldest container is emptied and becomes the newest by its
 * `order`, which costs only its new rows. Every method runs inside an action.
 */
export class RoomWindow {
  /** All containers, in the order of the tree. */
  readonly segments: readonly RoomSegment[] = Array.from(
    { length: SEGMENTS },
    (_, key) => new RoomSegment(key),
  );
  /** The used containers, oldest first. */
  private used: RoomSegment[] = [];
  private readonly rows = new Map<string, RoomRow>();

  constructor(
    private readonly timeline: Timeline<RoomEntry>,
    private readonly createRow: (entry: RoomEntry) => RoomRow,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  get oldestId(): string | undefined {
    return this.used.find(({ rows }) => rows.length > 0)?.rows[0]?.messageClientId;
  }

  get newestId(): string | undefined {
    for (let index = this.used.length - 1; index >= 0; index--) {
      const row = lastOf(this.used[index]?.rows ?? []);
      if (row) return row.messageClientId;
    }
    return undefined;
  }

  /** The newest message of the timeline is in the window. */
  get followsEnd(): boolean {
    return this.newestId === this.timeline.last()?.messageClientId;
  }

  row(messageClientId: string): RoomRow | undefined {
    return this.rows.get(messageClientId);
  }

  /** Oldest first. Reads every container, so that an observer is notified of the first row too. */
  all(): RoomRow[] {
    const inOrder = [...this.segments].sort((a, b) => a.order - b.order);
    return inOrder.flatMap(({ rows }) => rows.slice());
  }

  clear(): void {
    for (const segment of this.used) segment.rows.clear();
    this.used = [];
    this.rows.clear();
  }

  /** Resets the window to the newest messages of the timeline. */
  reset(count: number): void {
    this.clear();
    this.append(this.timeline.before(undefined, count));
  }

  /**
   * Adds rows at the end. The oldest rows leave when there is no free container; they stay in the timeline.
   */
  append(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      const row = this.make(entry);
      let segment = lastOf(this.used);
      if (!segment || segment.rows.length >= SEGMENT_ROWS) segment = this.open('end');
      segment.rows.push(row);
      this.markTime(row);
    }
  }

  /** Shows up to a page of older rows from the timeline. Returns their number. */
  extendOlder(): number {
    const entries = this.timeline.before(this.oldestId, PAGE_ROWS);
    if (entries.length === 0) return 0;
    const next = this.rows.get(this.oldestId ?? '');
    const rows = entries.map((entry) => this.make(entry));
    for (let end = rows.length; end > 0; end -= SEGMENT_ROWS)
      this.open('start').rows.push(...rows.slice(Math.max(0, end - SEGMENT_ROWS), end));
    for (const row of next ? [...rows, next] : rows) this.markTime(row);
    return rows.length;
  }

  /** Shows up to a page of newer rows from the timeline. Returns their number. */
  extendNewer(): number {
    const entries = this.timeline.after(this.newestId, PAGE_ROWS);
    this.append(entries);
    return entries.length;
  }

  /** Adds or updates the row of a message within the window. */
  refresh(entry: RoomEntry): void {
    const row = this.rows.get(entry.messageClientId);
    if (row) row.update(entry);
  }

  /** Shows a message that is new, or whose position or time has changed, at its position. */
  insertInOrder(entry: RoomEntry): void {
    const known = this.rows.get(entry.messageClientId);
    const row = known ?? this.make(entry);
    const follower = known && this.after(known);
    if (!known) this.insertRow(row);
    else if (!this.isInPlace(known)) {
      this.removeRow(known);
      this.insertRow(known);
    }
    // The time line of a row depends on the previous row.
    for (const touched of [row, this.after(row), follower]) if (touched) this.markTime(touched);
  }

  /** Removes the row of a message that has left the timeline. */
  remove(messageClientId: string): void {
    const row = this.rows.get(messageClientId);
    if (!row) return;
    const follower = this.after(row);
    this.removeRow(row);
    this.rows.delete(messageClientId);
    if (follower) this.markTime(follower);
  }

  private insertRow(row: RoomRow): void {
    const isAfter = (other: RoomRow | undefined) =>
      !!other && this.timeline.compare(row.messageClientId, other.messageClientId) > 0;
    const segment =
      [...this.used].reverse().find(({ rows }) => isAfter(rows[0])) ??
      this.used.find(({ rows }) => rows.length > 0) ??
      this.open('end');
    let index = segment.rows.length;
    while (index > 0 && !isAfter(segment.rows[index - 1])) index--;
    this.insert(segment, index, row);
  }

  private make(entry: RoomEntry): RoomRow {
    const row = this.createRow(entry);
    this.rows.set(row.messageClientId, row);
    return row;
  }

  /** A container at one end: a free container, or the emptied container of the other end. */
  private open(end: 'start' | 'end'): RoomSegment {
    const free = this.free() ?? this.recycle(end);
    if (end === 'end') {
      free.order = (lastOf(this.used)?.order ?? -1) + 1;
      this.used.push(free);
    } else {
      free.order = (this.used[0]?.order ?? 1) - 1;
      this.used.unshift(free);
    }
    return free;
  }

  /**
   * Keeps every container within its size: in a full container the rows behind the new row move to the next
   * container, or to a new one. Many messages arrive before the same row while an own message waits for its
   * acknowledgement. Only the oldest container grows when no other is left: opening another would empty it.
   */
  private insert(segment: RoomSegment, index: number, row: RoomRow): void {
    const { rows } = segment;
    const mayGrow = segment === this.used[0] && !this.free();
    if (rows.length < SEGMENT_ROWS || mayGrow) {
      rows.splice(index, 0, row);
      return;
    }
    const isLast = index === rows.length;
    const moving = isLast ? [row] : rows.slice(index);
    const follower = this.used[this.used.indexOf(segment) + 1];
    const hasRoom = follower && follower.rows.length + moving.length <= SEGMENT_ROWS;
    const next = hasRoom ? follower : this.openAfter(segment);
    if (!isLast) rows.splice(index, moving.length, row);
    next.rows.unshift(...moving);
  }

  /** A container in between; the containers behind it move on. */
  private openAfter(segment: RoomSegment): RoomSegment {
    const fresh = this.free() ?? this.recycle('end');
    this.used.splice(this.used.indexOf(segment) + 1, 0, fresh);
    let { order } = segment;
    for (const each of this.used.slice(this.used.indexOf(fresh))) {
      order = each === fresh ? order + 1 : Math.max(order + 1, each.order);
      each.order = order;
    }
    return fresh;
  }

  private free(): RoomSegment | undefined {
    return this.segments.find((segment) => !this.used.includes(segment));
  }

  /** The next row in the window. */
  private after({ messageClientId }: RoomRow): RoomRow | undefined {
    const order = this.all();
    return order[order.findIndex((row) => row.messageClientId === messageClientId) + 1];
  }

  private recycle(end: 'start' | 'end'): RoomSegment {
    const segment = (end === 'end' ? this.used.shift() : this.used.pop()) as RoomSegment;
    for (const { messageClientId } of segment.rows) this.rows.delete(messageClientId);
    segment.rows.clear();
    return segment;
  }

  private removeRow(row: RoomRow): void {
    for (const { rows } of this.used) if (rows.remove(row)) return;
  }

  private isInPlace({ messageClientId: id }: RoomRow): boolean {
    const order = this.all();
    const index = order.findIndex((row) => row.messageClientId === id);
    const before = order[index - 1];
    const after = order[index + 1];
    return (
      (!before || this.timeline.compare(before.messageClientId, id) < 0) &&
      (!after || this.timeline.compare(id, after.messageClientId) < 0)
    );
  }

  private markTime(row: RoomRow): void {
    const before = this.timeline.previous(row.messageClientId);
    row.showTime = !before || row.createTime - before.createTime >= TIME_LINE_MS;
  }
}
