import { action, computed, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, Platform, TimerHandle } from '@/platform';
import type {
  V2NIMClearHistoryNotification,
  V2NIMLocalConversation,
  V2NIMMessage,
  V2NIMMessageDeletedNotification,
} from '@/sdk/types';
import { ConversationType } from '@/sdk/constants';
import { accountRemovals, type RecallNotice, recallsFor } from './account-removals';
import { Batcher } from '../messages/batcher';
import { addressOf, p2pConversationId } from './conversation-id';
import { ConversationReads } from './conversation-reads';
import { deleteConversation, everyConversation } from './conversation-requests';
import { compareRows, ConversationRow, type RowFlag } from './conversation-row';
import { ConversationSnapshot, SNAPSHOT_ROWS } from './conversation-snapshot';
import { LastMessages } from './last-messages';
import { lastMessageOf } from './preview';
import type { RemovedMessages } from '../messages/removed-messages';
import { type MessageName, ShownMessages } from './shown-messages';
import { SortedRows } from './sorted-rows';
import { UnreadCounts } from './unread-counts';
import type { UserStore } from '../people/users';

export type ConversationListState = 'loading' | 'ready' | 'error';

const SNAPSHOT_DELAY_MS = 1000;

/**
 * The conversation list of one account: the SDK's local conversations, sorted and counted here. The SDK lets
 * a late older push overwrite a newer last message, and counts repeated pushes twice.
 */
export class ConversationStore {
  readonly rows = observable.array<ConversationRow>([], { deep: false });
  /** Ids of conversations that the user marked as unread. */
  readonly marked = observable.set<string>();
  state: ConversationListState = 'loading';
  error: ConnectionError | null = null;
  /** Messages that were removed in any conversation of the account. */
  readonly removed: RemovedMessages<V2NIMMessage>;
  /** Changes under way, by flag and conversation. */
  private readonly held = new Map<string, number>();
  private readonly sorted = new SortedRows(this.rows, compareRows);
  private readonly byId = new Map<string, ConversationRow>();
  private readonly changes: Batcher<V2NIMLocalConversation>;
  private readonly snapshot: ConversationSnapshot;
  private readonly clock: Clock;
  private readonly stopListening: (() => void)[];
  /**
   * Conversations whose newest message is on the screen: messages that arrive there are read at once and
   * never shown as unread.
   */
  private readonly active = new Set<string>();
  private readonly reads: ConversationReads;
  readonly unreadCounts: UnreadCounts;
  private readonly lastMessages: LastMessages;
  private readonly shown: ShownMessages;
  private saving: TimerHandle | null = null;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly users: UserStore,
    platform: Platform,
    /** Whether the user stays signed in on this device; otherwise the snapshot is not written. */
    private readonly isKept: () => boolean = () => true,
  ) {
    makeObservable(this, {
      state: observableRef,
      error: observableRef,
      totalUnread: computed,
      markRead: action,
      markSeen: action,
      setActive: action,
      dispose: action,
    });
    this.clock = platform.clock;
    this.snapshot = new ConversationSnapshot(platform.storage, connection.accountId);
    this.changes = new Batcher(platform.clock, (conversations) => this.apply(conversations));
    this.removed = accountRemovals(connection, platform.clock);
    this.shown = new ShownMessages(this.removed);
    this.reads = new ConversationReads(connection, platform.clock);
    this.unreadCounts = new UnreadCounts(connection, this.reads, this.removed);
    this.lastMessages = new LastMessages({
      connection,
      clock: platform.clock,
      isUnknown: (conversationId) => this.byId.get(conversationId)?.lastMessageClientId === '',
      isRemoved: (message) => this.removed.isRemoved(message, message.conversationId),
      onFound: (message) => this.showFoundLast(message),
    });
    this.restore();
    connection.listen('conversation', 'onConversationCreated', (one) => this.changes.add(one));
    connection.listen('conversation', 'onConversationChanged', (all) => this.changes.add(...all));
    connection.listen('conversation', 'onConversationDeleted', (ids) => this.dropRows(ids));
    connection.listen('message', 'onReceiveMessages', (messages) => {
      for (const message of messages)
        this.shown.recordReceived(message, this.byId.get(message.conversationId));
    });
    connection.listen('message', 'onReceiveMessagesModified', (all) => {
      this.changes.flush();
      for (const one of all) this.showEdit(one);
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => this.applyRecalls(all));
    connection.listen('message', 'onMessageDeletedNotifications', (all) => this.onDeleted(all));
    connection.listen('message', 'onClearHistoryNotifications', (all) => this.onCleared(all));
    this.stopListening = [
      connection.on('state', ({ to }) => {
        if (to.name === 'online') void this.load();
      }),
      platform.lifecycle.onHide(() => this.save()),
    ];
  }

  /** Unread messages and marks of all conversations that are not muted: the tab's badge. */
  get totalUnread(): number {
    const { rows, marked } = this;
    const unreadOf = ({ muted, unread, conversationId }: ConversationRow) =>
      muted ? 0 : unread || Number(marked.has(conversationId));
    return rows.reduce((total, row) => total + unreadOf(row), 0);
  }

  get(conversationId: string): ConversationRow | undefined {
    return this.byId.get(conversationId);
  }

  /** The id of the conversation with an account. The list shows the conversation from its first message on. */
  conversationIdWith(accountId: string): string {
    return p2pConversationId(this.connection.accountId, accountId);
  }

  /** Marks as read what the list knows of a conversation; messages that arrive later stay unread. */
  markRead(conversationId: string): void {
    this.marked.delete(conversationId);
    const row = this.byId.get(conversationId);
    if (!row) return;
    this.markSeen(conversationId, row.knownUntil);
    row.counted = 0;
    this.showUnread(row);
  }

  /**
   * Messages up to this server time (milliseconds) were on the screen. They become read here at once, and on
   * the server as soon as the server accepts the position; later messages stay unread.
   */
  markSeen(conversationId: string, until: number): void {
    if (!this.reads.advancePosition(conversationId, until)) return;
    const row = this.byId.get(conversationId);
    if (!row || until < row.knownUntil) return;
    row.counted = 0;
    this.showUnread(row);
  }

  /** Shows the new text of a message that was edited here or elsewhere. */
  showEdit(message: V2NIMMessage): void {
    this.shown.applyEdit(message, this.byId.get(message.conversationId));
    this.saveSoon();
  }

  /** Tells whether the newest message of a conversation is on the screen. */
  setActive(conversationId: string, isActive: boolean): void {
    if (isActive) this.active.add(conversationId);
    else this.active.delete(conversationId);
    this.marked.delete(conversationId);
    this.changes.flush();
    const row = this.byId.get(conversationId);
    if (row) this.showUnread(row);
  }

  /**
   * Removes a conversation from the list. Its messages stay on the server, so the conversation returns with
   * its next message and with the next sign-in; `clearHistory` also deletes the messages, for this account on
   * all devices.
   * @throws ConnectionError
   */
  async remove(conversationId: string, { clearHistory = false } = {}): Promise<void> {
    // The SDK would mark it read up to its own last message, which may not be acknowledged.
    const readAll = () => this.markRead(conversationId);
    await deleteConversation(this.connection, conversationId, clearHistory, readAll);
    this.dropRows([conversationId]);
  }

  /** Records that the server has an own message whose acknowledgement was lost. The SDK does not know this. */
  acknowledgeOwn(message: V2NIMMessage): void {
    this.shown.recordAcknowledged(message.messageClientId);
    const row = this.byId.get(message.conversationId);
    if (!row) return;
    runInAction(() => {
      this.changes.flush();
      this.sorted.update(row, () => this.shown.offerLast(row, lastMessageOf(message)));
    });
    this.saveSoon();
  }

  /** The user discarded an unsent message: the row shows the message before it. */
  discardUnsent(conversationId: string, messageClientId: string): void {
    this.removed.addDeleted(messageClientId);
    runInAction(() => this.dropLast(conversationId, { messageClientId }));
    this.saveSoon();
  }

  /** Applies recalls, whoever made them. */
  applyRecalls(all: readonly RecallNotice[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { messageRefer, by } of recallsFor(this.connection.accountId, all)) {
        this.removed.addRecall(messageRefer.messageClientId, {
          accountId: by,
          at: this.clock.now(),
        });
        const row = this.byId.get(messageRefer.conversationId);
        if (row) this.shown.applyRecall(row, messageRefer, by);
      }
    });
    this.saveSoon();
  }

  /** Sets a field of a row. Returns the value before; undefined without a row or a change. */
  setFlag(conversationId: string, flag: RowFlag, value: boolean): boolean | undefined {
    const row = this.byId.get(conversationId);
    if (!row || row[flag] === value) return undefined;
    runInAction(() => this.sorted.update(row, () => (row[flag] = value)));
    this.saveSoon();
    return !value;
  }

  /**
   * Keeps a flag from the SDK's conversations until `release` is called: while a change is under way, they have the old
   * value, and each new message brings it. Returns `release`.
   */
  holdFlag(conversationId: string, flag: RowFlag): () => void {
    const key = `${flag} ${conversationId}`;
    this.held.set(key, (this.held.get(key) ?? 0) + 1);
    return () => {
      const left = (this.held.get(key) ?? 1) - 1;
      if (left > 0) this.held.set(key, left);
      else this.held.delete(key);
    };
  }

  /** `forget`: the account was signed out, so the snapshot is removed too. */
  dispose({ forget }: { forget: boolean }): void {
    if (this.disposed) return;
    if (forget) this.snapshot.clear();
    else this.save();
    this.disposed = true;
    for (const stop of this.stopListening) stop();
    this.changes.dispose();
    this.reads.dispose();
    this.lastMessages.dispose();
    this.clock.clearTimeout(this.saving);
    this.rows.clear();
    this.byId.clear();
    this.shown.dispose();
  }

  private restore(): void {
    if (!this.isKept()) {
      this.snapshot.clear();
      return;
    }
    runInAction(() => {
      for (const record of this.snapshot.load()) {
        const row = this.createRow(record.conversationId);
        row.restore(record);
        this.sorted.insert(row);
      }
    });
  }

  /** Loads the whole list after each sync. */
  private async load(): Promise<void> {
    const seen = new Set<string>();
    this.reads.resume();
    this.lastMessages.resume();
    try {
      await everyConversation(this.connection, (page) => {
        for (const { conversationId } of page) seen.add(conversationId);
        if (!this.disposed) this.changes.add(...page);
        return !this.disposed;
      });
      if (this.disposed) return;
    } catch (cause) {
      if (this.disposed || this.connection.state.name !== 'online') return;
      runInAction(() => {
        this.state = 'error';
        this.error = ConnectionError.from(cause);
      });
      return;
    }
    runInAction(() => {
      this.changes.flush();
      for (const row of this.rows) {
        // The server no longer keeps a conversation this old: the row stays, without unread messages.
        if (seen.has(row.conversationId)) continue;
        row.counted = 0;
        this.showUnread(row);
      }
      this.state = 'ready';
      this.error = null;
    });
  }

  private apply(conversations: readonly V2NIMLocalConversation[]): void {
    if (this.disposed) return;
    runInAction(() => {
      // Each state is applied in order: the last state of a conversation may name an older message than an
      // earlier one.
      for (const conversation of conversations) this.applyOne(conversation);
    });
    this.saveSoon();
  }

  private applyOne(conversation: V2NIMLocalConversation): void {
    const { conversationId } = conversation;
    let row = this.byId.get(conversationId);
    if (row) {
      const known = row;
      this.sorted.update(known, () => this.fillRow(known, conversation));
    } else {
      row = this.createRow(conversationId);
      this.fillRow(row, conversation);
      this.sorted.insert(row);
    }
  }

  private fillRow(row: ConversationRow, conversation: V2NIMLocalConversation): void {
    const { lastMessage } = conversation;
    if (conversation.name) row.storedName = conversation.name;
    if (conversation.avatar) row.storedAvatar = conversation.avatar;
    const { stickTop, mute = row.muted } = conversation;
    const isHeld = (flag: RowFlag) => this.held.has(`${flag} ${row.conversationId}`);
    if (!isHeld('stickTop')) row.stickTop = stickTop;
    if (!isHeld('muted')) row.muted = mute;
    this.shown.offerReceived(row);
    if (lastMessage) this.shown.offerLast(row, lastMessage);
    else if (row.time === 0) row.time = conversation.updateTime;
    row.counted = this.unreadCounts.unreadOf(conversation, row.knownUntil);
    this.showUnread(row);
  }

  private showUnread(row: ConversationRow): void {
    row.unread = this.active.has(row.conversationId) ? 0 : row.counted;
    row.hasMention = row.unread > 0 && !!this.unreadCounts.mentions(row.conversationId)[0];
  }

  private createRow(conversationId: string): ConversationRow {
    const { type, targetId } = addressOf(conversationId);
    const peer = type === ConversationType.P2P ? this.users.get(targetId) : null;
    const row = new ConversationRow(conversationId, peer);
    this.byId.set(conversationId, row);
    return row;
  }

  private dropRows(conversationIds: readonly string[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const conversationId of conversationIds) {
        const row = this.byId.get(conversationId);
        if (!row) continue;
        this.sorted.remove(row);
        this.byId.delete(conversationId);
        this.marked.delete(conversationId);
      }
    });
    this.saveSoon();
  }

  private onDeleted(notifications: readonly V2NIMMessageDeletedNotification[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { messageRefer } of notifications) {
        const { conversationId } = messageRefer;
        this.dropLast(conversationId, messageRefer);
        if (this.byId.get(conversationId)?.lastMessageClientId === '')
          this.lastMessages.requestLast(conversationId);
      }
    });
    this.saveSoon();
  }

  /** The row keeps its position, as it does when its last message is deleted. */
  private onCleared(notifications: readonly V2NIMClearHistoryNotification[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { conversationId, deleteTime } of notifications) {
        const row = this.byId.get(conversationId);
        if (row) this.shown.applyClearing(row, deleteTime);
      }
    });
    this.saveSoon();
  }

  private dropLast(conversationId: string, message: MessageName): void {
    const row = this.byId.get(conversationId);
    if (row) this.sorted.update(row, () => this.shown.dropMessage(row, message));
  }

  private showFoundLast(message: V2NIMMessage): void {
    const row = this.byId.get(message.conversationId);
    if (!row || this.disposed) return;
    runInAction(() => {
      this.sorted.update(row, () => this.shown.offerLast(row, lastMessageOf(message)));
    });
    this.saveSoon();
  }

  private saveSoon(): void {
    this.saving ??= this.clock.setTimeout(() => this.save(), SNAPSHOT_DELAY_MS);
  }

  private save(): void {
    this.clock.clearTimeout(this.saving);
    this.saving = null;
    if (!this.disposed && this.isKept()) {
      this.snapshot.save(this.rows.slice(0, SNAPSHOT_ROWS).map((row) => row.toRecord()));
    }
  }
}
