import type { ImConnection } from '@/connection';
import type { V2NIMLocalConversation, V2NIMMessage, V2NIMMessageRefer } from '@/sdk/types';
import type { ConversationReads } from './conversation-reads';
import type { RemovedMessages } from './removed-messages';
import { RepeatGuard } from './repeat-guard';

/**
 * Corrects the SDK's unread counts. The SDK adds one for every live push: for a repeated one, for one that a
 * read position or a clearing overtook, and for one that its recall or deletion overtook. For the last kind it
 * takes one off with the recall, but only when it counts any as unread at that moment.
 */
export class UnreadCounts {
  private readonly repeats = new RepeatGuard();
  /** What the SDK counted last. */
  private readonly counted = new Map<string, number>();
  /** Conversations whose count the SDK has lowered in this turn of the event loop. */
  private readonly lowered = new Set<string>();
  /** Ids of messages that were taken away before they came, for which the SDK took nothing off. */
  private readonly gone = new Set<string>();

  constructor(
    private readonly connection: ImConnection,
    private readonly reads: ConversationReads,
    private readonly removed: RemovedMessages<V2NIMMessage>,
  ) {
    connection.listen('conversation', 'onConversationCreated', (one) => this.noteCount(one));
    connection.listen('conversation', 'onConversationChanged', (all) => {
      for (const conversation of all) this.noteCount(conversation);
    });
    connection.listen('conversation', 'onConversationReadTimeUpdated', (conversationId) =>
      this.repeats.recounted(conversationId),
    );
    connection.listen('conversation', 'onSyncFinished', () => this.repeats.recounted());
    connection.listen('message', 'onReceiveMessages', (messages) => {
      const isLive = this.connection.state.name === 'online';
      this.repeats.note(messages, isLive, (message) => this.isOver(message));
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) this.noteGone(messageRefer);
    });
    connection.listen('message', 'onMessageDeletedNotifications', (all) => {
      for (const { messageRefer } of all) this.noteGone(messageRefer);
    });
  }

  /** How many messages are unread. `knownUntil`: server time of the newest message of the conversation. */
  of({ conversationId, unreadCount }: V2NIMLocalConversation, knownUntil: number): number {
    // Counted one by one as they came, but older than what was on the screen already.
    if (this.reads.positionOf(conversationId) >= knownUntil)
      this.repeats.ignore(conversationId, unreadCount);
    return Math.max(0, unreadCount - this.repeats.of(conversationId));
  }

  /** As it comes, not when the list applies it: a repeat that comes between is counted from here on. */
  private noteCount({ conversationId, unreadCount }: V2NIMLocalConversation): void {
    if (unreadCount === 0) this.repeats.recounted(conversationId);
    if (unreadCount < (this.counted.get(conversationId) ?? 0)) {
      this.lowered.add(conversationId);
      void Promise.resolve().then(() => this.lowered.delete(conversationId));
    }
    this.counted.set(conversationId, unreadCount);
  }

  private noteGone({ messageClientId, conversationId }: V2NIMMessageRefer): void {
    const counts = (this.counted.get(conversationId) ?? 0) > 0 || this.lowered.has(conversationId);
    if (!counts && !this.repeats.knows(messageClientId)) this.gone.add(messageClientId);
  }

  /** Read, or taken away, before it came. */
  private isOver(message: V2NIMMessage): boolean {
    const { conversationId, messageClientId, createTime } = message;
    return (
      createTime <= this.reads.positionOf(conversationId) ||
      this.removed.isCleared(message, conversationId) ||
      this.gone.delete(messageClientId)
    );
  }
}
