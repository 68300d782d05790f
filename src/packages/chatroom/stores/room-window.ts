import { makeObservable, observable, observableRef } from 'mobx';
import { lastOf } from '@/stores/last-of';
import type { Timeline } from '@/stores/timeline';
import type { RoomEntry } from './room-entry';
import { RoomRow } from './room-row';

/**
 * A window of 300 rows in small parts: a row that leaves a part makes Taro send all of that part again, as a
 * message of one's own does when the server gives it its place.
 */
export const SEGMENTS = 25;
export const SEGMENT_ROWS = 12;
/** Rows that are fetched and shown at once when one scrolls. */
export const PAGE_ROWS = 24;
/** Messages further apart than this get a line with the time between them. */
const TIME_LINE_MS = 5 * 60_000;

/** A part of the window: one container of the view, which keeps its place in the tree. */
export class RoomSegment {
  /** Where it stands among the others, ascending from the oldest; the view's `order` in a flex column. */
  order: number;
  /** Oldest first. */
  readonly rows = observable.array<RoomRow>([], { deep: false });

  constructor(readonly key: number) {
    this.order = key;
    makeObservable(this, { order: observableRef });
  }
}

/**
 * The part of a room's timeline that is on the screen. Taking a row from the front of a list makes Taro send
 * the whole list again; a flood would do that several times a second. So the rows stand in a fixed ring of
 * containers: when the window is full the oldest one is emptied and becomes the newest by its `order`, which
 * costs what its new rows cost. Every method runs inside an action.
 */
export class RoomWindow {
  /** All containers, in the order of the tree. */
  readonly segments: readonly RoomSegment[] = Array.from(
    { length: SEGMENTS },
    (_, key) => new RoomSegment(key),
  );
  /** Those in use, oldest first. */
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

  /** Oldest first. Every container is looked at, so that an observer hears of the first row too. */
  all(): RoomRow[] {
    const inOrder = [...this.segments].sort((a, b) => a.order - b.order);
    return inOrder.flatMap(({ rows }) => rows.slice());
  }

  clear(): void {
    for (const segment of this.used) segment.rows.clear();
    this.used = [];
    this.rows.clear();
  }

  /** Begins anew with the newest messages of the timeline. */
  reset(count: number): void {
    this.clear();
    this.append(this.timeline.before(undefined, count));
  }

  /** Adds rows at the end. The oldest ones go when there is no container left; they stay in the timeline. */
  append(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      const row = this.make(entry);
      let segment = lastOf(this.used);
      if (!segment || segment.rows.length >= SEGMENT_ROWS) segment = this.open('end');
      segment.rows.push(row);
      this.markTime(row);
    }
  }

  /** Up to a page of older rows from the timeline. Returns how many there were. */
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

  /** Up to a page of newer rows from the timeline. Returns how many there were. */
  extendNewer(): number {
    const entries = this.timeline.after(this.newestId, PAGE_ROWS);
    this.append(entries);
    return entries.length;
  }

  /** A message that is somewhere within the window by now, or has changed. */
  refresh(entry: RoomEntry): void {
    const row = this.rows.get(entry.messageClientId);
    if (row) row.update(entry);
  }

  /** Shows a message that is new, or whose place or time has changed, where it belongs. */
  place(entry: RoomEntry): void {
    const known = this.rows.get(entry.messageClientId);
    const row = known ?? this.make(entry);
    const follower = known && this.after(known);
    if (!known) this.putIn(row);
    else if (!this.isInPlace(known)) {
      this.take(known);
      this.putIn(known);
    }
    // The time line of a row depends on the one before it.
    for (const touched of [row, this.after(row), follower]) if (touched) this.markTime(touched);
  }

  /** Takes out the row of a message that has left the timeline. */
  remove(messageClientId: string): void {
    const row = this.rows.get(messageClientId);
    if (!row) return;
    const follower = this.after(row);
    this.take(row);
    this.rows.delete(messageClientId);
    if (follower) this.markTime(follower);
  }

  private putIn(row: RoomRow): void {
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

  /** A container at one end: a free one, or the one at the other end, emptied. */
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
   * No container outgrows its size: what stands behind the row in a full one moves to the next, or to one
   * opened for it. Many messages come before the same row while one of mine waits for its acknowledgement.
   * Only the oldest one grows when there is no other left: opening one would empty it.
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

  /** A container in between; those behind it move on. */
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

  /** The row behind this one in the window. */
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

  private take(row: RoomRow): void {
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
