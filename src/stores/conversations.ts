import { action, computed, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, Platform, TimerHandle } from '@/platform';
import type {
  V2NIMClearHistoryNotification,
  V2NIMLastMessage,
  V2NIMLocalConversation,
  V2NIMMessage,
  V2NIMMessageDeletedNotification,
  V2NIMMessageRefer,
  V2NIMMessageRevokeNotification,
} from '@/sdk/types';
import { ConversationType } from '@/sdk/constants';
import { accountRemovals } from './account-removals';
import { Batcher } from './batcher';
import { addressOf, p2pConversationId } from './conversation-id';
import { ConversationReads } from './conversation-reads';
import { compareRows, ConversationRow } from './conversation-row';
import { ConversationSnapshot, SNAPSHOT_ROWS } from './conversation-snapshot';
import { LastMessages } from './last-messages';
import { EMPTY_PREVIEW, lastMessageOf, previewOf, recalledPreview } from './preview';
import type { RemovedMessages } from './removed-messages';
import { SortedRows } from './sorted-rows';
import { UnreadCounts } from './unread-counts';
import type { UserStore } from './users';

export type ConversationListState = 'loading' | 'ready' | 'error';

const SNAPSHOT_DELAY_MS = 1000;
const PAGE = 100;
const NOT_EXIST = 191006;

/**
 * The conversation list of one account: the SDK's local conversations, sorted and counted by ourselves.
 * The SDK lets a late older push overwrite a newer last message and counts repeated pushes twice.
 */
export class ConversationStore {
  readonly rows = observable.array<ConversationRow>([], { deep: false });
  state: ConversationListState = 'loading';
  error: ConnectionError | null = null;
  /** What was taken away in any conversation of the account. */
  readonly removed: RemovedMessages<V2NIMMessage>;
  private readonly sorted = new SortedRows(this.rows, compareRows);
  private readonly byId = new Map<string, ConversationRow>();
  private readonly changes: Batcher<V2NIMLocalConversation>;
  private readonly snapshot: ConversationSnapshot;
  private readonly clock: Clock;
  private readonly stopListening: (() => void)[];
  /** Conversations whose end is on the screen: what comes there is read at once, and never shown as unread. */
  private readonly active = new Set<string>();
  private readonly reads: ConversationReads;
  private readonly unreadCounts: UnreadCounts;
  private readonly lasts: LastMessages;
  /** The newest message that came of each conversation. */
  private readonly received = new Map<string, V2NIMMessage>();
  /** Messages of mine that the SDK takes for unsent. */
  private readonly settled = new Set<string>();
  private saving: TimerHandle | null = null;
  private disposed = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly users: UserStore,
    platform: Platform,
    /** Whether the user stays signed in on this device; without that nothing is written down. */
    private readonly isKept: () => boolean = () => true,
  ) {
    makeObservable(this, {
      state: observableRef,
      error: observableRef,
      totalUnread: computed,
      markRead: action,
      seen: action,
      setActive: action,
      dispose: action,
    });
    this.clock = platform.clock;
    this.snapshot = new ConversationSnapshot(platform.storage, connection.accountId);
    this.changes = new Batcher(platform.clock, (conversations) => this.apply(conversations));
    this.removed = accountRemovals(connection, platform.clock);
    this.reads = new ConversationReads(connection, platform.clock);
    this.unreadCounts = new UnreadCounts(connection, this.reads, this.removed);
    this.lasts = new LastMessages({
      connection,
      clock: platform.clock,
      isUnknown: (conversationId) => this.byId.get(conversationId)?.lastMessageClientId === '',
      isRemoved: (message) => this.removed.isRemoved(message, message.conversationId),
      onFound: (message) => this.foundLast(message),
    });
    this.restore();
    connection.listen('conversation', 'onConversationCreated', (one) => this.changes.add(one));
    connection.listen('conversation', 'onConversationChanged', (all) => this.changes.add(...all));
    connection.listen('conversation', 'onConversationDeleted', (ids) => this.forget(ids));
    connection.listen('message', 'onReceiveMessages', (messages) => {
      for (const message of messages) this.noteReceived(message);
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => this.recalled(all));
    connection.listen('message', 'onMessageDeletedNotifications', (all) => this.onDeleted(all));
    connection.listen('message', 'onClearHistoryNotifications', (all) => this.onCleared(all));
    this.stopListening = [
      connection.on('state', ({ to }) => {
        if (to.name === 'online') void this.load();
      }),
      platform.lifecycle.onHide(() => this.save()),
    ];
  }

  /** Unread messages of all conversations that are not muted: the tab's badge. */
  get totalUnread(): number {
    return this.rows.reduce((total, row) => total + (row.muted ? 0 : row.unread), 0);
  }

  get(conversationId: string): ConversationRow | undefined {
    return this.byId.get(conversationId);
  }

  /** The conversation with an account; it appears in the list with its first message. */
  openWith(accountId: string): string {
    return p2pConversationId(this.connection.accountId, accountId);
  }

  /** The user says that all of it is read: what the list knows of it, not what comes later. */
  markRead(conversationId: string): void {
    const row = this.byId.get(conversationId);
    if (!row) return;
    this.seen(conversationId, row.knownUntil);
    row.counted = 0;
    this.showUnread(row);
  }

  /**
   * Messages up to this server time (milliseconds) were on the screen. They are read here at once, and on
   * the server as soon as it accepts it; what came later stays unread.
   */
  seen(conversationId: string, until: number): void {
    if (!this.reads.advance(conversationId, until)) return;
    const row = this.byId.get(conversationId);
    if (!row || until < row.knownUntil) return;
    row.counted = 0;
    this.showUnread(row);
  }

  /** The end of a conversation's chat is on the screen, or is not any more. */
  setActive(conversationId: string, isActive: boolean): void {
    if (isActive) this.active.add(conversationId);
    else this.active.delete(conversationId);
    this.changes.flush();
    const row = this.byId.get(conversationId);
    if (row) this.showUnread(row);
  }

  /**
   * Takes a conversation off the list. Its messages stay on the server, so that it comes back with its next
   * message and with the next sign-in; `clearHistory` deletes them as well, for this account on all devices.
   * @throws ConnectionError
   */
  async remove(conversationId: string, { clearHistory = false } = {}): Promise<void> {
    const { conversation, message } = this.connection.services;
    try {
      if (clearHistory)
        await message.clearHistoryMessage({ conversationId, deleteRoam: true, onlineSync: true });
      // Before the SDK does it, up to its own last message, which may not be acknowledged.
      this.markRead(conversationId);
      await conversation.deleteConversation(conversationId, clearHistory);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // A row of the snapshot the SDK has not heard of: only ours to forget.
      if (error.code !== NOT_EXIST) throw error;
    }
    this.forget([conversationId]);
  }

  /** A message of mine is on the server although its acknowledgement was lost, which the SDK does not know. */
  settleOwn(message: V2NIMMessage): void {
    this.settled.add(message.messageClientId);
    const row = this.byId.get(message.conversationId);
    if (!row) return;
    runInAction(() => {
      this.changes.flush();
      this.sorted.update(row, () => this.fillLast(row, lastMessageOf(message)));
    });
    this.saveSoon();
  }

  /** An unsent message was given up: the list names the one before it. */
  discardUnsent(conversationId: string, messageClientId: string): void {
    this.removed.addDeleted(messageClientId);
    runInAction(() => this.dropLast(conversationId, { messageClientId }));
    this.saveSoon();
  }

  /** These messages were recalled, by whomever. */
  recalled(all: readonly RecallNotice[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { messageRefer, revokeAccountId } of all) {
        const { messageClientId } = messageRefer;
        this.removed.addRecall(messageClientId, {
          accountId: revokeAccountId,
          at: this.clock.now(),
        });
        const row = this.byId.get(messageRefer.conversationId);
        if (!row) continue;
        const { newest } = row;
        // The SDK puts the message before it there; what people expect is the notice, in its place.
        const preview = recalledPreview(messageRefer.senderId, revokeAccountId);
        if (newest?.messageClientId === messageRefer.messageClientId)
          row.newest = { ...newest, preview };
        if (isLast(row, messageRefer)) row.preview = preview;
      }
    });
    this.saveSoon();
  }

  /** @throws ConnectionError */
  async setStickTop(conversationId: string, stickTop: boolean): Promise<void> {
    try {
      await this.connection.services.conversation.stickTopConversation(conversationId, stickTop);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
    const row = this.byId.get(conversationId);
    if (row) runInAction(() => this.sorted.update(row, () => (row.stickTop = stickTop)));
  }

  /** `forget`: the account was left; nothing of it may stay behind. */
  dispose({ forget }: { forget: boolean }): void {
    if (this.disposed) return;
    if (forget) this.snapshot.clear();
    else this.save();
    this.disposed = true;
    for (const stop of this.stopListening) stop();
    this.changes.dispose();
    this.reads.dispose();
    this.lasts.dispose();
    this.clock.clearTimeout(this.saving);
    this.rows.clear();
    this.byId.clear();
    this.received.clear();
  }

  private restore(): void {
    if (!this.isKept()) {
      this.snapshot.clear();
      return;
    }
    runInAction(() => {
      for (const record of this.snapshot.load()) {
        const row = this.create(record.conversationId);
        row.restore(record);
        this.sorted.insert(row);
      }
    });
  }

  /** The whole list, after each sync. */
  private async load(): Promise<void> {
    const seen = new Set<string>();
    this.reads.resume();
    this.lasts.resume();
    try {
      for (let offset = 0, finished = false; !finished;) {
        const page = await this.connection.services.conversation.getConversationList(offset, PAGE);
        if (this.disposed) return;
        for (const { conversationId } of page.conversationList) seen.add(conversationId);
        this.changes.add(...page.conversationList);
        ({ offset, finished } = page);
      }
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
        // Older than what the server still keeps: the row stays, but nothing of it is unread.
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
      // All of them in turn: the last state of a conversation may name an older message than one before.
      for (const conversation of conversations) this.applyOne(conversation);
    });
    this.saveSoon();
  }

  private applyOne(conversation: V2NIMLocalConversation): void {
    const { conversationId } = conversation;
    let row = this.byId.get(conversationId);
    if (row) {
      const known = row;
      this.sorted.update(known, () => this.fill(known, conversation));
    } else {
      row = this.create(conversationId);
      this.fill(row, conversation);
      this.sorted.insert(row);
    }
  }

  private fill(row: ConversationRow, conversation: V2NIMLocalConversation): void {
    const { conversationId, lastMessage } = conversation;
    if (conversation.name) row.storedName = conversation.name;
    if (conversation.avatar) row.storedAvatar = conversation.avatar;
    row.stickTop = conversation.stickTop;
    row.muted = conversation.mute ?? row.muted;
    // The SDK goes by its own unsent messages, which carry the clock of this device: it names them instead of a
    // newer one that came meanwhile, also once they are acknowledged.
    const received = this.received.get(conversationId);
    if (received) this.fillLast(row, lastMessageOf(this.removed.newestOf(received)));
    if (lastMessage) this.fillLast(row, lastMessage);
    else if (row.time === 0) row.time = conversation.updateTime;
    row.counted = this.unreadCounts.of(conversation, row.knownUntil);
    this.showUnread(row);
  }

  private fillLast(row: ConversationRow, lastMessage: V2NIMLastMessage): void {
    const { messageRefer } = lastMessage;
    const { messageClientId, createTime, senderId } = messageRefer;
    const recall = this.removed.recallOf(messageClientId);
    const preview = recall ? recalledPreview(senderId, recall.accountId) : previewOf(lastMessage);
    const last = { messageClientId, time: createTime, preview };
    // Not acknowledged: it carries the clock of this device, which proves nothing.
    const isUnsent = preview.status !== 'sent';
    const known = isUnsent ? { messageClientId, createTime: Infinity } : messageRefer;
    // A sync's deletions stay in the SDK's memory, and it names them as the last message.
    if (this.removed.isRemoved(known, row.conversationId)) {
      // It stood here unsent while the history was cleared, and the server took it before that.
      if (row.lastMessageClientId === messageClientId) row.showBefore(messageClientId);
      return;
    }
    if (isUnsent) {
      if (!this.settled.has(messageClientId)) row.showLast(last);
      return;
    }
    this.noteTime(row.conversationId, createTime);
    const { newest } = row;
    const isOlder =
      newest && newest.messageClientId !== messageClientId && createTime < newest.time;
    if (!isOlder) row.newest = last;
    // A resend whose first try had arrived gets its place of then, before what came since.
    if (!isOlder || row.lastMessageClientId === messageClientId) row.showLast(row.newest ?? last);
  }

  private noteReceived(message: V2NIMMessage): void {
    const { conversationId, createTime, messageConfig } = message;
    this.noteTime(conversationId, createTime);
    if (messageConfig?.lastMessageUpdateEnabled === false) return;
    const known = this.received.get(conversationId);
    if (!known || createTime >= known.createTime) this.received.set(conversationId, message);
  }

  private noteTime(conversationId: string, createTime: number): void {
    const row = this.byId.get(conversationId);
    if (row && createTime > row.knownUntil) row.knownUntil = createTime;
  }

  private showUnread(row: ConversationRow): void {
    row.unread = this.active.has(row.conversationId) ? 0 : row.counted;
  }

  private create(conversationId: string): ConversationRow {
    const { type, targetId } = addressOf(conversationId);
    const peer = type === ConversationType.P2P ? this.users.get(targetId) : null;
    const row = new ConversationRow(conversationId, peer);
    this.byId.set(conversationId, row);
    return row;
  }

  private forget(conversationIds: readonly string[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const conversationId of conversationIds) {
        const row = this.byId.get(conversationId);
        if (!row) continue;
        this.sorted.remove(row);
        this.byId.delete(conversationId);
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
          this.lasts.want(conversationId);
      }
    });
    this.saveSoon();
  }

  /** The row keeps its place, as it does when its last message is deleted. */
  private onCleared(notifications: readonly V2NIMClearHistoryNotification[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { conversationId, deleteTime } of notifications) {
        const row = this.byId.get(conversationId);
        if (!row) continue;
        if (row.newest && row.newest.time <= deleteTime) row.newest = null;
        if (row.time <= deleteTime && row.preview.status === 'sent') row.showNothing();
      }
    });
    this.saveSoon();
  }

  /** The SDK's next state names the message before it, which is older and now welcome. */
  private dropLast(conversationId: string, message: MessageName): void {
    const row = this.byId.get(conversationId);
    if (!row) return;
    if (isLast(row, message))
      this.sorted.update(row, () => row.showBefore(message.messageClientId));
    else if (row.newest?.messageClientId === message.messageClientId) row.newest = null;
  }

  private foundLast(message: V2NIMMessage): void {
    const row = this.byId.get(message.conversationId);
    if (!row || this.disposed) return;
    runInAction(() => {
      this.sorted.update(row, () => this.fillLast(row, lastMessageOf(message)));
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

type RecallNotice = Pick<V2NIMMessageRevokeNotification, 'messageRefer' | 'revokeAccountId'>;
type MessageName = Pick<V2NIMMessageRefer, 'messageClientId'> & Partial<V2NIMMessageRefer>;

/** A restored row does not know the id of its last message; the time has to do. */
function isLast(row: ConversationRow, message: MessageName): boolean {
  if (row.lastMessageClientId) return row.lastMessageClientId === message.messageClientId;
  return row.preview !== EMPTY_PREVIEW && row.time === message.createTime;
}
