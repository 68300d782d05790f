import { action, computed, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, Platform, TimerHandle } from '@/platform';
import type {
  V2NIMClearHistoryNotification,
  V2NIMLastMessage,
  V2NIMLocalConversation,
  V2NIMMessageDeletedNotification,
  V2NIMMessageRefer,
  V2NIMMessageRevokeNotification,
} from '@/sdk/types';
import { ConversationType } from '@/sdk/constants';
import { Batcher } from './batcher';
import { addressOf, p2pConversationId } from './conversation-id';
import { compareRows, ConversationRow } from './conversation-row';
import { ConversationSnapshot, SNAPSHOT_ROWS } from './conversation-snapshot';
import { EMPTY_PREVIEW, previewOf, samePreview, sendingStatus } from './preview';
import { RepeatGuard } from './repeat-guard';
import { SortedRows } from './sorted-rows';
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
  private readonly sorted = new SortedRows(this.rows, compareRows);
  private readonly byId = new Map<string, ConversationRow>();
  private readonly repeats = new RepeatGuard();
  private readonly changes: Batcher<V2NIMLocalConversation>;
  private readonly snapshot: ConversationSnapshot;
  private readonly clock: Clock;
  private readonly stopListening: (() => void)[];
  /** The conversation on the screen: its messages are read as they come. */
  private active: string | null = null;
  /** Read here, not yet told to the server. */
  private readonly toMark = new Set<string>();
  private readonly telling = new Set<string>();
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
      dispose: action,
    });
    this.clock = platform.clock;
    this.snapshot = new ConversationSnapshot(platform.storage, connection.accountId);
    this.changes = new Batcher(platform.clock, (conversations) => this.apply(conversations));
    this.restore();
    connection.listen('conversation', 'onConversationCreated', (one) => this.changes.add(one));
    connection.listen('conversation', 'onConversationChanged', (all) => this.changes.add(...all));
    connection.listen('conversation', 'onConversationDeleted', (ids) => this.forget(ids));
    connection.listen('conversation', 'onConversationReadTimeUpdated', (conversationId) =>
      this.repeats.recounted(conversationId),
    );
    connection.listen('conversation', 'onSyncFinished', () => this.repeats.recounted());
    connection.listen('message', 'onReceiveMessages', (messages) =>
      this.repeats.note(messages, connection.state.name === 'online'),
    );
    connection.listen('message', 'onMessageRevokeNotifications', (all) => this.onRevoked(all));
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

  /** Nothing of it is unread any more, here at once and on the server when there is a link. */
  markRead(conversationId: string): void {
    const row = this.byId.get(conversationId);
    if (row) row.unread = 0;
    this.toMark.add(conversationId);
    void this.tellRead();
  }

  /** The chat on the screen, or null: what arrives for it is read at once. */
  setActive(conversationId: string | null): void {
    this.active = conversationId;
    if (conversationId && (this.byId.get(conversationId)?.unread ?? 0) > 0)
      this.markRead(conversationId);
  }

  /**
   * Takes a conversation off the list; its messages stay on the server.
   * @throws ConnectionError
   */
  async remove(conversationId: string): Promise<void> {
    try {
      await this.connection.services.conversation.deleteConversation(conversationId);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // A row of the snapshot the SDK has not heard of: only ours to forget.
      if (error.code !== NOT_EXIST) throw error;
    }
    this.forget([conversationId]);
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
    this.clock.clearTimeout(this.saving);
    this.rows.clear();
    this.byId.clear();
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
        if (!seen.has(row.conversationId)) row.unread = 0;
      }
      this.state = 'ready';
      this.error = null;
    });
    void this.tellRead();
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
    const { conversationId } = conversation;
    const last = conversation.lastMessage;
    const lastMessage = last && !isCleared(last, row.clearedAt) ? last : null;
    if (conversation.name) row.storedName = conversation.name;
    if (conversation.avatar) row.storedAvatar = conversation.avatar;
    row.stickTop = conversation.stickTop;
    row.muted = conversation.mute ?? row.muted;
    const time = lastMessage?.messageRefer.createTime ?? 0;
    // A message of ours that is not acknowledged carries our clock, which proves nothing.
    const isOlder =
      time < row.time && row.lastMessageClientId !== '' && row.preview.status === 'sent';
    const isSame = lastMessage?.messageRefer.messageClientId === row.lastMessageClientId;
    if (lastMessage && (!isOlder || isSame)) {
      const preview = previewOf(conversation);
      if (!samePreview(preview, row.preview)) row.preview = preview;
      row.lastMessageClientId = lastMessage.messageRefer.messageClientId;
      row.time = time;
    } else if (row.time === 0) {
      row.time = conversation.updateTime;
    }
    if (conversation.unreadCount === 0) this.repeats.recounted(conversationId);
    const unread = Math.max(0, conversation.unreadCount - this.repeats.of(conversationId));
    if (this.active === conversationId && unread > 0) this.markRead(conversationId);
    else row.unread = this.isMarked(conversationId) ? 0 : unread;
  }

  private isMarked(conversationId: string): boolean {
    return this.toMark.has(conversationId) || this.telling.has(conversationId);
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

  private onRevoked(notifications: readonly V2NIMMessageRevokeNotification[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { messageRefer, revokeAccountId } of notifications) {
        const row = this.byId.get(messageRefer.conversationId);
        if (!row || !isLast(row, messageRefer)) continue;
        // The SDK puts the message before it there; what people expect is the notice, in its place.
        row.preview = {
          ...EMPTY_PREVIEW,
          senderId: messageRefer.senderId,
          recalledBy: revokeAccountId,
        };
      }
    });
    this.saveSoon();
  }

  private onDeleted(notifications: readonly V2NIMMessageDeletedNotification[]): void {
    runInAction(() => {
      this.changes.flush();
      for (const { messageRefer } of notifications) {
        const row = this.byId.get(messageRefer.conversationId);
        // The next state from the SDK names the message before it, which is older and now welcome.
        if (row && isLast(row, messageRefer)) empty(row);
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
        row.clearedAt = Math.max(row.clearedAt, deleteTime);
        if (row.time <= deleteTime && row.preview.status === 'sent') empty(row);
      }
    });
    this.saveSoon();
  }

  private async tellRead(): Promise<void> {
    const { toMark, telling } = this;
    if (telling.size > 0) return;
    // One request for all that was read while the last one was under way.
    while (toMark.size > 0 && !this.disposed && this.connection.state.name === 'online') {
      for (const conversationId of toMark) telling.add(conversationId);
      toMark.clear();
      try {
        await this.connection.services.conversation.clearUnreadCountByIds([...telling]);
      } catch {
        // Told again after the next reconnect.
        for (const conversationId of telling) toMark.add(conversationId);
        break;
      } finally {
        telling.clear();
      }
    }
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

/** A restored row does not know the id of its last message; the time has to do. */
function isLast(row: ConversationRow, message: V2NIMMessageRefer): boolean {
  if (row.lastMessageClientId) return row.lastMessageClientId === message.messageClientId;
  return row.preview !== EMPTY_PREVIEW && row.time === message.createTime;
}

/** What was cleared is nobody's last message; one of mine that is not sent carries our clock. */
function isCleared({ sendingState, messageRefer }: V2NIMLastMessage, clearedAt: number): boolean {
  return sendingStatus(sendingState) === 'sent' && messageRefer.createTime <= clearedAt;
}

function empty(row: ConversationRow): void {
  row.lastMessageClientId = '';
  row.preview = EMPTY_PREVIEW;
}
