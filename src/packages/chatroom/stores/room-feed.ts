import { action, makeObservable, observableRef, runInAction } from 'mobx';
import type { Clock } from '@/platform';
import { Feed } from '@/stores/messages/feed';
import { readMessage } from '@/stores/messages/kinds';
import { Outbox } from '@/stores/messages/outbox';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk-types';
import { likesIn } from './custom-content';
import { type Flush, FloodBuffer } from './flood-buffer';
import { FloodCount, type FloodCounters } from './flood-counters';
import { isFolded, isExemptNotice, recalledBy } from './notices';
import { KEPT, RoomContent } from './room-content';
import {
  acknowledgeRoomMessage,
  isHidden,
  isInHistory,
  type RoomEntry,
  unsentRoomEntry,
} from './room-entry';
import { RoomHistory } from './room-history';
import type { RoomRow } from './room-row';
import { RoomSender } from './room-sender';
import { type RoomSegment, PAGE_ROWS } from './room-window';

export interface RoomFeedDependencies {
  connection: ChatroomConnection;
  clock: Clock;
  /** My nick, to recognise mentions. */
  nick: () => string;
  /** The server refused a message of mine, with this code. */
  refused?: (code: number) => void;
}

/** Age below which a message may still be missing from the server's history. */
const HISTORY_DELAY_MS = 10_000;

/**
 * The messages of a room: pages, pushes and own messages in the server's order without duplicates, with a
 * bounded window on the screen. A buffer limits how many pushes of a flood reach the view.
 */
export class RoomFeed extends Feed<RoomMessage> {
  /** Messages are missing between the shown ones, and the history was refused. `fillIn` tries again. */
  isIncomplete = false;
  /** Number of likes since entering; likes have no rows. */
  likes = 0;
  private readonly count = new FloodCount();
  protected readonly content: RoomContent;
  private readonly outbox: Outbox<RoomMessage, RoomEntry>;
  protected readonly source: RoomHistory;
  private readonly buffer: FloodBuffer<RoomEntry>;
  private readonly stop: (() => void)[];
  private pendingLines: RoomEntry[] = [];
  private pendingLikes = 0;

  constructor(private readonly deps: RoomFeedDependencies) {
    super();
    const { connection, clock } = deps;
    makeObservable(this, {
      isIncomplete: observableRef,
      likes: observableRef,
      discard: action,
    });
    this.content = new RoomContent(connection.accountId, (message) => this.mentionsMe(message));
    this.source = new RoomHistory(connection, this.content);
    this.outbox = new Outbox({
      sender: new RoomSender(connection),
      clock,
      acknowledge: (entry, message) =>
        acknowledgeRoomMessage(entry, message, this.content.order.next()),
      onChange: (entry) => {
        if (entry.status === 'failed') this.deps.refused?.(entry.errorCode);
        runInAction(() => this.content.change(entry));
      },
    });
    this.buffer = new FloodBuffer(
      clock,
      (flush) => runInAction(() => this.publish(flush)),
      (entry) => this.isExempt(entry),
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

  /** Outcome of the messages that arrived; observable. */
  get counters(): FloodCounters {
    return this.count.published;
  }

  /** Every row, oldest first; for tests and for finding a row, not for rendering. */
  rows(): RoomRow[] {
    return this.content.window.all();
  }

  /** Messages in memory, shown or not, oldest first. */
  messages(): RoomMessage[] {
    return this.content.messages();
  }

  // --- the reader's position -------------------------------------------------------------------------

  /** The view reports whether the reader is at the end. With the reader further up no shown row moves. */
  setAtBottom(atBottom: boolean): void {
    if (this.atBottom === atBottom) return;
    this.atBottom = atBottom;
    if (!atBottom) return;
    if (this.hasNewer) void this.loadNewer();
    else runInAction(() => (this.unseen = 0));
  }

  /** Fetches the newest page when messages are missing; the outcome is in `isIncomplete` and `error`. */
  async fillIn(): Promise<void> {
    if (this.isIncomplete) await this.startOver();
  }

  // --- own messages ----------------------------------------------------------------------------------

  /**
   * Shows the message at once as `sending`, at the end, and scrolls there. A like is counted instead.
   * `shown`: the message with my nick.
   */
  send(original: RoomMessage, shown: RoomMessage): void {
    const entry = this.outbox.send(this.roomId, unsentRoomEntry(shown), original);
    const likes = likesIn(entry);
    if (likes > 0) {
      this.pendingLikes += likes;
      this.buffer.requestFlush();
      return;
    }
    if (this.follows) {
      runInAction(() => this.content.show([entry]));
      return;
    }
    // While detached, the message comes with the newest page.
    if (!this.detached) this.content.keep([entry]);
    void this.jumpToLatest();
  }

  /** Sends a failed message again. */
  resend({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.resend(messageClientId);
  }

  /** Removes an unsent message. */
  discard({ messageClientId }: Pick<RoomRow, 'messageClientId'>): void {
    this.outbox.discard(messageClientId);
    this.content.remove(messageClientId);
    this.updateEdges();
  }

  override dispose(): void {
    super.dispose();
    for (const stop of this.stop) stop();
    this.buffer.dispose();
    this.outbox.dispose();
    runInAction(() => this.content.clear());
  }

  // --- arriving messages -----------------------------------------------------------------------------

  private receive(messages: readonly RoomMessage[], missed: boolean): void {
    if (this.defer(messages)) return;
    if (missed) runInAction(() => this.addAll(messages));
    else for (const message of messages) this.receivePush(message);
  }

  /** Passes a push to the buffer, to a folded line or to the likes. */
  private receivePush(message: RoomMessage): void {
    if (message.isSelf && this.outbox.acknowledgeOwn(message)) return;
    const entry = this.content.entryOf(message);
    if (isHidden(entry)) return;
    this.count.addCounts({ received: 1 });
    const likes = likesIn(entry);
    if (likes > 0) this.pendingLikes += likes;
    else if (!entry.notice || !isFolded(entry.notice)) return this.buffer.addItem(entry);
    else if (!this.content.foldIn(entry)) this.pendingLines.push(entry);
    this.count.addCounts({ shown: 1 });
    this.buffer.requestFlush();
  }

  private publish({ items, skipped }: Flush<RoomEntry>): void {
    const entries = [...this.pendingLines, ...items];
    this.pendingLines = [];
    const [first] = items;
    if (first && skipped > 0) first.foldedBefore = skipped;
    this.count.addCounts({ skipped });
    if (this.follows) {
      this.count.addCounts({ shown: items.length });
      this.content.show(entries);
      this.trimOldest();
    } else {
      this.count.addCounts({ held: items.length });
      this.unseen += items.length + skipped;
      this.hold(entries);
    }
    this.publishCounts();
  }

  /** Keeps messages in memory while there is room; later ones are left on the server. */
  private hold(entries: readonly RoomEntry[]): void {
    if (this.content.size + entries.length > KEPT) this.detached = true;
    if (!this.detached) this.content.keep(entries);
  }

  /** Adds the messages that were missed while the link was gone; of many only the newest are shown. */
  private addAll(messages: readonly RoomMessage[]): void {
    const { content } = this;
    const others = messages.filter((one) => !(one.isSelf && this.outbox.acknowledgeOwn(one)));
    this.applyRecalls(others);
    const entries = content.entriesOf(others);
    for (const one of others) this.pendingLikes += likesIn(readMessage(one));
    this.count.addCounts({ received: messages.length, shown: messages.length });
    if (!this.follows) {
      this.unseen += entries.length;
      this.hold(entries);
    } else if (entries.length <= PAGE_ROWS) {
      content.show(entries);
    } else {
      content.keep(entries);
      content.showNewest();
    }
    if (this.follows) this.trimOldest();
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
    await this.loadLatest();
    if (this.disposed || this.ready) return;
    // Without its history a room can still be used.
    runInAction(() => {
      this.ready = true;
      this.joinEarly();
    });
  }

  /**
   * Loads the newest page instead of the missed messages, as after entering. The shown rows stay until the page
   * is there.
   */
  private async startOver(): Promise<void> {
    await this.loadLatest();
    if (this.disposed || this.loading === 'latest') return;
    runInAction(() => (this.isIncomplete = this.error !== null));
  }

  /**
   * Finds recalls that were missed while the link was gone, since the history need not have them. A message that
   * the history must have and lacks is removed: a user who enters now does not see it either.
   */
  private async compareWithHistory(): Promise<void> {
    const { connection } = this.deps;
    const until = (connection.entered?.selfMember.enterTime ?? 0) - HISTORY_DELAY_MS;
    const candidates = this.content.sentMessages().filter((one) => isInHistory(one, until));
    if (candidates.length === 0) return;
    let page: readonly RoomMessage[];
    try {
      page = await this.source.newestRaw();
    } catch {
      // The next reconnect finds a recall that is missed here.
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
    this.outbox.acknowledgeRecalled(messageClientId);
    this.content.recall(messageClientId);
  }

  /** Applies the recalls among messages of a page or of a catch-up: these raise no event. */
  private applyRecalls(messages: readonly RoomMessage[]): void {
    for (const message of messages) {
      const messageClientId = recalledBy(message);
      if (messageClientId) this.recall(messageClientId);
    }
  }

  protected override beginWith(messages: readonly RoomMessage[]): void {
    const { content } = this;
    content.clear();
    this.isIncomplete = false;
    content.keep(this.entriesOfPage(messages));
    content.keep(this.outbox.of(this.roomId).filter((entry) => likesIn(entry) === 0));
    content.showNewest();
    this.reachEnd();
  }

  protected override addOlder(messages: readonly RoomMessage[]): void {
    this.content.keep(this.entriesOfPage(messages, 'before'));
    this.content.extendOlder();
    if (this.content.trimNewest()) this.detached = true;
  }

  protected override addNewer(messages: readonly RoomMessage[]): void {
    this.content.keep(this.entriesOfPage(messages));
  }

  protected override join(early: readonly RoomMessage[]): void {
    const unknown = early.filter((message) => !this.content.known(message));
    if (unknown.length > 0) this.addAll(unknown);
  }

  protected override showNewer(): void {
    const rows = this.content.extendNewer();
    const isEnd = !this.detached && this.content.showsNewest;
    this.count.countSeen(rows, isEnd);
    this.trimOldest();
  }

  /** Of the messages that were held back, those in the window count as shown, the rest as skipped. */
  protected override reachEnd(): void {
    this.count.countSeen(PAGE_ROWS, true);
    super.reachEnd();
  }

  private entriesOfPage(messages: readonly RoomMessage[], where?: 'before'): RoomEntry[] {
    this.applyRecalls(messages);
    return this.content.entriesOf(messages, where);
  }

  private trimOldest(): void {
    if (this.content.trimOldest()) this.serverHasOlder = true;
  }

  private get roomId(): string {
    return this.deps.connection.roomId;
  }

  // --- mentions --------------------------------------------------------------------------------------

  private isExempt({ message, notice }: RoomEntry): boolean {
    const isNotice = notice !== null && isExemptNotice(notice);
    return isNotice || message.isSelf || this.mentionsMe(message);
  }

  private mentionsMe({ text, isSelf }: RoomMessage): boolean {
    const nick = this.deps.nick();
    return !isSelf && nick !== '' && text !== undefined && text.includes(`@${nick}`);
  }
}
