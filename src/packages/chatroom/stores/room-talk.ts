import { action, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { Clock } from '@/platform';
import { Timeline } from '@/stores/timeline';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk';
import { likesIn } from './custom-content';
import { type Flush, FloodBuffer } from './flood-buffer';
import { foldNotices, isFolded, isPreciousNotice, type NoticeKind } from './notices';
import { knownEntry, mergeEntry, Places, type RoomEntry } from './room-entry';
import { RoomHistory, type RoomPage } from './room-history';
import { RoomOutbox } from './room-outbox';
import { RoomRow } from './room-row';
import { RoomWindow, SEGMENT_ROWS } from './room-window';

/** Messages of a room that are kept in memory at most. */
export const KEPT = 1000;
/** A quiet line takes further ones of its kind for this long. */
const FOLD_MS = 5000;

/** What became of what came in. `received` is always the sum of the others. */
export interface FloodCounters {
  readonly received: number;
  /** Had a row, a place in a folded line, or were counted as likes. */
  readonly shown: number;
  /** Folded away. */
  readonly skipped: number;
  /** Came while the reader was further up and were not looked at yet. */
  readonly held: number;
}

export interface RoomTalkDependencies {
  connection: ChatroomConnection;
  clock: Clock;
  /** My nick, to notice that somebody calls me. */
  nick: () => string;
  /** The server refused a message of mine, with this code. */
  refused?: (code: number) => void;
}

/**
 * What is said in a room: a timeline without duplicates in the server's order, of which a bounded window is
 * on the screen, and the buffer that keeps a flood of pushes from the view.
 */
export class RoomTalk {
  /** The first page is there, or could not be had. */
  ready = false;
  /** Why the last page could not be fetched. */
  error: ConnectionError | null = null;
  hasOlder = true;
  /** Newer messages than the window shows: in memory, or on the server only. */
  hasNewer = false;
  loading: 'older' | 'newer' | 'latest' | null = null;
  /** Messages that came while the reader was further up. */
  unseen = 0;
  /** Likes since I entered; they have no rows. */
  likes = 0;
  counters: FloodCounters = { received: 0, shown: 0, skipped: 0, held: 0 };
  private readonly timeline = new Timeline<RoomEntry>(mergeEntry);
  private readonly window: RoomWindow;
  private readonly outbox: RoomOutbox;
  private readonly history: RoomHistory;
  private readonly buffer: FloodBuffer<RoomEntry>;
  private readonly places = new Places();
  private readonly stop: (() => void)[];
  /** The quiet line that takes further notices of its kind. */
  private readonly lines = new Map<NoticeKind, RoomEntry>();
  /** Ids of notices that became part of another one's line. */
  private readonly folded = new Set<string>();
  private pendingLines: RoomEntry[] = [];
  private pendingLikes = 0;
  /** What came before the first page, or while a page of the newest was fetched. */
  private early: RoomMessage[] = [];
  private atBottom = true;
  /** The server has newer messages than the timeline. */
  private detached = false;
  private serverHasOlder = true;
  private disposed = false;

  constructor(private readonly deps: RoomTalkDependencies) {
    const { connection, clock } = deps;
    makeObservable(this, {
      ready: observableRef,
      error: observableRef,
      hasOlder: observableRef,
      hasNewer: observableRef,
      loading: observableRef,
      unseen: observableRef,
      likes: observableRef,
      counters: observableRef,
      discard: action,
    });
    this.window = new RoomWindow(
      this.timeline,
      (entry) => new RoomRow(entry, this.mentionsMe(entry.message)),
    );
    this.history = new RoomHistory(connection);
    this.outbox = new RoomOutbox(connection, clock, this.places, (entry) => {
      runInAction(() => this.entryChanged(entry));
    });
    this.buffer = new FloodBuffer(
      clock,
      (flush) => runInAction(() => this.publish(flush)),
      (entry) => this.isPrecious(entry),
    );
    this.stop = [
      connection.on('messages', (messages, missed) => this.receive(messages, missed)),
      connection.on('gap', () => this.startOver()),
      connection.on('state', ({ from, to }) => {
        if (from.name === 'entering' && to.name === 'inside') void this.begin();
      }),
      connection.listen('revoked', (messageClientId) => this.recalled(messageClientId)),
    ];
  }

  /** The containers of the window, in the order of the tree; see RoomWindow. */
  get segments() {
    return this.window.segments;
  }

  /** Every row, oldest first; for tests and for finding one, not for rendering. */
  rows(): RoomRow[] {
    return this.window.all();
  }

  /** Messages in memory, shown or not, oldest first. */
  messages(): RoomMessage[] {
    return [...this.timeline].map(({ message }) => message);
  }

  // --- where the reader is ---------------------------------------------------------------------------

  /** The view tells whether the reader is at the end; further up nothing moves under the eye. */
  setAtBottom(atBottom: boolean): void {
    if (this.atBottom === atBottom) return;
    this.atBottom = atBottom;
    if (!atBottom) return;
    if (this.hasNewer) void this.loadNewer();
    else runInAction(() => (this.unseen = 0));
  }

  /** Up to 25 older rows, from memory or from the server. One request at a time. */
  async loadOlder(): Promise<void> {
    if (!this.ready || !this.hasOlder) return;
    if (this.window.oldestId !== this.timeline.first()?.messageClientId) {
      runInAction(() => {
        this.window.extendOlder();
        this.updateEdges();
      });
      return;
    }
    const oldest = this.timeline.first()?.createTime ?? 0;
    await this.load(
      'older',
      () => this.history.older(oldest, this.known),
      (page) => {
        this.serverHasOlder = page.hasMore;
        this.putOlder(page.messages);
        this.window.extendOlder();
        this.forgetNewest();
      },
    );
  }

  /** Up to 25 newer rows, when the reader comes back down. */
  async loadNewer(): Promise<void> {
    if (!this.window.followsEnd) {
      runInAction(() => {
        this.looked(this.window.extendNewer());
        this.updateEdges();
      });
      return;
    }
    if (!this.detached) return;
    const newest = this.timeline.last()?.createTime ?? 0;
    await this.load(
      'newer',
      () => this.history.newer(newest, this.known),
      (page) => {
        this.putNewer(page.messages);
        this.looked(this.window.extendNewer());
        this.detached = page.hasMore;
        this.forgetOldest();
        if (!this.detached) this.joinEarly();
      },
    );
  }

  /** Straight to the newest message. */
  async jumpToLatest(): Promise<void> {
    this.atBottom = true;
    if (!this.detached) {
      runInAction(() => {
        if (!this.window.followsEnd) this.window.reset(SEGMENT_ROWS);
        this.sawTheEnd();
      });
      return;
    }
    await this.load(
      'latest',
      () => this.history.newest(),
      (page) => this.beginWith(page),
    );
  }

  /** To what was said at a time (ms since 1970), with the way up and down from there. */
  async jumpTo(time: number): Promise<void> {
    await this.load(
      'latest',
      () => this.history.newer(time, () => false),
      (page) => {
        this.forgetAll();
        this.atBottom = false;
        this.serverHasOlder = true;
        this.detached = page.hasMore;
        this.putNewer(page.messages);
        this.window.reset(SEGMENT_ROWS);
      },
    );
  }

  // --- my own ----------------------------------------------------------------------------------------

  /** Appears at once as `sending`, at the end; the reader is taken there. */
  send(original: RoomMessage, shown: RoomMessage): RoomEntry {
    const entry = this.outbox.send(original, shown);
    if (this.follows) runInAction(() => this.show([entry]));
    else {
      if (!this.detached) this.timeline.put(entry);
      void this.jumpToLatest();
    }
    return entry;
  }

  /** Tries a failed message again. */
  resend({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.resend(messageClientId);
  }

  /** Takes an unsent message away. */
  discard({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.discard(messageClientId);
    this.window.remove(messageClientId);
    this.timeline.remove(messageClientId);
    this.updateEdges();
  }

  dispose(): void {
    this.disposed = true;
    for (const stop of this.stop) stop();
    this.buffer.dispose();
    this.outbox.dispose();
    runInAction(() => this.forgetAll());
  }

  // --- what comes in ---------------------------------------------------------------------------------

  private receive(messages: readonly RoomMessage[], missed: boolean): void {
    if (!this.ready || this.loading === 'latest' || (this.detached && this.loading === 'newer')) {
      this.early.push(...messages);
      if (this.early.length > KEPT) this.early.splice(0, this.early.length - KEPT);
    } else if (missed) {
      runInAction(() => this.addMissed(messages));
    } else {
      for (const message of messages) this.take(message);
    }
  }

  /** A push: into the buffer, into a quiet line, or to the likes. */
  private take(message: RoomMessage): void {
    if (message.isSelf && this.outbox.settle(message)) return;
    const entry = this.entryOf(message);
    const likes = likesIn(entry.custom);
    if (likes > 0) {
      this.pendingLikes += likes;
      this.count({ received: 1, shown: 1 });
      this.buffer.touch();
    } else if (entry.notice && isFolded(entry.notice)) {
      this.count({ received: 1, shown: 1 });
      this.foldIn(entry);
      this.buffer.touch();
    } else if (!isHidden(entry)) {
      this.count({ received: 1 });
      this.buffer.add(entry);
    }
  }

  private pendingCounts = { received: 0, shown: 0, skipped: 0, held: 0 };

  /** Published with the next flush: the counters are on the screen. */
  private count(more: Partial<FloodCounters>): void {
    for (const [name, value] of Object.entries(more) as [keyof FloodCounters, number][])
      this.pendingCounts[name] += value;
  }

  private publishCounts(): void {
    const { counters, pendingCounts: more } = this;
    this.counters = {
      received: counters.received + more.received,
      shown: counters.shown + more.shown,
      skipped: counters.skipped + more.skipped,
      held: counters.held + more.held,
    };
    this.pendingCounts = { received: 0, shown: 0, skipped: 0, held: 0 };
  }

  private publish({ items, skipped }: Flush<RoomEntry>): void {
    this.likes += this.pendingLikes;
    this.pendingLikes = 0;
    const lines = this.pendingLines;
    this.pendingLines = [];
    this.count({ skipped });
    const [first] = items;
    if (first && skipped > 0) first.foldedBefore = skipped;
    if (this.follows) {
      this.count({ shown: items.length });
      this.show([...lines, ...items]);
      this.forgetOldest();
    } else {
      this.hold(items, lines);
      this.unseen += items.length + skipped;
    }
    for (const line of this.lines.values()) this.window.refresh(line);
    this.publishCounts();
    this.updateEdges();
  }

  /** A notice of many: into the line of its kind while that is young, else a line of its own. */
  private foldIn(entry: RoomEntry): void {
    const { notice } = entry;
    if (!notice) return;
    const line = this.lines.get(notice.kind);
    if (line?.notice && entry.createTime - line.createTime < FOLD_MS) {
      line.notice = foldNotices(line.notice, notice);
      this.folded.add(entry.messageClientId);
      return;
    }
    this.lines.set(notice.kind, entry);
    this.pendingLines.push(entry);
  }

  /** Adds entries where they belong, while the window stands at the end. */
  private show(entries: readonly RoomEntry[]): void {
    for (const entry of entries) {
      if (this.timeline.put(entry) !== 'inserted') continue;
      if (this.timeline.last()?.messageClientId === entry.messageClientId)
        this.window.append([entry]);
      else this.window.place(entry);
    }
  }

  /** The reader is further up: kept while there is room, else left on the server. */
  private hold(items: readonly RoomEntry[], lines: readonly RoomEntry[]): void {
    this.count({ held: items.length });
    if (this.timeline.size + items.length + lines.length > KEPT) this.detached = true;
    if (!this.detached) for (const entry of [...lines, ...items]) this.timeline.put(entry);
  }

  /** What passed while the link was gone: all of it is kept, in order; of many the newest are shown. */
  private addMissed(messages: readonly RoomMessage[]): void {
    const { follows } = this;
    const before = this.timeline.size;
    const entries = this.foldPage(
      messages.filter((one) => !(one.isSelf && this.outbox.settle(one))),
    );
    this.count({ received: messages.length, shown: messages.length });
    if (!follows) {
      if (before + entries.length > KEPT) this.detached = true;
      if (!this.detached) for (const entry of entries) this.timeline.put(entry);
      this.unseen += entries.length;
    } else if (entries.length <= SEGMENT_ROWS) {
      this.show(entries);
    } else {
      for (const entry of entries) this.timeline.put(entry);
      this.window.reset(SEGMENT_ROWS);
    }
    if (this.follows) this.forgetOldest();
    this.publishCounts();
    this.updateEdges();
  }

  private recalled(messageClientId: string): void {
    this.buffer.flush();
    const entry = this.timeline.get(messageClientId);
    if (!entry) return;
    entry.recalled = true;
    runInAction(() => this.window.refresh(entry));
  }

  private entryChanged(entry: RoomEntry): void {
    if (!this.timeline.get(entry.messageClientId)) return;
    if (entry.status === 'failed') this.deps.refused?.(entry.errorCode);
    const change = this.timeline.put(entry);
    this.window.refresh(entry);
    if (change === 'moved' && this.window.row(entry.messageClientId)) this.window.place(entry);
  }

  // --- pages -----------------------------------------------------------------------------------------

  private async begin(): Promise<void> {
    await this.load(
      'latest',
      () => this.history.newest(),
      (page) => this.beginWith(page),
    );
    if (this.disposed || this.ready) return;
    // Without its history a room is still of use.
    runInAction(() => {
      this.ready = true;
      this.joinEarly();
    });
  }

  /** Too much was missed to fill in between: the newest page, as if one had just entered. */
  private startOver(): void {
    runInAction(() => {
      this.forgetAll();
      this.ready = false;
    });
    void this.begin();
  }

  private beginWith(page: RoomPage): void {
    this.forgetAll();
    this.serverHasOlder = page.hasMore;
    this.detached = false;
    this.putNewer(page.messages);
    for (const entry of this.outbox.all()) this.timeline.put(entry);
    this.window.reset(SEGMENT_ROWS);
    this.ready = true;
    this.sawTheEnd();
    this.joinEarly();
  }

  private async load(
    what: NonNullable<RoomTalk['loading']>,
    fetch: () => Promise<RoomPage>,
    use: (page: RoomPage) => void,
  ): Promise<void> {
    if (this.loading || this.disposed) return;
    runInAction(() => (this.loading = what));
    try {
      const page = await fetch();
      if (this.disposed) return;
      for (const message of page.messages) this.deps.connection.note(message);
      runInAction(() => {
        this.loading = null;
        this.error = null;
        use(page);
        this.updateEdges();
      });
    } catch (cause) {
      runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      runInAction(() => (this.loading = null));
    }
  }

  private readonly known = ({ messageClientId }: RoomMessage): boolean =>
    this.timeline.get(messageClientId) !== undefined || this.folded.has(messageClientId);

  private putOlder(messages: readonly RoomMessage[]): void {
    const places = messages.map(() => this.places.before()).reverse();
    for (const entry of this.foldPage(messages, (index) => places[index] ?? ''))
      this.timeline.put(entry);
  }

  private putNewer(messages: readonly RoomMessage[]): void {
    for (const entry of this.foldPage(messages)) this.timeline.put(entry);
  }

  /** Entries of messages in order; neighbours that are notices of many share a line. */
  private foldPage(
    messages: readonly RoomMessage[],
    placeOf: (index: number) => string = () => this.places.after(),
  ): RoomEntry[] {
    const entries: RoomEntry[] = [];
    messages.forEach((message, index) => {
      const entry = this.entryOf(message, placeOf(index));
      const line = entries[entries.length - 1];
      if (entry.notice && isFolded(entry.notice) && line?.notice?.kind === entry.notice.kind) {
        line.notice = foldNotices(line.notice, entry.notice);
        this.folded.add(message.messageClientId);
      } else if (!isHidden(entry) && likesIn(entry.custom) === 0) {
        entries.push(entry);
      }
    });
    return entries;
  }

  private joinEarly(): void {
    const early = this.early.filter((message) => !this.known(message));
    this.early = [];
    for (const message of early) this.take(message);
  }

  // --- edges -----------------------------------------------------------------------------------------

  /** New messages appear as they come. */
  private get follows(): boolean {
    return this.atBottom && !this.detached && this.window.followsEnd;
  }

  private updateEdges(): void {
    this.hasOlder =
      this.serverHasOlder || this.window.oldestId !== this.timeline.first()?.messageClientId;
    this.hasNewer = this.detached || !this.window.followsEnd;
    if (this.follows) this.unseen = 0;
  }

  /** So many rows that had been held are on the screen now. */
  private looked(rows: number): void {
    const seen = Math.min(rows, this.counters.held);
    this.count({ shown: seen, held: -seen });
    this.publishCounts();
    if (this.window.followsEnd && !this.detached) this.sawTheEnd();
  }

  /** At the newest message: what was held is shown as far as it is in the window, the rest is passed over. */
  private sawTheEnd(): void {
    const { held } = this.counters;
    const seen = Math.min(held, SEGMENT_ROWS);
    this.count({ shown: seen, skipped: held - seen, held: -held });
    this.publishCounts();
    this.unseen = 0;
    this.updateEdges();
  }

  private forgetOldest(): void {
    while (this.timeline.size > KEPT) {
      const first = this.timeline.first();
      if (!first || this.window.row(first.messageClientId)) return;
      this.timeline.remove(first.messageClientId);
      this.serverHasOlder = true;
    }
  }

  private forgetNewest(): void {
    while (this.timeline.size > KEPT) {
      const last = this.timeline.last();
      if (!last || this.window.row(last.messageClientId)) return;
      this.timeline.remove(last.messageClientId);
      this.detached = true;
    }
  }

  private forgetAll(): void {
    this.window.clear();
    this.timeline.clear();
    this.lines.clear();
    this.folded.clear();
    this.pendingLines = [];
  }

  // --- what a message is -----------------------------------------------------------------------------

  private entryOf(message: RoomMessage, place = this.places.after()): RoomEntry {
    return knownEntry(message, place, this.deps.connection.accountId);
  }

  private isPrecious({ message, notice }: RoomEntry): boolean {
    return (
      message.isSelf || this.mentionsMe(message) || (notice !== null && isPreciousNotice(notice))
    );
  }

  private mentionsMe({ text, isSelf }: RoomMessage): boolean {
    const nick = this.deps.nick();
    return !isSelf && nick !== '' && text !== undefined && text.includes(`@${nick}`);
  }
}

/** A notification that has no line. */
function isHidden({ message, notice }: RoomEntry): boolean {
  return (message.messageType as number) === NOTIFICATION && notice === null;
}

const NOTIFICATION = 5;
