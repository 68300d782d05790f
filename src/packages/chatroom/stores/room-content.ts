import { Timeline } from '@/stores/timeline';
import type { RoomMessage } from '../sdk';
import { likesIn } from './custom-content';
import { foldNotices, isFolded, type NoticeKind } from './notices';
import { isHidden, knownEntry, mergeEntry, Places, type RoomEntry } from './room-entry';
import { RoomRow } from './room-row';
import { RoomWindow, PAGE_ROWS } from './room-window';

/** Messages of a room that are kept in memory at most. */
export const KEPT = 1000;
/** A quiet line takes further ones of its kind for this long. */
const FOLD_MS = 5000;
/** Notices remembered as part of a line; older ones could only come again with a page of history. */
const FOLDED_KEPT = 2000;
/** Ids of recalled messages that are remembered: a recall can overtake the page that has its message. */
const RECALLS_KEPT = 1000;

/**
 * What of a room is in memory, and the window of it that is on the screen. Methods that change rows run
 * inside an action.
 */
export class RoomContent {
  readonly window: RoomWindow;
  readonly places = new Places();
  private readonly timeline = new Timeline<RoomEntry>(mergeEntry);
  /** The quiet line of each kind that takes further notices. */
  private readonly lines = new Map<NoticeKind, RoomEntry>();
  /** Ids of notices that became part of another one's line. */
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
      .filter(({ status, recalled }) => status === 'sent' && !recalled)
      .map(({ message }) => message);
  }

  /** In memory, as a row or as part of a line. */
  readonly known = ({ messageClientId }: RoomMessage): boolean =>
    this.timeline.get(messageClientId) !== undefined || this.folded.has(messageClientId);

  entryOf(message: RoomMessage, place = this.places.after()): RoomEntry {
    return knownEntry(message, place, this.accountId);
  }

  /** Adds entries where they belong, while the window stands at the end. */
  show(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      this.applyRecall(entry);
      if (this.timeline.put(entry) !== 'inserted') continue;
      if (this.timeline.last()?.messageClientId === entry.messageClientId)
        this.window.append([entry]);
      else this.window.place(entry);
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
   * Entries of messages in order, as they stand in a list: notices of many that are neighbours share a line,
   * what has no row is left out.
   */
  entriesOf(messages: readonly RoomMessage[], where: 'before' | 'after' = 'after'): RoomEntry[] {
    const entries: RoomEntry[] = [];
    const places = messages.map(() => this.places[where]());
    if (where === 'before') places.reverse();
    messages.forEach((message, index) => {
      const entry = this.entryOf(message, places[index]);
      const line = entries[entries.length - 1];
      if (line && this.join(line, entry)) return;
      if (!isHidden(entry) && likesIn(entry.custom) === 0) entries.push(entry);
    });
    return entries;
  }

  /** A notice of many that came as a push: true when it became part of a line that is there. */
  foldIn(entry: RoomEntry): boolean {
    const { notice } = entry;
    if (!notice) return false;
    const line = this.lines.get(notice.kind);
    if (line && entry.createTime - line.createTime < FOLD_MS && this.join(line, entry)) return true;
    this.lines.set(notice.kind, entry);
    return false;
  }

  /** Lines that took further notices. */
  refreshLines(): void {
    for (const line of this.lines.values()) this.window.refresh(line);
  }

  /** A message of mine has a new state; nothing happens when it is not in memory. */
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
    // A row beyond the end of the window would hide that messages between are not shown.
    if (belongs) window.place(entry);
    else window.remove(messageClientId);
  }

  /** A message was recalled. When it is not in memory, this holds for it once it comes. */
  recall(messageClientId: string): void {
    this.recalls.add(messageClientId);
    if (this.recalls.size > RECALLS_KEPT) forgetFirst(this.recalls);
    const entry = this.timeline.get(messageClientId);
    if (!entry || entry.recalled) return;
    entry.recalled = true;
    this.window.refresh(entry);
  }

  remove(messageClientId: string): void {
    this.timeline.remove(messageClientId);
    this.window.remove(messageClientId);
  }

  /** Begins the window anew with the newest messages in memory. */
  showNewest(): void {
    this.window.reset(PAGE_ROWS);
  }

  /** Lets go of the oldest messages beyond the limit. Whether there were any. */
  forgetOldest(): boolean {
    return this.forget(() => this.timeline.first());
  }

  /** Lets go of the newest messages beyond the limit. Whether there were any. */
  forgetNewest(): boolean {
    return this.forget(() => this.timeline.last());
  }

  clear(): void {
    this.window.clear();
    this.timeline.clear();
    this.lines.clear();
    this.folded.clear();
  }

  private applyRecall(entry: RoomEntry): void {
    if (this.recalls.has(entry.messageClientId)) entry.recalled = true;
  }

  private forget(next: () => RoomEntry | undefined): boolean {
    let forgot = false;
    while (this.timeline.size > KEPT) {
      const entry = next();
      if (!entry || this.window.row(entry.messageClientId)) break;
      this.timeline.remove(entry.messageClientId);
      forgot = true;
    }
    return forgot;
  }

  private join(line: RoomEntry, entry: RoomEntry): boolean {
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
