import { action, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage, V2NIMMessageRevokeNotification } from '@/sdk/types';
import { ChatContent } from './chat-content';
import type { ChatEntry } from './chat-entry';
import { ChatHistory, type HistoryPage, PAGE } from './chat-history';
import { ChatReading } from './chat-reading';
import { addressOf } from './conversation-id';
import { GapFill } from './gap-fill';
import { lastOf } from './last-of';
import { isLinkLost } from './link-lost';
import type { MessageRow } from './message-row';
import type { Outbox } from './outbox';
import { ownMessage } from './own-message';
import { ReEdits } from './re-edits';
import type { RemovedMessages } from './removed-messages';

export interface ChatDependencies {
  connection: ImConnection;
  clock: Clock;
  outbox: Outbox;
  removed: RemovedMessages<V2NIMMessage>;
  /** Tells the conversation list whether the end of the chat is on the screen. */
  onActive: (isActive: boolean) => void;
  /** Messages of the other side up to this server time (milliseconds) were on the screen. */
  onSeen: (until: number) => void;
  /** A message of mine is on the server, by a page of its history: the SDK takes it for unsent. */
  onSettled: (message: V2NIMMessage) => void;
  /** An unsent message was given up. */
  onDiscarded: (messageClientId: string) => void;
  /** Deletes a message on the server that may or may not have been deleted; asks until it is answered. */
  deleteLater: (message: V2NIMMessage) => void;
  /** See `Recalls`. */
  recall: (message: V2NIMMessage) => Promise<void>;
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
  /** Why messages that came without a link are still missing, when that was given up; see `fillGap`. */
  gapError: ConnectionError | null = null;
  private readonly content: ChatContent;
  private readonly reEdits: ReEdits;
  private readonly server: ChatHistory;
  private readonly reading: ChatReading;
  private readonly stop: () => void;
  /** Pushes that came before the first page: whether they join it is seen when it is there. */
  private early: V2NIMMessage[] = [];
  private readonly gap: GapFill;
  private isBeginning = false;
  /** The server has older messages than are loaded. */
  private serverHasOlder = true;
  /** The oldest message of the last page, also when it is not shown: the next page begins before it. */
  private olderThan: V2NIMMessage | undefined;
  private closed = false;

  constructor(
    readonly conversationId: string,
    private readonly deps: ChatDependencies,
  ) {
    makeObservable(this, {
      hasOlder: observableRef,
      loadingOlder: observableRef,
      hasNewer: observableRef,
      unseen: observableRef,
      ready: observableRef,
      error: observableRef,
      gapError: observableRef,
      receive: action,
      entryChanged: action,
      recalled: action,
      deleted: action,
      cleared: action,
      readByPeer: action,
      loadNewer: action,
      jumpToLatest: action,
      setAtBottom: action,
    });
    this.targetId = addressOf(conversationId).targetId;
    this.content = new ChatContent((row, entry) => this.decorate(row, entry));
    this.reEdits = new ReEdits(deps.clock, (messageClientId) => this.row(messageClientId));
    this.server = new ChatHistory(deps.connection, conversationId, deps.clock);
    this.reading = new ChatReading({ ...deps, conversationId, content: this.content });
    this.gap = new GapFill({
      clock: deps.clock,
      isOnline: () => deps.connection.state.name === 'online',
      fetch: (from) => this.fetchSince(from),
      onError: (error) => runInAction(() => (this.gapError = error)),
    });
    this.stop = deps.connection.on('state', ({ from, to }) => {
      if (from.name === 'online') this.linkLost();
      if (to.name === 'online') void this.linkBack();
    });
    void this.begin();
  }

  get history(): readonly MessageRow[] {
    return this.content.window.history;
  }

  get live(): readonly MessageRow[] {
    return this.content.window.live;
  }

  /** For the view's segments; see ChatWindow. */
  get placing(): { historyStart: number; liveStart: number; generation: number } {
    return this.content.window;
  }

  row(messageClientId: string): MessageRow | undefined {
    return this.content.window.row(messageClientId);
  }

  /**
   * A page of older messages, from memory or from the server; the first page when that failed. One
   * request at a time.
   */
  async loadOlder(): Promise<void> {
    if (!this.ready) return await this.begin();
    if (this.loadingOlder || !this.hasOlder || this.closed) return;
    if (this.content.hasOlder) {
      runInAction(() => {
        this.content.window.extendOlder(PAGE);
        this.updateEdges();
      });
      return;
    }
    runInAction(() => (this.loadingOlder = true));
    try {
      const page = await this.server.older(this.olderThan ?? this.content.oldest()?.message);
      if (this.closed) return;
      runInAction(() => {
        const messages = this.remaining(page.messages);
        this.content.addOlder(messages);
        this.applyRecalls(messages);
        this.notePage(page);
      });
    } catch (cause) {
      if (!this.closed) runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      runInAction(() => {
        this.loadingOlder = false;
        this.updateEdges();
      });
    }
  }

  /** Asks again for what came while the link was gone, after `gapError`. */
  async fillGap(): Promise<void> {
    await this.gap.fill();
  }

  /** The reader comes back down and newer messages had been dropped from the window. */
  loadNewer(): void {
    this.content.window.extendNewer(PAGE);
    this.updateEdges();
  }

  /** Straight to the newest message. */
  jumpToLatest(): void {
    if (this.content.hasNewer) this.content.window.reset(PAGE);
    this.setAtBottom(true);
  }

  /** The view tells where the reader is; further up nothing is dropped from under the eye. */
  setAtBottom(atBottom: boolean): void {
    this.content.atBottom = atBottom;
    if (atBottom) {
      this.unseen = 0;
      if (!this.content.hasNewer) this.content.window.cutBack();
      this.updateEdges();
    }
    this.reading.look();
  }

  /**
   * The page is on the screen, or is not any more. Only then are messages read, here and for the other side.
   * @param viewer the page: the one below can be hidden or closed while the one above shows the same chat
   */
  setVisible(isShown: boolean, viewer?: object): void {
    this.reading.setVisible(isShown, viewer);
  }

  /** Appears at once as `sending`. Returns its row, or null when the reader is elsewhere in the history. */
  sendText(text: string): MessageRow | null {
    return this.send(this.deps.connection.services.messageCreator.createTextMessage(text));
  }

  /** Sends a message made by the SDK's creator. */
  send(message: V2NIMMessage): MessageRow | null {
    const { connection, outbox } = this.deps;
    const prepared = ownMessage(message, this.conversationId, connection.accountId);
    const entry = outbox.send(this.conversationId, prepared);
    runInAction(() => {
      this.jumpToLatest();
      this.content.add(entry);
      this.updateEdges();
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
    await this.deps.recall(row.message);
  }

  /**
   * Deletes a message for me alone, on the server too when it is there.
   * @throws ConnectionError
   */
  async remove(row: MessageRow): Promise<void> {
    const { messageClientId } = row;
    if (!row.message.messageServerId) this.deps.onDiscarded(messageClientId);
    else if (!row.recalled) await this.deleteOnServer(row.message);
    this.deps.removed.addDeleted(messageClientId);
    this.deps.outbox.discard(messageClientId);
    runInAction(() => this.content.window.remove(messageClientId));
  }

  /** The page is gone. With its last page the chat leaves memory; unsent messages stay in the outbox. */
  close(viewer?: object): void {
    if (this.closed) return;
    if (viewer) this.setVisible(false, viewer);
    if (!this.deps.release()) return;
    this.dispose();
  }

  dispose(): void {
    this.closed = true;
    this.stop();
    this.gap.dispose();
    this.reading.dispose();
    this.reEdits.dispose();
    runInAction(() => this.content.clear());
  }

  // --- what the message store passes on, each a batch -----------------------------------------------

  receive(messages: readonly V2NIMMessage[]): void {
    if (!this.ready) {
      this.early.push(...messages);
      return;
    }
    const remaining = this.remaining(messages);
    const notBefore = this.serverHasOlder ? (this.content.oldest()?.createTime ?? 0) : 0;
    const added = this.content.receive(remaining, notBefore);
    this.applyRecalls(remaining);
    if (!this.content.atBottom) this.unseen += added;
    this.updateEdges();
    this.reading.look();
  }

  /** A message of ours in the outbox has a new state. */
  entryChanged(entry: ChatEntry): void {
    const { messageServerId, messageClientId } = entry;
    // Taken by the server, and taken away again before its acknowledgement came.
    if (messageServerId && this.deps.removed.isRemoved(entry, this.conversationId))
      this.content.window.remove(messageClientId);
    else this.content.refresh(entry);
    if (messageServerId) this.applyRecalls([entry]);
    this.updateEdges();
  }

  recalled(notifications: readonly Pick<V2NIMMessageRevokeNotification, 'messageRefer'>[]): void {
    this.applyRecalls(notifications.map(({ messageRefer }) => messageRefer));
  }

  deleted(notifications: readonly { messageRefer: { messageClientId: string } }[]): void {
    for (const { messageRefer } of notifications)
      this.content.window.remove(messageRefer.messageClientId);
  }

  cleared(time: number): void {
    this.content.clearUntil(time);
    this.updateEdges();
  }

  modified(messages: readonly V2NIMMessage[]): void {
    this.receive(messages.filter(({ messageClientId }) => this.content.has(messageClientId)));
  }

  readByPeer(timestamp: number): void {
    this.reading.readByPeer(timestamp);
  }

  // --- mechanics ------------------------------------------------------------------------------------

  /** The first page, as soon as there is a link. */
  private async begin(): Promise<void> {
    const { connection, outbox } = this.deps;
    if (connection.state.name !== 'online' || this.ready || this.isBeginning) return;
    this.isBeginning = true;
    try {
      const [page] = await Promise.all([this.server.older(), this.reading.load()]);
      if (this.closed) return;
      this.settle(page.messages);
      runInAction(() => {
        const messages = this.remaining(page.messages);
        this.content.begin(messages, outbox.of(this.conversationId));
        this.applyRecalls(messages);
        this.notePage(page);
        this.ready = true;
        this.reading.setReady(true);
        this.gap.close();
        this.receive(this.early);
        this.early = [];
      });
    } catch (cause) {
      if (!this.closed) runInAction(() => (this.error = ConnectionError.from(cause)));
    } finally {
      this.isBeginning = false;
    }
  }

  private linkLost(): void {
    this.gap.open(this.content.newest()?.createTime ?? 0);
  }

  private async linkBack(): Promise<void> {
    this.reading.resume();
    if (this.ready) await this.gap.fill();
    else await this.begin();
  }

  /** What came while there was no link. The sync brings most of it; this makes sure. */
  private async fetchSince(from: number): Promise<void> {
    const messages = await this.server.since(from);
    if (this.closed) return;
    this.settle(messages ?? []);
    if (messages) this.receive(messages);
    else {
      runInAction(() => this.startOver());
      await this.begin();
    }
  }

  /** Too much was missed to fill in between: the newest page, as if the chat had just been opened. */
  private startOver(): void {
    this.content.clear();
    this.ready = false;
    this.reading.setReady(false);
    this.serverHasOlder = true;
    this.olderThan = undefined;
    this.updateEdges();
  }

  private settle(messages: readonly V2NIMMessage[]): void {
    const { outbox, onSettled } = this.deps;
    for (const message of messages) if (outbox.settle(message)) onSettled(message);
  }

  /** Inside an action. */
  private notePage({ messages, hasMore }: HistoryPage): void {
    this.serverHasOlder = hasMore;
    this.olderThan = lastOf(messages) ?? this.olderThan;
    this.error = null;
  }

  private remaining(messages: readonly V2NIMMessage[]): V2NIMMessage[] {
    return this.deps.removed.remaining(messages, this.conversationId);
  }

  private applyRecalls(messages: readonly { messageClientId: string }[]): void {
    this.content.recall(this.deps.removed.recallsOf(messages));
  }

  private async deleteOnServer(message: V2NIMMessage): Promise<void> {
    const { connection, deleteLater } = this.deps;
    const wasOnline = connection.state.name === 'online';
    try {
      await connection.services.message.deleteMessage(message);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // The request was sent and its answer is lost: the server may have deleted it.
      if (!wasOnline || !isLinkLost(error.code)) throw error;
      deleteLater(message);
    }
  }

  private updateEdges(): void {
    this.hasOlder = this.serverHasOlder || this.content.hasOlder;
    this.hasNewer = this.content.hasNewer;
  }

  private decorate(row: MessageRow, entry: ChatEntry): void {
    this.reading.decorate(row, entry);
    this.reEdits.offer(row, entry);
  }
}
