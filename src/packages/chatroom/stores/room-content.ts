import { mergeEntry } from '@/stores/messages/entry';
import type { FeedWindow } from '@/stores/messages/feed';
import type { Recall } from '@/stores/messages/removed-messages';
import { Timeline } from '@/stores/messages/timeline';
import type { RoomMessage } from '../sdk-types';
import { likesIn } from './custom-content';
import { foldNotices, isFolded, type NoticeKind } from './notices';
import { ArrivalOrder, isHidden, knownRoomEntry, type RoomEntry } from './room-entry';
import { RoomRow } from './room-row';
import { RoomWindow, PAGE_ROWS } from './room-window';

/** Messages of a room that are kept in memory at most. */
export const KEPT = 1000;
/** Notices of one kind are folded into one line for this long. */
const FOLD_MS = 5000;
/** Number of folded notices that are remembered; older ones could only come again with a page of history. */
const FOLDED_KEPT = 2000;
/** Number of recalled ids that are remembered: a recall can overtake the page that has its message. */
const RECALLS_KEPT = 1000;
/** The chatroom SDK tells of a recalled message its id alone. */
const RECALL: Recall = { accountId: '', at: 0 };

/**
 * Messages of a room in memory, and the window of them that is on the screen. Methods that change rows run
 * inside an action.
 */
export class RoomContent implements FeedWindow {
  readonly window: RoomWindow;
  readonly order = new ArrivalOrder();
  private readonly timeline = new Timeline<RoomEntry>(mergeEntry);
  /** The line of each kind that further notices are folded into. */
  private readonly lines = new Map<NoticeKind, RoomEntry>();
  /** Ids of notices that were folded into the line of another. */
  private readonly folded = new Set<string>();
  private readonly recalls = new Set<string>();

  constructor(
    private readonly accountId: string,
    mentionsMe: (message: RoomMessage) => boolean,
  ) {
    this.window = new RoomWindow(
      this.timeline,
      (entry) => new RoomRow(entry, mentionsMe(entry.message)),
    );
  }

  get size(): number {
    return this.timeline.size;
  }

  /** Server time of the oldest message in memory; 0 without one. */
  get oldestTime(): number {
    return this.timeline.first()?.createTime ?? 0;
  }

  get newestTime(): number {
    return this.timeline.last()?.createTime ?? 0;
  }

  /** The oldest message in memory is in the window. */
  get showsOldest(): boolean {
    return this.window.oldestId === this.timeline.first()?.messageClientId;
  }

  get showsNewest(): boolean {
    return this.window.followsEnd;
  }

  /** Oldest first. */
  messages(): RoomMessage[] {
    return [...this.timeline].map(({ message }) => message);
  }

  /** Messages that the server has, and that are readable; oldest first. */
  sentMessages(): RoomMessage[] {
    return [...this.timeline]
      .filter(({ status, recall }) => status === 'sent' && !recall)
      .map(({ message }) => message);
  }

  /** Whether the message is in memory, as a row or as part of a line. */
  readonly known = ({ messageClientId }: RoomMessage): boolean =>
    this.timeline.get(messageClientId) !== undefined || this.folded.has(messageClientId);

  entryOf(message: RoomMessage, order = this.order.next()): RoomEntry {
    return knownRoomEntry(message, order, this.accountId);
  }

  /** Adds entries to memory and window, while the window is at the end. */
  show(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      this.applyRecall(entry);
      if (this.timeline.put(entry) !== 'inserted') continue;
      if (this.timeline.last()?.messageClientId === entry.messageClientId)
        this.window.append([entry]);
      else this.window.insertInOrder(entry);
    }
  }

  /** Adds entries to memory alone. */
  keep(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      this.applyRecall(entry);
      this.timeline.put(entry);
    }
  }

  /**
   * Entries for messages in order. Neighbouring notices of one kind share a line; messages without a row are
   * left out.
   */
  entriesOf(messages: readonly RoomMessage[], where: 'before' | 'after' = 'after'): RoomEntry[] {
    const entries: RoomEntry[] = [];
    const orders = messages.map(() =>
      where === 'before' ? this.order.previous() : this.order.next(),
    );
    if (where === 'before') orders.reverse();
    messages.forEach((message, index) => {
      const entry = this.entryOf(message, orders[index]);
      const line = entries[entries.length - 1];
      if (line && this.fold(line, entry)) return;
      if (!isHidden(entry) && likesIn(entry) === 0) entries.push(entry);
    });
    return entries;
  }

  /** Folds a pushed notice into a line that is shown. Returns false when the notice needs a line of its own. */
  foldIn(entry: RoomEntry): boolean {
    const { notice } = entry;
    if (!notice) return false;
    const line = this.lines.get(notice.kind);
    if (line && entry.createTime - line.createTime < FOLD_MS && this.fold(line, entry)) return true;
    this.lines.set(notice.kind, entry);
    return false;
  }

  /** Updates the rows of lines that notices were folded into. */
  refreshLines(): void {
    for (const line of this.lines.values()) this.window.refresh(line);
  }

  /** Shows the new state of an own message; does nothing when the message is not in memory. */
  change(entry: RoomEntry): void {
    const { timeline, window } = this;
    const { messageClientId } = entry;
    if (!timeline.get(messageClientId)) return;
    const showedAll = { oldest: this.showsOldest, newest: this.showsNewest };
    const change = timeline.put(entry);
    window.refresh(entry);
    if (change !== 'moved') return;
    const others = window.all().filter((row) => row.messageClientId !== messageClientId);
    const oldest = others[0];
    const newest = others[others.length - 1];
    const isAfter = (row: RoomRow | undefined) =>
      row !== undefined && timeline.compare(messageClientId, row.messageClientId) > 0;
    const belongs = (showedAll.oldest || isAfter(oldest)) && (showedAll.newest || !isAfter(newest));
    // A row beyond the end of the window would hide that the messages in between are not shown.
    if (belongs) window.insertInOrder(entry);
    else window.remove(messageClientId);
  }

  /** Marks a message as recalled, also one that comes later. */
  recall(messageClientId: string): void {
    this.recalls.add(messageClientId);
    if (this.recalls.size > RECALLS_KEPT) forgetFirst(this.recalls);
    const entry = this.timeline.get(messageClientId);
    if (!entry || entry.recall) return;
    entry.recall = RECALL;
    this.window.refresh(entry);
  }

  remove(messageClientId: string): void {
    this.timeline.remove(messageClientId);
    this.window.remove(messageClientId);
  }

  extendOlder(): void {
    this.window.extendOlder();
  }

  extendNewer(): number {
    return this.window.extendNewer();
  }

  /** Resets the window to the newest messages in memory. */
  showNewest(): void {
    this.window.reset(PAGE_ROWS);
  }

  /** Removes the oldest messages beyond the limit. Returns whether there were any. */
  trimOldest(): boolean {
    return this.trim(() => this.timeline.first());
  }

  /** Removes the newest messages beyond the limit. Returns whether there were any. */
  trimNewest(): boolean {
    return this.trim(() => this.timeline.last());
  }

  clear(): void {
    this.window.clear();
    this.timeline.clear();
    this.lines.clear();
    this.folded.clear();
  }

  private applyRecall(entry: RoomEntry): void {
    if (this.recalls.has(entry.messageClientId)) entry.recall = RECALL;
  }

  private trim(next: () => RoomEntry | undefined): boolean {
    let trimmed = false;
    while (this.timeline.size > KEPT) {
      const entry = next();
      if (!entry || this.window.row(entry.messageClientId)) break;
      this.timeline.remove(entry.messageClientId);
      trimmed = true;
    }
    return trimmed;
  }

  private fold(line: RoomEntry, entry: RoomEntry): boolean {
    const { notice } = entry;
    if (!notice || !line.notice || !isFolded(notice) || line.notice.kind !== notice.kind)
      return false;
    line.notice = foldNotices(line.notice, notice);
    this.folded.add(entry.messageClientId);
    if (this.folded.size > FOLDED_KEPT) forgetFirst(this.folded);
    return true;
  }
}

function forgetFirst(ids: Set<string>): void {
  const oldest = ids.values().next();
  if (!oldest.done) ids.delete(oldest.value);
}
