import type { V2NIMMessage } from '@/sdk/types';

const REMEMBERED = 2000;

/**
 * Counts the pushes that the SDK wrongly adds to the unread count: repeated pushes, which it passes on
 * (docs/yunxin-protocol.md, section 3.2), and messages that were read or removed before they arrived. The list
 * subtracts both.
 */
export class RepeatGuard {
  private readonly seen = new Set<string>();
  private readonly surplus = new Map<string, number>();

  /**
   * `counted`: the SDK adds these messages to its unread count one by one, as it does outside a sync.
   * `isOver`: whether a message was read or removed before it arrived.
   */
  recordPushes(
    messages: readonly V2NIMMessage[],
    counted: boolean,
    isOver: (message: V2NIMMessage) => boolean,
  ): void {
    for (const message of messages) {
      const { messageClientId, conversationId, isSelf } = message;
      const isRepeated = this.seen.has(messageClientId);
      if (counted && !isSelf && (isRepeated || isOver(message)))
        this.surplus.set(conversationId, this.surplusOf(conversationId) + 1);
      if (isRepeated) continue;
      if (this.seen.size >= REMEMBERED) {
        const oldest = this.seen.values().next();
        if (!oldest.done) this.seen.delete(oldest.value);
      }
      this.seen.add(messageClientId);
    }
  }

  /** Whether the message has arrived. */
  hasSeen(messageClientId: string): boolean {
    return this.seen.has(messageClientId);
  }

  /** Number of unread messages in the SDK's count that must be subtracted. */
  surplusOf(conversationId: string): number {
    return this.surplus.get(conversationId) ?? 0;
  }

  /** Marks this many of the messages in the SDK's current count as read. */
  setSurplus(conversationId: string, count: number): void {
    this.surplus.set(conversationId, count);
  }

  /** The SDK has recounted one conversation, or all when no id is given. */
  clearSurplus(conversationId?: string): void {
    if (conversationId === undefined) this.surplus.clear();
    else this.surplus.delete(conversationId);
  }
}
