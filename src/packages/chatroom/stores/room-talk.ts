import { action, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { Clock } from '@/platform';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk';
import { likesIn, parseCustom } from './custom-content';
import { type Flush, FloodBuffer } from './flood-buffer';
import { FloodCount, type FloodCounters } from './flood-counters';
import { isFolded, isPreciousNotice, recalledBy } from './notices';
import { KEPT, RoomContent } from './room-content';
import { isHidden, isInHistory, type RoomEntry } from './room-entry';
import { RoomHistory, type RoomPage } from './room-history';
import { RoomOutbox } from './room-outbox';
import type { RoomRow } from './room-row';
import { type RoomSegment, PAGE_ROWS } from './room-window';

export interface RoomTalkDependencies {
  connection: ChatroomConnection;
  clock: Clock;
  /** My nick, to notice that somebody calls me. */
  nick: () => string;
  /** The server refused a message of mine, with this code. */
  refused?: (code: number) => void;
}

type Loading = 'older' | 'newer' | 'latest';

/** A message younger than this need not be in the server's history yet. */
const HISTORY_DELAY_MS = 10_000;

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
  loading: Loading | null = null;
  /** Messages are missing between those that are shown, and the history was refused. `fillIn` tries again. */
  isIncomplete = false;
  /** Messages that came while the reader was further up. */
  unseen = 0;
  /** Likes since I entered; they have no rows. */
  likes = 0;
  private readonly count = new FloodCount();
  private readonly content: RoomContent;
  private readonly outbox: RoomOutbox;
  private readonly history: RoomHistory;
  private readonly buffer: FloodBuffer<RoomEntry>;
  private readonly stop: (() => void)[];
  private pendingLines: RoomEntry[] = [];
  private pendingLikes = 0;
  /** What came while a page was fetched that it may have to be joined to. */
  private early: RoomMessage[] = [];
  private atBottom = true;
  /** The server has newer messages than the memory. */
  private detached = false;
  private serverHasOlder = true;
  /** The newest request for a page; an older one's answer is not used. */
  private request: object | null = null;
  private disposed = false;

  constructor(private readonly deps: RoomTalkDependencies) {
    const { connection, clock } = deps;
    makeObservable(this, {
      ready: observableRef,
      error: observableRef,
      hasOlder: observableRef,
      hasNewer: observableRef,
      loading: observableRef,
      isIncomplete: observableRef,
      unseen: observableRef,
      likes: observableRef,
      discard: action,
    });
    this.content = new RoomContent(connection.accountId, (message) => this.mentionsMe(message));
    this.history = new RoomHistory(connection);
    this.outbox = new RoomOutbox(connection, clock, this.content.places, (entry) => {
      if (entry.status === 'failed') this.deps.refused?.(entry.errorCode);
      runInAction(() => this.content.change(entry));
    });
    this.buffer = new FloodBuffer(
      clock,
      (flush) => runInAction(() => this.publish(flush)),
      (entry) => this.isPrecious(entry),
    );
    this.stop = [
      connection.on('messages', (messages, missed) => this.receive(messages, missed)),
      connection.on('gap', () => void this.startOver()),
      connection.on('open', () => void this.fillIn()),
      connection.on('caughtUp', () => void this.compareWithHistory()),
      connection.on('state', ({ from, to }) => {
        if (from.name === 'entering' && to.name === 'inside') void this.begin();
      }),
      connection.listen('revoked', (messageClientId) => {
        this.buffer.flush();
        runInAction(() => this.recall(messageClientId));
      }),
    ];
  }

  /** The containers of the window, in the order of the tree; see RoomWindow. */
  get segments(): readonly RoomSegment[] {
    return this.content.window.segments;
  }

  /** What became of what came in; observable. */
  get counters(): FloodCounters {
    return this.count.published;
  }

  /** Every row, oldest first; for tests and for finding one, not for rendering. */
  rows(): RoomRow[] {
    return this.content.window.all();
  }

  /** Messages in memory, shown or not, oldest first. */
  messages(): RoomMessage[] {
    return this.content.messages();
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
    const { content } = this;
    if (!content.showsOldest) {
      runInAction(() => {
        content.window.extendOlder();
        this.updateEdges();
      });
      return;
    }
    await this.load(
      'older',
      () => this.history.older(content.oldestTime, content.known),
      (page) => {
        this.serverHasOlder = page.hasMore;
        content.keep(content.entriesOf(page.messages, 'before'));
        content.window.extendOlder();
        if (content.forgetNewest()) this.detached = true;
      },
    );
  }

  /** Up to 25 newer rows, when the reader comes back down. */
  async loadNewer(): Promise<void> {
    const { content } = this;
    if (!content.showsNewest) {
      runInAction(() => {
        this.showNewer();
        this.updateEdges();
      });
      return;
    }
    if (!this.detached) return;
    await this.load(
      'newer',
      () => this.history.newer(content.newestTime, content.known),
      (page) => {
        content.keep(content.entriesOf(page.messages));
        this.detached = page.hasMore;
        this.showNewer();
      },
    );
  }

  /** Straight to the newest message. */
  async jumpToLatest(): Promise<void> {
    this.atBottom = true;
    if (this.detached) {
      await this.load(
        'latest',
        () => this.history.newest(),
        (page) => this.beginWith(page),
      );
      return;
    }
    runInAction(() => {
      if (!this.content.showsNewest) this.content.showNewest();
      this.sawTheEnd();
    });
  }

  /** Fetches the newest page when messages are missing; the outcome is in `isIncomplete` and `error`. */
  async fillIn(): Promise<void> {
    if (this.isIncomplete) await this.startOver();
  }

  /** To what was said at a time (ms since 1970), with the way up and down from there. */
  async jumpTo(time: number): Promise<void> {
    await this.load(
      'latest',
      () => this.history.newer(time, () => false),
      (page) => {
        const { content } = this;
        content.clear();
        this.atBottom = false;
        this.serverHasOlder = true;
        this.detached = page.hasMore;
        content.keep(content.entriesOf(page.messages));
        content.showNewest();
      },
    );
  }

  // --- my own ----------------------------------------------------------------------------------------

  /**
   * Appears at once as `sending`, at the end; the reader is taken there. A like is counted instead.
   * `shown`: with my nick.
   */
  send(original: RoomMessage, shown: RoomMessage): void {
    const entry = this.outbox.send(original, shown);
    const likes = likesIn(entry.custom);
    if (likes > 0) {
      this.pendingLikes += likes;
      this.buffer.touch();
      return;
    }
    if (this.follows) {
      runInAction(() => this.content.show([entry]));
      return;
    }
    // Detached, it comes with the newest page.
    if (!this.detached) this.content.keep([entry]);
    void this.jumpToLatest();
  }

  /** Tries a failed message again. */
  resend({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.resend(messageClientId);
  }

  /** Takes an unsent message away. */
  discard({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.discard(messageClientId);
    this.content.remove(messageClientId);
    this.updateEdges();
  }

  dispose(): void {
    this.disposed = true;
    for (const stop of this.stop) stop();
    this.buffer.dispose();
    this.outbox.dispose();
    runInAction(() => this.content.clear());
  }

  // --- what comes in ---------------------------------------------------------------------------------

  private receive(messages: readonly RoomMessage[], missed: boolean): void {
    const joinsPage = this.loading === 'latest' || (this.detached && this.loading === 'newer');
    if (!this.ready || joinsPage) {
      this.early.push(...messages);
      if (this.early.length > KEPT) this.early.splice(0, this.early.length - KEPT);
    } else if (missed) {
      runInAction(() => this.addAll(messages));
    } else {
      for (const message of messages) this.take(message);
    }
  }

  /** A push: into the buffer, into a quiet line, or to the likes. */
  private take(message: RoomMessage): void {
    if (message.isSelf && this.outbox.settle(message)) return;
    const entry = this.content.entryOf(message);
    if (isHidden(entry)) return;
    this.count.add({ received: 1 });
    const likes = likesIn(entry.custom);
    if (likes > 0) this.pendingLikes += likes;
    else if (!entry.notice || !isFolded(entry.notice)) return this.buffer.add(entry);
    else if (!this.content.foldIn(entry)) this.pendingLines.push(entry);
    this.count.add({ shown: 1 });
    this.buffer.touch();
  }

  private publish({ items, skipped }: Flush<RoomEntry>): void {
    const entries = [...this.pendingLines, ...items];
    this.pendingLines = [];
    const [first] = items;
    if (first && skipped > 0) first.foldedBefore = skipped;
    this.count.add({ skipped });
    if (this.follows) {
      this.count.add({ shown: items.length });
      this.content.show(entries);
      if (this.content.forgetOldest()) this.serverHasOlder = true;
    } else {
      this.count.add({ held: items.length });
      this.unseen += items.length + skipped;
      this.hold(entries);
    }
    this.publishCounts();
  }

  /** The reader is further up: kept while there is room, else left on the server. */
  private hold(entries: readonly RoomEntry[]): void {
    if (this.content.size + entries.length > KEPT) this.detached = true;
    if (!this.detached) this.content.keep(entries);
  }

  /** What passed while the link was gone: all of it is kept, in order; of many the newest are shown. */
  private addAll(messages: readonly RoomMessage[]): void {
    const { content } = this;
    const others = messages.filter((one) => !(one.isSelf && this.outbox.settle(one)));
    this.applyRecalls(others);
    const entries = content.entriesOf(others);
    for (const one of others) this.pendingLikes += likesIn(parseCustom(one.attachment?.raw));
    this.count.add({ received: messages.length, shown: messages.length });
    if (!this.follows) {
      this.unseen += entries.length;
      this.hold(entries);
    } else if (entries.length <= PAGE_ROWS) {
      content.show(entries);
    } else {
      content.keep(entries);
      content.showNewest();
    }
    if (this.follows && content.forgetOldest()) this.serverHasOlder = true;
    this.publishCounts();
  }

  private publishCounts(): void {
    this.likes += this.pendingLikes;
    this.pendingLikes = 0;
    this.content.refreshLines();
    this.count.publish();
    this.updateEdges();
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

  /**
   * What was missed is not filled in: the newest page, as if one had just entered. Until that page is here,
   * what is shown stays.
   */
  private async startOver(): Promise<void> {
    await this.load(
      'latest',
      () => this.history.newest(),
      (page) => this.beginWith(page),
    );
    if (this.disposed || this.loading === 'latest') return;
    runInAction(() => (this.isIncomplete = this.error !== null));
  }

  /**
   * A recall that passed while the link was gone need not be in the history. A message that the history must
   * have and does not have any more goes, as it would be missing for somebody who enters now.
   */
  private async compareWithHistory(): Promise<void> {
    const { connection } = this.deps;
    const until = (connection.entered?.selfMember.enterTime ?? 0) - HISTORY_DELAY_MS;
    const candidates = this.content.sentMessages().filter((one) => isInHistory(one, until));
    if (candidates.length === 0) return;
    let page: readonly RoomMessage[];
    try {
      page = await this.history.newestRaw();
    } catch {
      // A recall that is missed here is found by the next reconnect.
      return;
    }
    const oldest = page[page.length - 1];
    if (this.disposed || !oldest) return;
    const there = new Set(page.map(({ messageClientId }) => messageClientId));
    runInAction(() => {
      this.applyRecalls(page);
      for (const { messageClientId, createTime } of candidates)
        if (createTime > oldest.createTime && !there.has(messageClientId))
          this.content.remove(messageClientId);
      this.updateEdges();
    });
  }

  private recall(messageClientId: string): void {
    this.outbox.settleRecalled(messageClientId);
    this.content.recall(messageClientId);
  }

  /** Recalls among messages that came as a page, or as what was missed: these have no event of their own. */
  private applyRecalls(messages: readonly RoomMessage[]): void {
    for (const message of messages) {
      const messageClientId = recalledBy(message);
      if (messageClientId) this.recall(messageClientId);
    }
  }

  private beginWith(page: RoomPage): void {
    const { content } = this;
    content.clear();
    this.isIncomplete = false;
    this.serverHasOlder = page.hasMore;
    this.detached = false;
    content.keep(content.entriesOf(page.messages));
    content.keep(this.outbox.all().filter(({ custom }) => likesIn(custom) === 0));
    content.showNewest();
    this.ready = true;
    this.sawTheEnd();
  }

  /** One page at a time; a jump goes before whatever is under way. */
  private async load(
    what: Loading,
    fetch: () => Promise<RoomPage>,
    use: (page: RoomPage) => void,
  ): Promise<void> {
    if (this.disposed || (this.loading && what !== 'latest')) return;
    const request = (this.request = {});
    runInAction(() => (this.loading = what));
    let page: RoomPage | undefined;
    let error: ConnectionError | null = null;
    try {
      page = await fetch();
      for (const message of page.messages) this.deps.connection.note(message);
    } catch (cause) {
      error = ConnectionError.from(cause);
    }
    if (this.disposed || this.request !== request) return;
    runInAction(() => {
      this.loading = null;
      this.error = error;
      if (page) {
        this.applyRecalls(page.messages);
        use(page);
      }
      if (this.ready) this.joinEarly();
      this.updateEdges();
    });
  }

  private joinEarly(): void {
    const early = this.early.filter((message) => !this.content.known(message));
    this.early = [];
    if (early.length > 0) this.addAll(early);
  }

  // --- edges -----------------------------------------------------------------------------------------

  /** New messages appear as they come. */
  private get follows(): boolean {
    return this.atBottom && !this.detached && this.content.showsNewest;
  }

  private updateEdges(): void {
    this.hasOlder = this.serverHasOlder || !this.content.showsOldest;
    this.hasNewer = this.detached || !this.content.showsNewest;
    if (this.follows) this.unseen = 0;
  }

  private showNewer(): void {
    const rows = this.content.window.extendNewer();
    const isEnd = !this.detached && this.content.showsNewest;
    this.count.looked(rows, isEnd);
    if (this.content.forgetOldest()) this.serverHasOlder = true;
  }

  /** At the newest message: what was held is shown as far as it is in the window, the rest is passed over. */
  private sawTheEnd(): void {
    this.count.looked(PAGE_ROWS, true);
    this.unseen = 0;
    this.updateEdges();
  }

  // --- what a message is -----------------------------------------------------------------------------

  private isPrecious({ message, notice }: RoomEntry): boolean {
    const isNotice = notice !== null && isPreciousNotice(notice);
    return isNotice || message.isSelf || this.mentionsMe(message);
  }

  private mentionsMe({ text, isSelf }: RoomMessage): boolean {
    const nick = this.deps.nick();
    return !isSelf && nick !== '' && text !== undefined && text.includes(`@${nick}`);
  }
}
