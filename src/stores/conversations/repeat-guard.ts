import type { V2NIMMessage } from '@/sdk/types';

const REMEMBERED = 2000;

/**
 * Counts the pushes that the SDK wrongly adds to the unread count: repeated pushes, which it passes on
 * (docs/yunxin-protocol.md, section 3.2), and messages that were read or removed before they arrived. The list
 * subtracts both.
 */
export class RepeatGuard {
  private readonly seen = new Set<string>();
  /** Number of repeated pushes of each conversation. */
  private readonly repeats = new Map<string, number>();
  /** Messages of each conversation that were over before they arrived: server time by id. */
  private readonly over = new Map<string, Map<string, number>>();

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
      const { messageClientId, conversationId, isSelf, createTime } = message;
      const isRepeated = this.seen.has(messageClientId);
      if (counted && !isSelf) {
        if (isRepeated)
          this.repeats.set(conversationId, (this.repeats.get(conversationId) ?? 0) + 1);
        else if (isOver(message)) this.addOver(conversationId, messageClientId, createTime);
      }
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
    return (this.repeats.get(conversationId) ?? 0) + (this.over.get(conversationId)?.size ?? 0);
  }

  /** Marks this many of the messages in the SDK's current count as read. */
  setSurplus(conversationId: string, count: number): void {
    const overCount = this.over.get(conversationId)?.size ?? 0;
    this.repeats.set(conversationId, Math.max(0, count - overCount));
  }

  /** The SDK counts nothing of the conversation. */
  clearSurplus(conversationId: string): void {
    this.repeats.delete(conversationId);
    this.over.delete(conversationId);
  }

  /**
   * The SDK has recounted the messages in its memory that are newer than `readTime`, each once. The messages that were
   * over when they arrived are among them.
   */
  recounted(conversationId: string, readTime: number): void {
    this.repeats.delete(conversationId);
    const over = this.over.get(conversationId);
    for (const [id, createTime] of over ?? []) if (createTime <= readTime) over?.delete(id);
  }

  /** The SDK has recounted all conversations, each from its read position. */
  recountedAll(readTimeOf: (conversationId: string) => number): void {
    this.repeats.clear();
    for (const conversationId of this.over.keys())
      this.recounted(conversationId, readTimeOf(conversationId));
  }

  private addOver(conversationId: string, messageClientId: string, createTime: number): void {
    let over = this.over.get(conversationId);
    if (!over) this.over.set(conversationId, (over = new Map<string, number>()));
    over.set(messageClientId, createTime);
  }
}
