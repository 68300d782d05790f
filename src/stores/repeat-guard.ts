import type { V2NIMMessage } from '@/sdk/types';

const REMEMBERED = 2000;

/**
 * Knows the pushes that the SDK counts as unread and should not: repeated ones, which it passes on (wire
 * protocol 3.2), and those that were read or taken away before they came. The list takes both off again.
 */
export class RepeatGuard {
  private readonly seen = new Set<string>();
  private readonly repeats = new Map<string, number>();

  /**
   * `counted`: the SDK adds these to its unread count one by one, as it does outside a sync. `isOver`: whether
   * a message was read or taken away before it came.
   */
  note(
    messages: readonly V2NIMMessage[],
    counted: boolean,
    isOver: (message: V2NIMMessage) => boolean,
  ): void {
    for (const message of messages) {
      const { messageClientId, conversationId, isSelf } = message;
      const isRepeated = this.seen.has(messageClientId);
      if (counted && !isSelf && (isRepeated || isOver(message)))
        this.repeats.set(conversationId, this.of(conversationId) + 1);
      if (isRepeated) continue;
      if (this.seen.size >= REMEMBERED) {
        const oldest = this.seen.values().next();
        if (!oldest.done) this.seen.delete(oldest.value);
      }
      this.seen.add(messageClientId);
    }
  }

  /** Whether the message has come. */
  knows(messageClientId: string): boolean {
    return this.seen.has(messageClientId);
  }

  /** How many of a conversation's unread messages, as the SDK counts them, are none. */
  of(conversationId: string): number {
    return this.repeats.get(conversationId) ?? 0;
  }

  /** So many of a conversation's unread messages, as the SDK counts them now, are read. */
  ignore(conversationId: string, count: number): void {
    this.repeats.set(conversationId, count);
  }

  /** The SDK has counted anew: for one conversation, or for all. */
  recounted(conversationId?: string): void {
    if (conversationId === undefined) this.repeats.clear();
    else this.repeats.delete(conversationId);
  }
}
