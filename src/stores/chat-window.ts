import { observable } from 'mobx';
import type { ChatEntry } from './chat-entry';
import { lastOf } from './last-of';
import { MessageRow } from './message-row';
import type { Change, Timeline } from './timeline';

/** How many rows a window holds. */
export interface WindowLimits {
  /** At most, when it has settled. */
  rows: number;
  /** How many more before it is cut back. */
  slack: number;
}

const LIMITS: WindowLimits = { rows: 1000, slack: 500 };
/** Rows leave the front of an array in blocks of this size, one page, so that the view's segments stay whole. */
export const BLOCK_ROWS = 30;
/** Messages further apart than this get a line with the time between them. */
const TIME_LINE_MS = 5 * 60_000;

/** Which ends of the timeline the window stood at before a change: what is new there is to appear. */
export interface Reach {
  start: boolean;
  end: boolean;
}

/**
 * The part of a timeline that the view may show (it keeps only what is near the eye), as two arrays that grow at their ends only: putting a row
 * in front of a list makes Taro send the whole list again. `history` runs from the newest to the oldest
 * of what was there when the chat opened, `live` from the oldest to the newest of what came after.
 * Every method runs inside an action.
 */
export class ChatWindow {
  readonly history = observable.array<MessageRow>([], { deep: false });
  readonly live = observable.array<MessageRow>([], { deep: false });
  /** Rows that have left the front of each array: the view's segments are counted from there. */
  historyStart = 0;
  liveStart = 0;
  /** Goes up when the window begins anew. */
  generation = 0;
  private readonly rows = new Map<string, MessageRow>();
  /** The newest message of the history side. */
  private boundaryId: string | undefined;

  constructor(
    private readonly timeline: Timeline<ChatEntry>,
    private readonly decorate: (row: MessageRow, entry: ChatEntry) => void,
    private readonly limits: WindowLimits = LIMITS,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  get oldestId(): string | undefined {
    return (lastOf(this.history) ?? this.live[0])?.messageClientId;
  }

  get newestId(): string | undefined {
    return (lastOf(this.live) ?? this.history[0])?.messageClientId;
  }

  /** The newest message of the timeline is in the window. */
  get followsEnd(): boolean {
    return this.newestId === this.timeline.last()?.messageClientId;
  }

  row(messageClientId: string): MessageRow | undefined {
    return this.rows.get(messageClientId);
  }

  all(): Iterable<MessageRow> {
    return this.rows.values();
  }

  /** Begins anew with the newest messages of the timeline as history. */
  reset(count: number): void {
    this.clear();
    const entries = this.timeline.before(undefined, count);
    this.boundaryId = lastOf(entries)?.messageClientId;
    this.history.push(...entries.reverse().map((entry) => this.createRow(entry)));
    this.markTimes(this.rows.values());
  }

  clear(): void {
    this.history.clear();
    this.live.clear();
    this.historyStart = 0;
    this.liveStart = 0;
    this.generation++;
    this.rows.clear();
    this.boundaryId = undefined;
  }

  /**
   * Shows what has changed in the timeline, where it falls into the window; beyond its ends only as far
   * as `reach` says.
   */
  apply(changes: readonly (readonly [ChatEntry, Change])[], reach: Reach): void {
    const touched: MessageRow[] = [];
    const moved: MessageRow[] = [];
    const added: MessageRow[] = [];
    for (const [entry, change] of changes) {
      const row = this.rows.get(entry.messageClientId);
      if (row) {
        row.update(entry);
        this.decorate(row, entry);
        if (change === 'moved') moved.push(row);
        touched.push(row);
      } else if (change !== 'kept' && this.belongs(entry, reach)) {
        added.push(this.createRow(entry));
      }
    }
    // Out with all that moved before any is placed: places are found by binary search.
    const [only] = moved;
    if (only && moved.length === 1 && this.isInPlace(only)) moved.pop();
    for (const row of moved) if (!this.live.remove(row)) this.history.remove(row);
    // A boundary that moved would take everything it overtook to the wrong side.
    if (
      changes.some(
        ([{ messageClientId: id }, change]) => change === 'moved' && id === this.boundaryId,
      )
    )
      this.boundaryId = this.lastBeforeLive();
    for (const row of moved) {
      // Acknowledged so late that its place is outside the window by now.
      if (this.belongs(row, reach)) this.placeIn(row);
      else this.rows.delete(row.messageClientId);
    }
    for (const row of added) this.placeIn(row);
    this.markTimes([
      ...touched.filter(({ messageClientId }) => this.row(messageClientId)),
      ...added,
    ]);
    this.neverEmpty();
  }

  /** Takes a message out of the window and the timeline. */
  remove(messageClientId: string): void {
    const before = this.timeline.before(messageClientId, 1)[0];
    const after = this.timeline.after(messageClientId, 1)[0];
    if (this.boundaryId === messageClientId) this.boundaryId = before?.messageClientId;
    this.timeline.remove(messageClientId);
    const row = this.rows.get(messageClientId);
    if (!row) return;
    if (!this.live.remove(row)) this.history.remove(row);
    this.rows.delete(messageClientId);
    const next = after && this.rows.get(after.messageClientId);
    if (next) this.markTime(next);
    this.neverEmpty();
  }

  /** Up to `count` older rows from memory. Returns how many there were. */
  extendOlder(count: number): number {
    const entries = this.timeline.before(this.oldestId, count);
    const rows = entries.reverse().map((entry) => this.createRow(entry));
    const previousOldest = this.rows.get(this.oldestId ?? '');
    if (this.boundaryId === undefined) this.boundaryId = rows[0]?.messageClientId;
    this.history.push(...rows);
    this.markTimes(previousOldest ? [...rows, previousOldest] : rows);
    if (this.isOver) this.dropNewest(this.size - this.limits.rows);
    return rows.length;
  }

  /** Up to `count` newer rows from memory. Returns how many there were. */
  extendNewer(count: number): number {
    const rows = this.timeline.after(this.newestId, count).map((entry) => this.createRow(entry));
    this.live.push(...rows);
    this.markTimes(rows);
    this.cutBack();
    return rows.length;
  }

  /** Drops the oldest rows when there are too many; they stay in the timeline. */
  cutBack(): void {
    if (this.isOver) this.dropOldest(this.size - this.limits.rows);
  }

  /** No further row fits until the reader comes back to the end. */
  get isFull(): boolean {
    return this.size >= this.limits.rows + this.limits.slack;
  }

  private get isOver(): boolean {
    return this.size > this.limits.rows + this.limits.slack;
  }

  private createRow(entry: ChatEntry): MessageRow {
    const row = new MessageRow(entry);
    this.decorate(row, entry);
    this.rows.set(row.messageClientId, row);
    return row;
  }

  private belongs({ messageClientId }: { messageClientId: string }, reach: Reach): boolean {
    const { oldestId, newestId } = this;
    if (oldestId === undefined || newestId === undefined) return reach.end;
    if (this.timeline.compare(messageClientId, oldestId) < 0) return reach.start;
    return reach.end || this.timeline.compare(messageClientId, newestId) < 0;
  }

  /** The last row has left a window that stood away from the end: back to the newest messages. */
  private neverEmpty(): void {
    if (this.size === 0 && this.timeline.size > 0) this.reset(BLOCK_ROWS);
  }

  private lastBeforeLive(): string | undefined {
    const [newest] = this.history;
    const [first] = this.live;
    if (newest) return newest.messageClientId;
    return first && this.timeline.before(first.messageClientId, 1)[0]?.messageClientId;
  }

  private isHistory({ messageClientId }: MessageRow): boolean {
    return (
      this.boundaryId !== undefined && this.timeline.compare(messageClientId, this.boundaryId) <= 0
    );
  }

  private placeIn(row: MessageRow): void {
    if (this.isHistory(row)) this.history.splice(this.indexIn(this.history, row, -1), 0, row);
    else this.live.splice(this.indexIn(this.live, row, 1), 0, row);
  }

  /** Its neighbours on the screen are its neighbours in the timeline. Looks at `live` only. */
  private isInPlace(row: MessageRow): boolean {
    const index = this.live.lastIndexOf(row);
    if (index <= 0) return false;
    const before = this.timeline.before(row.messageClientId, 1)[0];
    const after = this.live[index + 1];
    return (
      before?.messageClientId === this.live[index - 1]?.messageClientId &&
      (!after || this.timeline.compare(row.messageClientId, after.messageClientId) < 0)
    );
  }

  /** `direction` 1: the array runs from old to new; -1: from new to old. Looks at the end first. */
  private indexIn(rows: readonly MessageRow[], row: MessageRow, direction: 1 | -1): number {
    const isBefore = (other: MessageRow) =>
      this.timeline.compare(other.messageClientId, row.messageClientId) * direction < 0;
    const last = lastOf(rows);
    if (!last || isBefore(last)) return rows.length;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = rows[middle];
      if (other && isBefore(other)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private dropNewest(count: number): void {
    const fromLive = Math.min(count, this.live.length);
    this.forget(this.live.splice(this.live.length - fromLive, fromLive));
    const rest = wholeBlocks(count - fromLive);
    if (rest === 0) return;
    this.forget(this.history.splice(0, rest));
    this.historyStart += rest;
    // What comes after the window from here on is appended to `live`, not put in front of `history`.
    this.boundaryId = this.history[0]?.messageClientId;
  }

  private dropOldest(count: number): void {
    const fromHistory = Math.min(count, this.history.length);
    this.forget(this.history.splice(this.history.length - fromHistory, fromHistory));
    const rest = wholeBlocks(count - fromHistory);
    if (rest === 0) return;
    const dropped = this.live.splice(0, rest);
    this.forget(dropped);
    this.liveStart += rest;
    // When these come back they are older history: the boundary stands right before `live`.
    this.boundaryId = lastOf(dropped)?.messageClientId;
  }

  private forget(rows: readonly MessageRow[]): void {
    for (const { messageClientId } of rows) this.rows.delete(messageClientId);
  }

  /** The time line of a row depends on the message before it, so the one after it is looked at as well. */
  private markTimes(rows: Iterable<MessageRow>): void {
    for (const row of [...rows]) {
      this.markTime(row);
      const next = this.timeline.after(row.messageClientId, 1)[0];
      const nextRow = next && this.rows.get(next.messageClientId);
      if (nextRow) this.markTime(nextRow);
    }
  }

  private markTime(row: MessageRow): void {
    const before = this.timeline.before(row.messageClientId, 1)[0];
    row.showTime = !before || row.createTime - before.createTime >= TIME_LINE_MS;
  }
}

function wholeBlocks(rows: number): number {
  return Math.floor(rows / BLOCK_ROWS) * BLOCK_ROWS;
}
