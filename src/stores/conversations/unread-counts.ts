import type { ImConnection } from '@/connection';
import type { V2NIMLocalConversation, V2NIMMessage, V2NIMMessageRefer } from '@/sdk/types';
import type { ConversationReads } from './conversation-reads';
import type { RemovedMessages } from '../messages/removed-messages';
import { type MentionPlace, MentionsOfMe } from './mentions-of-me';
import { RepeatGuard } from './repeat-guard';

/**
 * Corrects the SDK's unread counts. The SDK adds 1 for every live push, also for a repeated push and for a
 * message whose read position, clearing, recall or deletion arrived before it. A recall or deletion subtracts
 * 1, but only when the SDK counts unread messages at that moment.
 */
export class UnreadCounts {
  private readonly ofMe: MentionsOfMe;
  private readonly guard = new RepeatGuard();
  /** The SDK's last count of each conversation. */
  private readonly counted = new Map<string, number>();
  /** Conversations whose count the SDK lowered in this turn of the event loop. */
  private readonly lowered = new Set<string>();
  /** Ids of messages that were removed before they arrived and for which the SDK subtracted nothing. */
  private readonly removedEarly = new Set<string>();

  constructor(
    private readonly connection: ImConnection,
    private readonly reads: ConversationReads,
    private readonly removed: RemovedMessages<V2NIMMessage>,
  ) {
    this.ofMe = new MentionsOfMe(connection);
    connection.listen('conversation', 'onConversationCreated', (one) => this.recordCount(one));
    connection.listen('conversation', 'onConversationChanged', (all) => {
      for (const conversation of all) this.recordCount(conversation);
    });
    connection.listen('conversation', 'onConversationReadTimeUpdated', (conversationId, readTime) =>
      this.guard.recounted(conversationId, readTime),
    );
    connection.listen('conversation', 'onSyncFinished', () =>
      this.guard.recountedAll((conversationId) => this.reads.positionOf(conversationId)),
    );
    connection.listen('message', 'onReceiveMessages', (messages) => {
      const isLive = this.connection.state.name === 'online';
      this.guard.recordPushes(messages, isLive, (message) => this.isOver(message));
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) this.recordRemoval(messageRefer);
    });
    connection.listen('message', 'onMessageDeletedNotifications', (all) => {
      for (const { messageRefer } of all) this.recordRemoval(messageRefer);
    });
  }

  /** Number of unread messages. `knownUntil`: server time of the newest message of the conversation. */
  unreadOf(
    { conversationId, unreadCount, lastMessage }: V2NIMLocalConversation,
    knownUntil: number,
  ): number {
    if (lastMessage) this.ofMe.record(lastMessage.messageRefer, lastMessage);
    // The SDK counted messages that are older than what was on the screen.
    if (this.reads.positionOf(conversationId) >= knownUntil)
      this.guard.setSurplus(conversationId, unreadCount);
    return Math.max(0, unreadCount - this.guard.surplusOf(conversationId));
  }

  /** The unread messages that mention the account, as far as they are known; the oldest first. */
  mentions(conversationId: string): readonly MentionPlace[] {
    return this.ofMe.after(conversationId, this.reads.positionOf(conversationId));
  }

  /** Runs when the event arrives, not when the list applies it: a repeat in between is counted from here on. */
  private recordCount({ conversationId, unreadCount }: V2NIMLocalConversation): void {
    if (unreadCount === 0) this.guard.clearSurplus(conversationId);
    if (unreadCount < (this.counted.get(conversationId) ?? 0)) {
      this.lowered.add(conversationId);
      void Promise.resolve().then(() => this.lowered.delete(conversationId));
    }
    this.counted.set(conversationId, unreadCount);
  }

  private recordRemoval({ messageClientId, conversationId }: V2NIMMessageRefer): void {
    const counts = (this.counted.get(conversationId) ?? 0) > 0 || this.lowered.has(conversationId);
    if (!counts && !this.guard.hasSeen(messageClientId)) this.removedEarly.add(messageClientId);
  }

  /** Whether the message was read or removed before it arrived. */
  private isOver(message: V2NIMMessage): boolean {
    const { conversationId, messageClientId, createTime } = message;
    return (
      createTime <= this.reads.positionOf(conversationId) ||
      this.removed.isCleared(message, conversationId) ||
      this.removedEarly.delete(messageClientId)
    );
  }
}
