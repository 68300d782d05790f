import { observable } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import type { Entry } from '../messages/entry';
import { lastOf } from '../messages/last-of';
import { MessageRow } from '../messages/message-row';
import { sortedIndex } from '../messages/sorted-index';
import type { Change, Timeline } from '../messages/timeline';

/** Number of rows of a window. */
export interface WindowLimits {
  /** Maximum after the window was cut back. */
  rows: number;
  /** Rows above the maximum at which the window is cut back. */
  slack: number;
}

const LIMITS: WindowLimits = { rows: 1000, slack: 500 };
/**
 * Rows are removed from the front of an array in blocks of this size, one page, so that the view's segments
 * stay whole.
 */
export const BLOCK_ROWS = 30;
/** Messages further apart than this get a line with the time between them. */
const TIME_LINE_MS = 5 * 60_000;

/** Messages that were put into the timeline, each with the resulting change. */
export type Changes = readonly (readonly [Entry<V2NIMMessage>, Change])[];

/**
 * Whether the window reached the start or end of the timeline before the change. New messages beyond that end
 * are shown only if it did.
 */
export interface EdgePolicy {
  start: boolean;
  end: boolean;
}

/**
 * The part of a timeline that the view may show; the view keeps the segments near the screen. The window has two
 * arrays that grow at their ends only, because prepending a row makes Taro send the whole list again. `history`
 * has the messages that were there when the chat opened, newest first. `live` has the later ones, oldest first.
 * Every method runs inside an action.
 */
export class ChatWindow {
  readonly history = observable.array<MessageRow>([], { deep: false });
  readonly live = observable.array<MessageRow>([], { deep: false });
  /** Number of rows that were removed from the front of each array; the view numbers its segments from there. */
  historyStart = 0;
  liveStart = 0;
  /** Increases when the window is reset. */
  generation = 0;
  private readonly rows = new Map<string, MessageRow>();
  /** The newest message of the history side. */
  private boundaryId: string | undefined;

  constructor(
    private readonly timeline: Timeline<Entry<V2NIMMessage>>,
    private readonly decorate: (row: MessageRow, entry: Entry<V2NIMMessage>) => void,
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

  /** Resets the window to the newest messages of the timeline, as history. */
  reset(count: number): void {
    this.show(this.timeline.before(undefined, count));
  }

  /** Resets the window to a message and up to `count` messages on both sides of it, as history. */
  showAround(messageClientId: string, count: number): void {
    const entry = this.timeline.get(messageClientId);
    if (!entry) return;
    const older = this.timeline.before(messageClientId, count);
    this.show([...older, entry, ...this.timeline.after(messageClientId, count)]);
  }

  /** `entries`: the oldest first. */
  private show(entries: Entry<V2NIMMessage>[]): void {
    this.clear();
    this.boundaryId = lastOf(entries)?.messageClientId;
    this.history.push(...entries.reverse().map((entry) => this.createRow(entry)));
    for (const id of this.rows.keys()) this.markTime(id);
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
   * Shows changed messages whose position is within the window. `edges` says whether messages beyond its ends
   * are shown too.
   */
  apply(changes: Changes, edges: EdgePolicy): void {
    const moved = this.update(changes);
    // Every moved row is removed before any is inserted: positions are found by binary search.
    const followers = moved.map((row) => this.removeRow(row));
    // A boundary that moved would put every message it overtook on the wrong side.
    for (const [{ messageClientId }, change] of changes)
      if (change === 'moved' && messageClientId === this.boundaryId)
        this.boundaryId = this.lastBeforeLive();
    for (const row of moved) {
      // Acknowledged so late that its position is outside the window by now.
      if (this.belongs(row, edges)) this.insertInOrder(row);
      else this.rows.delete(row.messageClientId);
    }
    for (const [entry, change] of changes) {
      if (change === 'kept' || this.rows.has(entry.messageClientId)) continue;
      if (this.belongs(entry, edges)) this.insertInOrder(this.createRow(entry));
    }
    for (const [{ messageClientId }] of changes) this.markTimes(messageClientId);
    // The message before each of these has changed.
    for (const row of followers) if (row) this.markTime(row.messageClientId);
    this.neverEmpty();
  }

  /** Removes a message from the window and the timeline. */
  remove(messageClientId: string): void {
    const before = this.timeline.previous(messageClientId);
    if (this.boundaryId === messageClientId) this.boundaryId = before?.messageClientId;
    this.timeline.remove(messageClientId);
    const row = this.rows.get(messageClientId);
    if (!row) return;
    const follower = this.removeRow(row);
    this.rows.delete(messageClientId);
    if (follower) this.markTime(follower.messageClientId);
    this.neverEmpty();
  }

  /** Adds up to `count` older rows from memory. Returns the number of rows. */
  extendOlder(count: number): number {
    const entries = this.timeline.before(this.oldestId, count);
    const rows = entries.reverse().map((entry) => this.createRow(entry));
    if (this.boundaryId === undefined) this.boundaryId = rows[0]?.messageClientId;
    this.history.push(...rows);
    for (const { messageClientId } of rows) this.markTimes(messageClientId);
    if (this.isOver) this.dropNewest(this.size - this.limits.rows);
    return rows.length;
  }

  /** Adds up to `count` newer rows from memory. Returns the number of rows. */
  extendNewer(count: number): number {
    const rows = this.timeline.after(this.newestId, count).map((entry) => this.createRow(entry));
    this.live.push(...rows);
    for (const { messageClientId } of rows) this.markTimes(messageClientId);
    this.cutBack();
    return rows.length;
  }

  /** Removes the oldest rows when there are too many; their messages stay in the timeline. */
  cutBack(): void {
    if (this.isOver) this.dropOldest(this.size - this.limits.rows);
  }

  /** Whether no further row fits until the reader returns to the end. */
  get isFull(): boolean {
    return this.size >= this.limits.rows + this.limits.slack;
  }

  private get isOver(): boolean {
    return this.size > this.limits.rows + this.limits.slack;
  }

  /** Updates rows from their entries. Returns the rows that have to move. */
  private update(changes: Changes): MessageRow[] {
    const moved: MessageRow[] = [];
    for (const [entry, change] of changes) {
      const row = this.rows.get(entry.messageClientId);
      if (!row) continue;
      row.update(entry);
      this.decorate(row, entry);
      if (change === 'moved') moved.push(row);
    }
    const [only] = moved;
    return only && moved.length === 1 && this.isInPlace(only) ? [] : moved;
  }

  private createRow(entry: Entry<V2NIMMessage>): MessageRow {
    const row = new MessageRow(entry);
    this.decorate(row, entry);
    this.rows.set(row.messageClientId, row);
    return row;
  }

  private belongs({ messageClientId }: { messageClientId: string }, edges: EdgePolicy): boolean {
    const { newestId } = this;
    if (newestId === undefined) return edges.end;
    if (this.timeline.compare(messageClientId, newestId) >= 0) return edges.end;
    return edges.start || this.timeline.compare(messageClientId, this.oldestId ?? '') >= 0;
  }

  /** Returns to the newest messages when the last row was removed from a window away from the end. */
  private neverEmpty(): void {
    if (this.size === 0 && this.timeline.size > 0) this.reset(BLOCK_ROWS);
  }

  private lastBeforeLive(): string | undefined {
    const [newest] = this.history;
    const [first] = this.live;
    if (newest) return newest.messageClientId;
    return first && this.timeline.previous(first.messageClientId)?.messageClientId;
  }

  private isHistory({ messageClientId }: MessageRow): boolean {
    return (
      this.boundaryId !== undefined && this.timeline.compare(messageClientId, this.boundaryId) <= 0
    );
  }

  /** Removes a row. Returns the row that followed it. */
  private removeRow(row: MessageRow): MessageRow | undefined {
    const { live, history } = this;
    const at = live.lastIndexOf(row);
    if (at >= 0) {
      live.splice(at, 1);
      return live[at];
    }
    const back = history.indexOf(row);
    if (back < 0) return undefined;
    history.splice(back, 1);
    return back > 0 ? history[back - 1] : live[0];
  }

  private insertInOrder(row: MessageRow): void {
    if (this.isHistory(row)) this.history.splice(this.indexIn(this.history, row, -1), 0, row);
    else this.live.splice(this.indexIn(this.live, row, 1), 0, row);
  }

  /** Whether the row has the same neighbours in the window as in the timeline. Checks `live` only. */
  private isInPlace(row: MessageRow): boolean {
    const index = this.live.lastIndexOf(row);
    if (index <= 0) return false;
    const before = this.timeline.previous(row.messageClientId);
    const after = this.live[index + 1];
    return (
      before?.messageClientId === this.live[index - 1]?.messageClientId &&
      (!after || this.timeline.compare(row.messageClientId, after.messageClientId) < 0)
    );
  }

  /** `direction` 1: the array runs from old to new; -1: from new to old. */
  private indexIn(rows: readonly MessageRow[], row: MessageRow, direction: 1 | -1): number {
    const { messageClientId } = row;
    return sortedIndex(rows.length, (i) => {
      const other = (rows[i] as MessageRow).messageClientId;
      return this.timeline.compare(other, messageClientId) * direction < 0;
    });
  }

  private dropNewest(count: number): void {
    const fromLive = Math.min(count, this.live.length);
    this.deleteRows(this.live.splice(this.live.length - fromLive, fromLive));
    const rest = wholeBlocks(count - fromLive);
    if (rest === 0) return;
    this.deleteRows(this.history.splice(0, rest));
    this.historyStart += rest;
    // Later messages after the window are appended to `live`, not prepended to `history`.
    this.boundaryId = this.history[0]?.messageClientId;
  }

  private dropOldest(count: number): void {
    const fromHistory = Math.min(count, this.history.length);
    this.deleteRows(this.history.splice(this.history.length - fromHistory, fromHistory));
    const rest = wholeBlocks(count - fromHistory);
    if (rest === 0) return;
    const dropped = this.live.splice(0, rest);
    this.deleteRows(dropped);
    this.liveStart += rest;
    // Removed live rows return as older history: the boundary is right before `live`.
    this.boundaryId = lastOf(dropped)?.messageClientId;
  }

  private deleteRows(rows: readonly MessageRow[]): void {
    for (const { messageClientId } of rows) this.rows.delete(messageClientId);
  }

  /** Updates the time line of a message and of the next one, whose time line depends on this message. */
  private markTimes(messageClientId: string): void {
    this.markTime(messageClientId);
    const next = this.timeline.next(messageClientId);
    if (next) this.markTime(next.messageClientId);
  }

  /** Does nothing for a message outside the window. */
  private markTime(messageClientId: string): void {
    const row = this.rows.get(messageClientId);
    const entry = this.timeline.get(messageClientId);
    if (!row || !entry) return;
    const before = this.timeline.previous(messageClientId);
    row.showTime = !before || entry.createTime - before.createTime >= TIME_LINE_MS;
  }
}

function wholeBlocks(rows: number): number {
  return Math.floor(rows / BLOCK_ROWS) * BLOCK_ROWS;
}
