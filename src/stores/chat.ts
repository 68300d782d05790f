import { action, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type {
  V2NIMMessage,
  V2NIMMessageDeletedNotification,
  V2NIMMessageRevokeNotification,
} from '@/sdk/types';
import { type ChatEntry, knownEntry, mergeEntry } from './chat-entry';
import { ChatHistory, PAGE } from './chat-history';
import { ChatWindow } from './chat-window';
import { addressOf } from './conversation-id';
import type { MessageRow } from './message-row';
import type { Outbox } from './outbox';
import { ReadReceipts } from './read-receipts';
import { type Change, Timeline } from './timeline';

/** A recalled text may be edited and sent again for so long. */
export const RE_EDIT_MS = 2 * 60_000;

export interface ChatDependencies {
  connection: ImConnection;
  clock: Clock;
  outbox: Outbox;
  /** Tells the conversation list which chat is on the screen, or that none is. */
  onVisible: (visible: boolean) => void;
  /** Whether nobody else has this chat open. */
  release: () => boolean;
}

/**
 * One open conversation. `history` runs from new to old and grows at its end when older pages come,
 * `live` from old to new and grows at its end when messages come. Together they are a bounded window over
 * a timeline without duplicates in the server's order.
 */
export class Chat {
  readonly targetId: string;
  hasOlder = true;
  loadingOlder = false;
  /** Newer messages than the window shows are in memory; see `loadNewer`. */
  hasNewer = false;
  /** Messages that came while the reader was further up. */
  unseen = 0;
  /** The first page is there (or there is no link yet and nothing to show). */
  ready = false;
  /** Why the last page could not be fetched. */
  error: ConnectionError | null = null;
  private readonly timeline = new Timeline<ChatEntry>(mergeEntry);
  private readonly window: ChatWindow;
  private readonly server: ChatHistory;
  private readonly receipts: ReadReceipts;
  private readonly stop: () => void;
  private readonly reEdits = new Map<string, TimerHandle>();
  /** Pushes that came before the first page: whether they join it is seen when it is there. */
  private early: V2NIMMessage[] = [];
  /** Server time up to which nothing is missing, set while the link is gone. */
  private gapFrom: number | null = null;
  private filling = false;
  private visible = false;
  private atBottom = true;
  private closed = false;

  constructor(
    readonly conversationId: string,
    private readonly deps: ChatDependencies,
  ) {
    makeObservable<this, 'showVisible'>(this, {
      hasOlder: observableRef,
      loadingOlder: observableRef,
      hasNewer: observableRef,
      unseen: observableRef,
      ready: observableRef,
      error: observableRef,
      receive: action,
      entryChanged: action,
      recalled: action,
      deleted: action,
      cleared: action,
      readByPeer: action,
      loadNewer: action,
      jumpToLatest: action,
      setAtBottom: action,
      showVisible: action,
    });
    this.targetId = addressOf(conversationId).targetId;
    this.window = new ChatWindow(this.timeline, (row, entry) => this.decorate(row, entry));
    this.server = new ChatHistory(deps.connection, conversationId);
    this.receipts = new ReadReceipts(deps.connection, conversationId);
    this.stop = deps.connection.on('state', ({ from, to }) => {
      if (from.name === 'online') this.linkLost();
      if (to.name === 'online') void this.linkBack();
    });
    this.setVisible(true);
    void this.begin();
  }

  get history(): readonly MessageRow[] {
    return this.window.history;
  }

  get live(): readonly MessageRow[] {
    return this.window.live;
  }

  row(messageClientId: string): MessageRow | undefined {
    return this.window.row(messageClientId);
  }

  /** Twenty or so older messages, from memory or from the server. One request at a time. */
  async loadOlder(): Promise<void> {
    if (!this.ready || this.loadingOlder || !this.hasOlder || this.closed) return;
    runInAction(() => (this.loadingOlder = true));
    try {
      if (runInAction(() => this.window.extendOlder(PAGE)) > 0) return;
      const oldest = this.oldestKnown();
      if (!oldest) return;
      const page = await this.server.older(oldest.message);
      if (this.closed) return;
      runInAction(() => {
        for (const message of page.messages) this.timeline.put(knownEntry(message));
        this.window.extendOlder(page.messages.length);
        this.hasOlder = page.hasMore;
        this.error = null;
      });
    } catch (cause) {
      if (!this.closed) runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      runInAction(() => {
        this.loadingOlder = false;
        this.hasNewer = !this.window.followsEnd;
      });
    }
  }

  /** The reader comes back down and newer messages had been dropped from the window. */
  loadNewer(): void {
    this.window.extendNewer(PAGE);
    this.hasNewer = !this.window.followsEnd;
  }

  /** Straight to the newest message. */
  jumpToLatest(): void {
    if (!this.window.followsEnd) this.window.reset(PAGE);
    this.hasNewer = false;
    this.unseen = 0;
    this.atBottom = true;
    this.showVisible();
  }

  /** The view tells where the reader is; further up nothing is dropped from under the eye. */
  setAtBottom(atBottom: boolean): void {
    this.atBottom = atBottom;
    if (!atBottom) return;
    this.unseen = 0;
    if (!this.hasNewer) this.window.cutBack();
    this.showVisible();
  }

  /** The page is on the screen. Only then are messages read, here and for the other side. */
  setVisible(visible: boolean): void {
    if (this.visible === visible || this.closed) return;
    this.visible = visible;
    this.deps.onVisible(visible);
    if (visible) this.showVisible();
  }

  /** Appears at once as `sending`. Returns its row, or null when the reader is elsewhere in the history. */
  sendText(text: string): MessageRow | null {
    return this.send(this.deps.connection.services.messageCreator.createTextMessage(text));
  }

  /** Sends a message made by the SDK's creator. */
  send(message: V2NIMMessage): MessageRow | null {
    // The creator leaves these for the server; the row and its place need them now.
    const prepared: V2NIMMessage = {
      ...message,
      conversationId: this.conversationId,
      senderId: this.deps.connection.accountId,
      receiverId: this.targetId,
      isSelf: true,
    };
    const entry = this.deps.outbox.send(this.conversationId, prepared);
    runInAction(() => {
      this.jumpToLatest();
      this.show([[entry, this.timeline.put(entry)]]);
    });
    return this.row(entry.messageClientId) ?? null;
  }

  /** Sends a failed message again, under the same messageClientId: the server counts it once. */
  resend(row: MessageRow): void {
    this.deps.outbox.resend(row.messageClientId);
  }

  /**
   * Takes a message of mine back on both sides.
   * @throws ConnectionError, 107314 when it is too old
   */
  async recall(row: MessageRow): Promise<void> {
    try {
      await this.deps.connection.services.message.revokeMessage(row.message);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
  }

  /**
   * Deletes a message for me alone, on the server too when it is there.
   * @throws ConnectionError
   */
  async remove(row: MessageRow): Promise<void> {
    const { messageClientId } = row;
    if (row.message.messageServerId && !row.recalled) {
      try {
        await this.deps.connection.services.message.deleteMessage(row.message);
      } catch (cause) {
        throw ConnectionError.from(cause);
      }
    }
    this.deps.outbox.discard(messageClientId);
    runInAction(() => this.window.remove(messageClientId));
  }

  /** The page is gone. With its last page the chat leaves memory; unsent messages stay in the outbox. */
  close(): void {
    if (this.closed || !this.deps.release()) return;
    this.setVisible(false);
    this.dispose();
  }

  dispose(): void {
    this.closed = true;
    this.stop();
    for (const timer of this.reEdits.values()) this.deps.clock.clearTimeout(timer);
    this.timeline.clear();
    runInAction(() => this.window.clear());
  }

  // --- what the message store passes on, each a batch -----------------------------------------------

  receive(messages: readonly V2NIMMessage[]): void {
    if (!this.ready) {
      this.early.push(...messages);
      return;
    }
    const oldest = this.hasOlder ? this.oldestKnown() : undefined;
    const before = this.timeline.size;
    const changes: (readonly [ChatEntry, Change])[] = [];
    const followed = this.followed();
    for (const message of messages) {
      // Older than what is loaded: it has its place in a page that is not here yet.
      if (oldest && message.createTime < oldest.createTime) continue;
      const incoming = knownEntry(message);
      const change = this.timeline.put(incoming);
      changes.push([this.timeline.get(incoming.messageClientId) ?? incoming, change]);
    }
    this.show(changes, followed);
    if (!this.atBottom) this.unseen += this.timeline.size - before;
    this.showVisible();
  }

  /** A message of ours in the outbox has a new state. */
  entryChanged(entry: ChatEntry): void {
    const known = this.timeline.get(entry.messageClientId);
    if (!known) return;
    const followed = this.followed();
    this.show([[known, this.timeline.put(entry)]], followed);
  }

  recalled(notifications: readonly V2NIMMessageRevokeNotification[]): void {
    const now = this.deps.clock.now();
    const changes: (readonly [ChatEntry, Change])[] = [];
    for (const { messageRefer, revokeAccountId } of notifications) {
      const entry = this.timeline.get(messageRefer.messageClientId);
      if (!entry || entry.recall) continue;
      entry.recall = { accountId: revokeAccountId, at: now };
      changes.push([entry, 'kept']);
    }
    this.show(changes);
  }

  deleted(notifications: readonly V2NIMMessageDeletedNotification[]): void {
    for (const { messageRefer } of notifications) this.window.remove(messageRefer.messageClientId);
  }

  /** Everything up to this time was cleared. */
  cleared(time: number): void {
    for (const entry of [...this.timeline]) {
      if (entry.messageServerId && entry.createTime <= time)
        this.window.remove(entry.messageClientId);
    }
  }

  modified(messages: readonly V2NIMMessage[]): void {
    this.receive(messages.filter(({ messageClientId }) => this.timeline.get(messageClientId)));
  }

  readByPeer(timestamp: number): void {
    if (this.receipts.note(timestamp)) this.markRead();
  }

  // --- mechanics ------------------------------------------------------------------------------------

  /** The first page, as soon as there is a link. */
  private async begin(): Promise<void> {
    const { connection, outbox } = this.deps;
    if (connection.state.name !== 'online' || this.ready || this.filling) return;
    this.filling = true;
    try {
      const [page] = await Promise.all([this.server.older(), this.receipts.load()]);
      if (this.closed) return;
      runInAction(() => {
        for (const message of page.messages) this.timeline.put(knownEntry(message));
        for (const entry of outbox.of(this.conversationId)) this.timeline.put(entry);
        this.hasOlder = page.hasMore;
        this.window.reset(Math.max(PAGE, this.timeline.size));
        this.ready = true;
        this.error = null;
        this.receive(this.early);
        this.early = [];
      });
    } catch (cause) {
      if (!this.closed) runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      this.filling = false;
    }
  }

  private linkLost(): void {
    this.gapFrom ??= this.newestKnown()?.createTime ?? 0;
  }

  private async linkBack(): Promise<void> {
    if (!this.ready) await this.begin();
    else await this.fillGap();
    void this.receipts.tell();
  }

  /** What came while there was no link. The sync brings most of it; this makes sure. */
  private async fillGap(): Promise<void> {
    if (this.gapFrom === null || this.filling) return;
    this.filling = true;
    try {
      const messages = await this.server.since(this.gapFrom);
      if (this.closed) return;
      this.gapFrom = null;
      for (const message of messages ?? []) this.deps.outbox.settle(message);
      if (messages) this.receive(messages);
      else runInAction(() => this.startOver());
    } catch {
      // The link went again: the gap stays known and is filled after the next reconnect.
    } finally {
      this.filling = false;
    }
    if (!this.ready) await this.begin();
  }

  /** Too much was missed to fill in between: the newest page, as if the chat had just been opened. */
  private startOver(): void {
    this.window.clear();
    this.timeline.clear();
    this.ready = false;
    this.hasOlder = true;
    this.hasNewer = false;
  }

  private show(
    changes: readonly (readonly [ChatEntry, Change])[],
    followed = this.followed(),
  ): void {
    this.window.apply(changes, followed);
    if (this.atBottom) this.window.cutBack();
    this.hasNewer = !this.window.followsEnd;
  }

  /** New messages appear at the end; further up only while there is room. */
  private followed(): boolean {
    return !this.hasNewer && (this.atBottom || !this.window.isFull);
  }

  private decorate(row: MessageRow, entry: ChatEntry): void {
    if (row.mine) row.read = entry.status === 'sent' && entry.createTime <= this.receipts.readUntil;
    if (entry.recall && row.mine && row.kind === 'text') this.offerReEdit(row, entry.recall.at);
  }

  private offerReEdit(row: MessageRow, recalledAt: number): void {
    const { clock } = this.deps;
    const { messageClientId } = row;
    const rest = recalledAt + RE_EDIT_MS - clock.now();
    row.reEditText = rest > 0 ? (row.message.text ?? null) : null;
    if (rest <= 0 || this.reEdits.has(messageClientId)) return;
    const timer = clock.setTimeout(() => {
      this.reEdits.delete(messageClientId);
      runInAction(() => {
        const shown = this.row(messageClientId);
        if (shown) shown.reEditText = null;
      });
    }, rest);
    this.reEdits.set(messageClientId, timer);
  }

  private markRead(): void {
    const { readUntil } = this.receipts;
    for (const row of this.window.all()) {
      if (row.mine && !row.read && row.status === 'sent' && row.createTime <= readUntil)
        row.read = true;
    }
  }

  /** What the reader sees now is read. */
  private showVisible(): void {
    if (!this.visible || !this.ready) return;
    for (const entry of this.timeline.newestFirst()) {
      if (entry.message.isSelf || !entry.messageServerId) continue;
      this.receipts.show(entry.message);
      return;
    }
  }

  private oldestKnown(): ChatEntry | undefined {
    for (const entry of this.timeline) if (entry.messageServerId) return entry;
    return undefined;
  }

  private newestKnown(): ChatEntry | undefined {
    for (const entry of this.timeline.newestFirst()) if (entry.messageServerId) return entry;
    return undefined;
  }
}
