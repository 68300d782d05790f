import { observable, runInAction } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock, Platform } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { Batcher } from '../messages/batcher';
import { Chat } from './chat';
import type { ConversationStore } from '../conversations/conversations';
import { Drafts } from './drafts';
import { unsentEntry } from '../messages/entry';
import { Outbox } from '../messages/outbox';
import { acknowledgeImMessage, ImSender } from './im-sender';
import { ownMessage } from './own-message';
import { Recalls } from './recalls';
import { UnsentKeeper } from './unsent-keeper';
import { UntilTold } from '../messages/until-told';

/** What the registry asks the other stores of the account. */
interface RegistryOptions {
  /** The server refused a message of the conversation. */
  onRefused?: (conversationId: string, code: number) => void;
  /** Whether the account tells others what it has read. */
  sharesReads?: () => boolean;
  /** Server time up to which the other side of a conversation has read; 0 when it is unknown. */
  peerReadUntil?: (conversationId: string) => number;
  /** Whether an own message of the conversation asks its readers for receipts. */
  asksForReads?: (conversationId: string) => boolean;
}

/** The open chats, and the messages that arrive for them. Messages of other chats are not kept. */
export class ChatRegistry {
  /** The texts that were written and not sent. */
  readonly drafts: Drafts;
  /** Server time up to which the messages of a conversation were on the screen in this session. */
  readonly seenUntil = observable.map<string, number>({}, { deep: false });
  private readonly chats = new Map<string, { chat: Chat; holders: number }>();
  private readonly outbox: Outbox<V2NIMMessage>;
  private readonly unsent: UnsentKeeper;
  private readonly incoming: Batcher<V2NIMMessage>;
  /** Deletions whose answer was lost. */
  private readonly deletions: UntilTold<V2NIMMessage>;
  private readonly recalls: Recalls;
  private readonly stop: () => void;
  private readonly clock: Clock;
  /** How far the server's clock is ahead of this device's, by the newest acknowledgement; milliseconds. */
  private aheadMs = 0;

  constructor(
    private readonly connection: ImConnection,
    private readonly conversations: ConversationStore,
    platform: Platform,
    /** Whether the user stays signed in on this device; unsent texts and drafts are stored only then. */
    isKept: () => boolean = () => false,
    private readonly options: RegistryOptions = {},
  ) {
    this.clock = platform.clock;
    this.drafts = new Drafts(platform.storage, connection.accountId, isKept);
    this.unsent = new UnsentKeeper({ connection, platform, outbox: () => this.outbox, isKept });
    this.outbox = new Outbox({
      sender: new ImSender(connection, options.asksForReads),
      clock: platform.clock,
      acknowledge: acknowledgeImMessage,
      onChange: (entry, conversationId) => {
        if (entry.status === 'sent') this.aheadMs = entry.createTime - this.clock.now();
        this.chats.get(conversationId)?.chat.entryChanged(entry);
        if (entry.status === 'failed') options.onRefused?.(conversationId, entry.errorCode);
      },
      onQueue: () => this.unsent.changed(),
      onUploaded: (messageClientId) => this.unsent.uploaded(messageClientId),
      onRemoved: (messageClientId) => this.unsent.releaseFile(messageClientId),
    });
    this.deletions = new UntilTold({
      clock: platform.clock,
      tell: (_, message) => connection.services.message.deleteMessage(message),
      isOnline: () => connection.state.name === 'online',
      isNewer: () => false,
    });
    this.recalls = new Recalls(connection, platform.clock, (message) =>
      this.applyOwnRecall(message),
    );
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.deletions.resume();
    });
    this.incoming = new Batcher(platform.clock, (messages) => this.deliver(messages));
    connection.listen('message', 'onReceiveMessages', (messages) => this.onReceive(messages));
    connection.listen('message', 'onReceiveP2PMessageReadReceipts', (receipts) => {
      for (const { conversationId, timestamp } of receipts)
        this.chat(conversationId)?.readByPeer(timestamp);
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      this.incoming.flush();
      for (const [conversationId, some] of byConversation(all, (one) => one.messageRefer))
        this.chat(conversationId)?.recalled(some);
    });
    connection.listen('message', 'onMessageDeletedNotifications', (all) => {
      this.incoming.flush();
      for (const [conversationId, some] of byConversation(all, (one) => one.messageRefer))
        this.chat(conversationId)?.deleted(some);
    });
    connection.listen('message', 'onClearHistoryNotifications', (all) => {
      this.incoming.flush();
      for (const { conversationId, deleteTime } of all)
        this.chat(conversationId)?.cleared(deleteTime);
    });
    connection.listen('message', 'onReceiveMessagesModified', (all) => {
      this.incoming.flush();
      for (const [conversationId, some] of byConversation(all, (one) => one))
        this.chat(conversationId)?.modified(some);
    });
  }

  /** Opens a chat, or returns the open one. Each `open` needs one `chat.close()`. */
  open(conversationId: string): Chat {
    const open = this.chats.get(conversationId);
    if (open) {
      open.holders++;
      return open.chat;
    }
    const chat = new Chat(conversationId, {
      connection: this.connection,
      clock: this.clock,
      outbox: this.outbox,
      removed: this.conversations.removed,
      onActive: (isActive) => this.conversations.setActive(conversationId, isActive),
      onSeen: (until) => this.onSeen(conversationId, until),
      sharesReads: () => this.options.sharesReads?.() ?? true,
      peerReadUntil: () => this.options.peerReadUntil?.(conversationId) ?? 0,
      onAcknowledged: (message) => this.conversations.acknowledgeOwn(message),
      onDiscarded: (messageClientId) =>
        this.conversations.discardUnsent(conversationId, messageClientId),
      keepFile: (messageClientId, file) => this.unsent.keepFile(messageClientId, file),
      deleteLater: (message) => this.deletions.want(message.messageClientId, message),
      recall: (message) => this.recalls.recall(message),
      release: () => this.release(conversationId),
    });
    this.chats.set(conversationId, { chat, holders: 1 });
    return chat;
  }

  /** Whether leaving the account loses something that the user wrote: a draft or an unsent message. */
  get hasUnsent(): boolean {
    return !this.drafts.isEmpty || this.outbox.all().length > 0;
  }

  /** The server's time, as far as it is known; milliseconds. */
  get serverNow(): number {
    return this.clock.now() + this.aheadMs;
  }

  /** The chat of a conversation, when it is open. */
  chat(conversationId: string): Chat | undefined {
    return this.chats.get(conversationId)?.chat;
  }

  /**
   * Sends a message made by the SDK's creator, whether its chat is open or not. It is not written in the chat, so that
   * the fields that the page of the chat adds, those of a reply, are left out.
   */
  send(conversationId: string, message: V2NIMMessage): void {
    const chat = this.chat(conversationId);
    if (chat) chat.send(message, message, {});
    else
      this.outbox.send(
        conversationId,
        unsentEntry(ownMessage(message, conversationId, this.connection.accountId)),
      );
  }

  /**
   * Deletes a conversation from the list. `clearHistory` also deletes its messages, see `ConversationStore`, and
   * discards unsent messages. Messages in flight, or written meanwhile, are not discarded: the server orders them
   * before or after the deletion.
   * @throws ConnectionError
   */
  async deleteConversation(conversationId: string, { clearHistory = false } = {}): Promise<void> {
    const unsent = clearHistory ? this.outbox.waiting(conversationId) : [];
    await this.conversations.remove(conversationId, { clearHistory });
    if (clearHistory) this.drafts.keep(conversationId, '');
    this.discard(conversationId, unsent);
  }

  /**
   * Deletes the messages of a conversation for this account on all devices, and discards unsent messages; the row of
   * the list stays. The SDK tells this client as it tells the others, by `onClearHistoryNotifications`.
   * @throws ConnectionError
   */
  async clearHistory(conversationId: string): Promise<void> {
    const unsent = this.outbox.waiting(conversationId);
    const option = { conversationId, deleteRoam: true, onlineSync: true };
    await answered(this.clock, () => this.connection.services.message.clearHistoryMessage(option));
    this.discard(conversationId, unsent);
  }

  private discard(conversationId: string, unsent: readonly string[]): void {
    const stillWaiting = new Set(this.outbox.waiting(conversationId));
    for (const messageClientId of unsent) {
      if (!stillWaiting.has(messageClientId)) continue;
      this.conversations.discardUnsent(conversationId, messageClientId);
      this.outbox.discard(messageClientId);
      this.chat(conversationId)?.deleted([{ messageRefer: { messageClientId } }]);
    }
  }

  /** `forget`: the user signed out; unsent texts and drafts are removed as well. */
  dispose({ forget }: { forget: boolean }): void {
    this.drafts.dispose({ forget });
    this.unsent.dispose({ forget });
    this.stop();
    this.deletions.dispose();
    this.recalls.dispose();
    this.incoming.dispose();
    this.outbox.dispose();
    for (const { chat } of [...this.chats.values()]) chat.dispose();
    this.chats.clear();
  }

  private onSeen(conversationId: string, until: number): void {
    this.conversations.markSeen(conversationId, until);
    if (until <= (this.seenUntil.get(conversationId) ?? 0)) return;
    runInAction(() => this.seenUntil.set(conversationId, until));
  }

  /** Returns whether the last page has closed the chat. */
  private release(conversationId: string): boolean {
    const open = this.chats.get(conversationId);
    if (!open || --open.holders > 0) return false;
    this.chats.delete(conversationId);
    return true;
  }

  private applyOwnRecall(message: V2NIMMessage): void {
    const recall = { messageRefer: message, revokeAccountId: this.connection.accountId };
    this.incoming.flush();
    this.conversations.applyRecalls([recall]);
    this.chat(message.conversationId)?.recalled([recall]);
  }

  private onReceive(messages: readonly V2NIMMessage[]): void {
    // At once: the SDK refuses to resend a message that it has received from the server.
    for (const message of messages)
      if (message.isSelf && message.messageServerId) {
        this.outbox.acknowledgeOwn(message);
        this.unsent.received(message.messageClientId);
      }
    this.incoming.add(...messages.filter(({ conversationId }) => this.chats.has(conversationId)));
  }

  private deliver(messages: readonly V2NIMMessage[]): void {
    runInAction(() => {
      for (const [conversationId, some] of byConversation(messages, (one) => one))
        this.chat(conversationId)?.receive(some);
    });
  }
}

function byConversation<T>(
  all: readonly T[],
  refer: (one: T) => { conversationId: string },
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const { conversationId } = refer(one);
    const group = groups.get(conversationId);
    if (group) group.push(one);
    else groups.set(conversationId, [one]);
  }
  return groups;
}
