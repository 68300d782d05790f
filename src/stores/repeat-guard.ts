import type { V2NIMMessage } from '@/sdk/types';

const REMEMBERED = 2000;

/**
 * Knows repeated pushes. The SDK passes a repeated push on and counts it as another unread message (wire
 * protocol 3.2); the list takes those off again.
 */
export class RepeatGuard {
  private readonly seen = new Set<string>();
  private readonly repeats = new Map<string, number>();

  /** `counted`: the SDK adds these to its unread count one by one, as it does outside a sync. */
  note(messages: readonly V2NIMMessage[], counted: boolean): void {
    for (const { messageClientId, conversationId, isSelf } of messages) {
      if (this.seen.has(messageClientId)) {
        if (counted && !isSelf) this.repeats.set(conversationId, this.of(conversationId) + 1);
        continue;
      }
      if (this.seen.size >= REMEMBERED) {
        const oldest = this.seen.values().next();
        if (!oldest.done) this.seen.delete(oldest.value);
      }
      this.seen.add(messageClientId);
    }
  }

  /** How many of a conversation's unread messages are repeats. */
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
