import { observable } from 'mobx';
import type { ChatEntry } from './chat-entry';
import { lastOf } from './last-of';
import { MessageRow } from './message-row';
import { sortedIndex } from './sorted-index';
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

/** Messages that were put into the timeline, and what that did to them. */
export type Changes = readonly (readonly [ChatEntry, Change])[];

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
   * Shows what has changed in the timeline, where it falls into the window; beyond its ends only as far
   * as `reach` says.
   */
  apply(changes: Changes, reach: Reach): void {
    const moved = this.update(changes);
    // Out with all that moved before any is placed: places are found by binary search.
    const followers = moved.map((row) => this.takeOut(row));
    // A boundary that moved would take everything it overtook to the wrong side.
    for (const [{ messageClientId }, change] of changes)
      if (change === 'moved' && messageClientId === this.boundaryId)
        this.boundaryId = this.lastBeforeLive();
    for (const row of moved) {
      // Acknowledged so late that its place is outside the window by now.
      if (this.belongs(row, reach)) this.placeIn(row);
      else this.rows.delete(row.messageClientId);
    }
    for (const [entry, change] of changes) {
      if (change === 'kept' || this.rows.has(entry.messageClientId)) continue;
      if (this.belongs(entry, reach)) this.placeIn(this.createRow(entry));
    }
    for (const [{ messageClientId }] of changes) this.markTimes(messageClientId);
    // Another one stands before these now.
    for (const row of followers) if (row) this.markTime(row.messageClientId);
    this.neverEmpty();
  }

  /** Takes a message out of the window and the timeline. */
  remove(messageClientId: string): void {
    const before = this.timeline.previous(messageClientId);
    if (this.boundaryId === messageClientId) this.boundaryId = before?.messageClientId;
    this.timeline.remove(messageClientId);
    const row = this.rows.get(messageClientId);
    if (!row) return;
    const follower = this.takeOut(row);
    this.rows.delete(messageClientId);
    if (follower) this.markTime(follower.messageClientId);
    this.neverEmpty();
  }

  /** Up to `count` older rows from memory. Returns how many there were. */
  extendOlder(count: number): number {
    const entries = this.timeline.before(this.oldestId, count);
    const rows = entries.reverse().map((entry) => this.createRow(entry));
    if (this.boundaryId === undefined) this.boundaryId = rows[0]?.messageClientId;
    this.history.push(...rows);
    for (const { messageClientId } of rows) this.markTimes(messageClientId);
    if (this.isOver) this.dropNewest(this.size - this.limits.rows);
    return rows.length;
  }

  /** Up to `count` newer rows from memory. Returns how many there were. */
  extendNewer(count: number): number {
    const rows = this.timeline.after(this.newestId, count).map((entry) => this.createRow(entry));
    this.live.push(...rows);
    for (const { messageClientId } of rows) this.markTimes(messageClientId);
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

  /** Rows take over what is known of them. Returns those that have to be put in another place. */
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

  private createRow(entry: ChatEntry): MessageRow {
    const row = new MessageRow(entry);
    this.decorate(row, entry);
    this.rows.set(row.messageClientId, row);
    return row;
  }

  private belongs({ messageClientId }: { messageClientId: string }, reach: Reach): boolean {
    const { newestId } = this;
    if (newestId === undefined) return reach.end;
    if (this.timeline.compare(messageClientId, newestId) >= 0) return reach.end;
    return reach.start || this.timeline.compare(messageClientId, this.oldestId ?? '') >= 0;
  }

  /** The last row has left a window that stood away from the end: back to the newest messages. */
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

  /** Returns the row that stood after it. */
  private takeOut(row: MessageRow): MessageRow | undefined {
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

  private placeIn(row: MessageRow): void {
    if (this.isHistory(row)) this.history.splice(this.indexIn(this.history, row, -1), 0, row);
    else this.live.splice(this.indexIn(this.live, row, 1), 0, row);
  }

  /** Its neighbours on the screen are its neighbours in the timeline. Looks at `live` only. */
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
  private markTimes(messageClientId: string): void {
    this.markTime(messageClientId);
    const next = this.timeline.next(messageClientId);
    if (next) this.markTime(next.messageClientId);
  }

  /** Passes over what is not in the window. */
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
