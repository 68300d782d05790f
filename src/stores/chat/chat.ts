import { action, makeObservable, observableRef, runInAction } from 'mobx';
import type { ConnectionError } from '@/connection';
import { soundMessages } from '@/sdk/sound-message';
import type {
  V2NIMMessage,
  V2NIMMessageCreator,
  V2NIMMessageRevokeNotification,
} from '@/sdk/types';
import { ChatContent } from './chat-content';
import type { ChatDependencies } from './chat-dependencies';
import { type Entry, unsentEntry } from '../messages/entry';
import { ChatHistory, type MessagePlace } from './chat-history';
import { ChatReading } from './chat-reading';
import { deleteMessages } from './delete-messages';
import { addressOf } from '../conversations/conversation-id';
import { Feed } from '../messages/feed';
import { GapFill } from '../messages/gap-fill';
import type { MessageRow } from '../messages/message-row';
import { fileMessage, type OutgoingFile } from '../messages/outgoing-file';
import { ownMessage } from './own-message';
import { ReEdits } from './re-edits';

/**
 * One open conversation. `history` has the messages up to the opening, newest first, and grows at its end when
 * older pages come. `live` has the later messages, oldest first, and grows at its end when messages come.
 * Together they are a bounded window over a timeline without duplicates in the server's order.
 */
export class Chat extends Feed<V2NIMMessage> {
  readonly targetId: string;
  /** Reason why messages of a lost link are still missing, after every retry; see `fillGap`. */
  gapError: ConnectionError | null = null;
  /** Fields that the page adds to an own message when it is sent: those of a reply. */
  extras: (message: V2NIMMessage) => Partial<V2NIMMessage> = () => ({});
  protected readonly content: ChatContent;
  protected readonly source: ChatHistory;
  private readonly reEdits: ReEdits;
  private readonly reading: ChatReading;
  private readonly stop: () => void;
  private readonly gap: GapFill;

  constructor(
    readonly conversationId: string,
    private readonly deps: ChatDependencies,
  ) {
    super();
    makeObservable(this, {
      gapError: observableRef,
      receive: action,
      entryChanged: action,
      recalled: action,
      deleted: action,
      cleared: action,
      readByPeer: action,
      setAtBottom: action,
    });
    this.targetId = addressOf(conversationId).targetId;
    this.content = new ChatContent((row, entry) => this.decorate(row, entry));
    this.reEdits = new ReEdits(deps.clock, (messageClientId) => this.row(messageClientId));
    this.reading = new ChatReading({ ...deps, conversationId, content: this.content });
    this.source = new ChatHistory(deps.connection, conversationId, deps.clock, this.content);
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

  /** The positions of the view's segments; see ChatWindow. */
  get placing(): { historyStart: number; liveStart: number; generation: number } {
    return this.content.window;
  }

  get loadingOlder(): boolean {
    return this.loading === 'older';
  }

  row(messageClientId: string): MessageRow | undefined {
    return this.content.window.row(messageClientId);
  }

  /**
   * Shows a message with its surroundings, from memory or from the server. Returns false when the message was
   * recalled or deleted; the view stays then.
   * @throws ConnectionError
   */
  async jumpTo(place: MessagePlace): Promise<boolean> {
    const { messageClientId } = place;
    // The SDK mixes messages into a page that were deleted.
    if (this.deps.removed.isRemoved(place, this.conversationId)) return false;
    if (!this.content.has(messageClientId)) {
      const begin = (messages: readonly V2NIMMessage[]) => this.beginAround(messages);
      return await this.loadAround(() => this.source.around(place), begin).finally(() => {
        // The jump of an opening chat has replaced the request for its newest page.
        if (!this.loading) void this.begin();
      });
    }
    runInAction(() => {
      this.atBottom = this.content.atBottom = false;
      if (!this.row(messageClientId)) this.content.showAround(messageClientId);
      this.updateEdges();
    });
    return true;
  }

  /** Shows a page of older messages, or loads the first page when that failed. */
  override async loadOlder(): Promise<void> {
    if (this.ready) await super.loadOlder();
    else await this.begin();
  }

  /** Fetches the messages of a lost link again, after `gapError`. */
  async fillGap(): Promise<void> {
    await this.gap.fill();
  }

  /** The view reports whether the reader is at the end. With the reader further up no shown row is removed. */
  setAtBottom(atBottom: boolean): void {
    // Beyond the last row of a jump there are messages on the server.
    this.atBottom = this.content.atBottom = atBottom && !this.detached;
    if (this.atBottom) this.reachEnd();
    else this.reading.markSeen();
  }

  /**
   * Reports whether a page shows the chat: messages are marked as read only on the screen, here and for the other
   * side.
   * @param viewer the page: the one below can be hidden or closed while the one above shows the same chat
   */
  setVisible(isShown: boolean, viewer?: object): void {
    this.reading.setVisible(isShown, viewer);
  }

  /**
   * Sends a text, which is shown at once as `sending`. Returns its row, or null when the reader is elsewhere in the
   * history.
   */
  sendText(text: string): MessageRow | null {
    return this.send(this.creator.createTextMessage(text));
  }

  /** Uploads a file and sends its message. The row shows the file at once, and the progress of the upload. */
  sendFile(file: OutgoingFile): MessageRow | null {
    const { original, shown } = fileMessage(this.creator, file);
    const row = this.send(original, shown);
    this.deps.keepFile(original.messageClientId, file.file);
    return row;
  }

  /** The SDK's creator of messages, for `send`. */
  get creator(): V2NIMMessageCreator {
    return this.deps.connection.services.messageCreator;
  }

  /** Sends a message made by the SDK's creator. `shown`: the message of the own row, where it has more fields. */
  send(message: V2NIMMessage, shown = message, extras = this.extras(message)): MessageRow | null {
    const { connection, outbox } = this.deps;
    const own = (one: V2NIMMessage) =>
      ownMessage({ ...one, ...extras }, this.conversationId, connection.accountId);
    const entry = outbox.send(this.conversationId, unsentEntry(own(shown)), own(message));
    runInAction(() => {
      if (this.detached) this.startOver();
      void this.jumpToLatest();
      void this.begin();
      this.content.addUnsent(entry);
      this.updateEdges();
    });
    return this.row(entry.messageClientId) ?? null;
  }

  /** Sends a failed message again, under the same messageClientId: the server counts it once. */
  resend(row: MessageRow): void {
    this.deps.outbox.resend(row.messageClientId);
  }

  /**
   * Recalls a message for everybody: an own message, or one of others for owner and managers of a team.
   * @throws ConnectionError, 107314 when the message is too old
   */
  async recall(row: MessageRow): Promise<void> {
    await this.deps.recall(row.message);
  }

  /**
   * Deletes messages for the user alone; see `deleteMessages`.
   * @throws ConnectionError
   */
  async remove(...rows: readonly MessageRow[]): Promise<void> {
    await deleteMessages(rows, this.deps, (ids) =>
      runInAction(() => ids.forEach((id) => this.content.window.remove(id))),
    );
  }

  /** Closes the chat for a page. The last page disposes the chat; unsent messages stay in the outbox. */
  close(viewer?: object): void {
    if (this.disposed) return;
    if (viewer) this.setVisible(false, viewer);
    if (!this.deps.release()) return;
    this.dispose();
  }

  override dispose(): void {
    super.dispose();
    this.stop();
    this.gap.dispose();
    this.reading.dispose();
    this.reEdits.dispose();
    runInAction(() => this.content.clear());
  }

  // --- batches that the registry passes on -------------------------------------------------------

  receive(messages: readonly V2NIMMessage[]): void {
    if (this.defer(messages)) return;
    const remaining = this.remaining(messages);
    if (this.detached) {
      this.receiveDetached(remaining);
      return;
    }
    const notBefore = this.serverHasOlder ? (this.content.oldest()?.createTime ?? 0) : 0;
    const added = this.content.receive(remaining, notBefore);
    this.applyRecalls(remaining);
    if (!this.content.atBottom) this.unseen += added;
    this.updateEdges();
    this.reading.markSeen();
  }

  /** Shows the new state of an own message in the outbox. */
  entryChanged(entry: Entry<V2NIMMessage>): void {
    const { messageServerId, messageClientId } = entry;
    // The message was deleted or cleared before its acknowledgement came.
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

  protected override beginWith(page: readonly V2NIMMessage[]): void {
    this.acknowledgeOwn(page);
    if (this.ready) this.content.clear();
    this.content.setPageEnd(page);
    const messages = this.remaining(page);
    this.content.begin(messages, this.deps.outbox.of(this.conversationId));
    this.applyRecalls(messages);
    this.reading.setReady(true);
    this.gap.close();
  }

  protected override addOlder(page: readonly V2NIMMessage[]): void {
    this.content.setPageEnd(page);
    const messages = this.remaining(page);
    this.content.addOlder(messages);
    this.applyRecalls(messages);
  }

  protected override addNewer(page: readonly V2NIMMessage[]): void {
    this.acknowledgeOwn(page);
    const messages = this.remaining(page);
    this.content.addNewer(messages);
    this.applyRecalls(messages);
  }

  protected override showNewer(): void {
    super.showNewer();
    if (!this.detached) this.addAllUnsent();
  }

  private beginAround(messages: readonly V2NIMMessage[]): void {
    const remaining = this.remaining(messages);
    this.content.atBottom = false;
    this.content.beginAround(remaining);
    this.applyRecalls(remaining);
    if (!this.detached) this.addAllUnsent();
    this.reading.setReady(true);
  }

  protected override join(early: readonly V2NIMMessage[]): void {
    this.receive(early);
  }

  protected override reachEnd(): void {
    this.content.atBottom = true;
    if (this.content.showsNewest) this.content.window.cutBack();
    super.reachEnd();
    this.reading.markSeen();
  }

  /** Loads the first page as soon as there is a link. */
  private async begin(): Promise<void> {
    const isOnline = this.deps.connection.state.name === 'online';
    if (isOnline) void this.reading.load();
    if (isOnline && !this.ready && this.loading !== 'latest') await this.loadLatest();
  }

  private linkLost(): void {
    // The messages after a jump are fetched with the newer pages.
    if (!this.detached) this.gap.open(this.content.newest()?.createTime ?? 0);
  }

  private async linkBack(): Promise<void> {
    this.reading.resume();
    if (this.ready) await this.gap.fill();
    else await this.begin();
  }

  /** Fetches the messages that were sent while the link was gone. The sync brings most of them. */
  private async fetchSince(from: number): Promise<void> {
    const messages = await this.source.since(from);
    if (this.disposed || this.detached) return;
    this.acknowledgeOwn(messages ?? []);
    if (messages) this.receive(messages);
    else {
      runInAction(() => this.startOver());
      await this.begin();
    }
  }

  /** Clears the chat after too many missed messages; `begin` then loads the newest page, as for a new chat. */
  private startOver(): void {
    this.content.clear();
    this.ready = false;
    this.detached = false;
    this.reading.setReady(false);
    this.serverHasOlder = true;
    this.updateEdges();
  }

  /** Pushes after a jump: the pages up to them are missing, so that only messages in memory change. */
  private receiveDetached(messages: readonly V2NIMMessage[]): void {
    const isKnown = ({ messageClientId }: V2NIMMessage) => this.content.has(messageClientId);
    const known = messages.filter(isKnown);
    this.content.receive(known, 0);
    this.applyRecalls(known);
    this.unseen += messages.filter((one) => !one.isSelf && !isKnown(one)).length;
    this.updateEdges();
  }

  private addAllUnsent(): void {
    for (const entry of this.deps.outbox.of(this.conversationId))
      if (!this.content.has(entry.messageClientId)) this.content.addUnsent(entry);
  }

  private acknowledgeOwn(messages: readonly V2NIMMessage[]): void {
    const { outbox, onAcknowledged } = this.deps;
    for (const message of messages)
      if (message.messageServerId && outbox.acknowledgeOwn(message)) onAcknowledged(message);
  }

  private remaining(messages: readonly V2NIMMessage[]): V2NIMMessage[] {
    const lastTime = this.content.newest()?.createTime ?? 0;
    return this.deps.removed.remaining(soundMessages(messages, lastTime), this.conversationId);
  }

  private applyRecalls(messages: readonly { messageClientId: string }[]): void {
    this.content.recall(this.deps.removed.recallsOf(messages));
  }

  private decorate(row: MessageRow, entry: Entry<V2NIMMessage>): void {
    this.reading.decorate(row, entry);
    this.reEdits.offer(row, entry);
  }
}
