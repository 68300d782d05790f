/** How many ids of each kind are kept; the oldest goes first. */
const REMEMBERED = 2000;

/** What is needed of a message to tell whether it was taken away. */
export interface RemovableMessage {
  readonly messageClientId: string;
  /** Server time, milliseconds. */
  readonly createTime: number;
  /** Time of the last change on the server, milliseconds; missing or 0 when it was never changed. */
  readonly modifyTime?: number;
}

/** Who recalled a message, and when by the clock of this device (milliseconds). */
export interface Recall {
  readonly accountId: string;
  readonly at: number;
}

/**
 * Recalls, deletions, changes and clearings that were heard of. A notice can overtake the page or the push
 * that brings its message, or come for a chat that is not open; the SDK announces the deletions of a sync
 * but keeps the messages in its memory and mixes them into the next page. Everything that comes later is
 * therefore checked against this list. Bounded; one instance serves all conversations of an account, or
 * one room.
 */
export class RemovedMessages<M extends RemovableMessage> {
  private readonly deleted = new BoundedMap<true>(REMEMBERED);
  private readonly recalls = new BoundedMap<Recall>(REMEMBERED);
  private readonly changed = new BoundedMap<M>(REMEMBERED / 4);
  private readonly clearedUntil = new Map<string, number>();

  addDeleted(messageClientId: string): void {
    this.deleted.set(messageClientId, true);
  }

  /** The first recall of a message stands; it cannot be recalled twice. */
  addRecall(messageClientId: string, recall: Recall): void {
    if (!this.recalls.get(messageClientId)) this.recalls.set(messageClientId, recall);
  }

  addChanged(message: M): void {
    const known = this.changed.get(message.messageClientId);
    if (!known || modifyTimeOf(message) >= modifyTimeOf(known))
      this.changed.set(message.messageClientId, message);
  }

  /** The history of a conversation up to this server time (milliseconds) is gone. */
  addCleared(conversationId: string, until: number): void {
    if (until > this.clearedTime(conversationId)) this.clearedUntil.set(conversationId, until);
  }

  /** Whether the message was deleted, or cleared together with the history of its conversation. */
  isRemoved(message: RemovableMessage, conversationId: string): boolean {
    return this.deleted.has(message.messageClientId) || this.isCleared(message, conversationId);
  }

  /** Whether the message was cleared together with the history of its conversation. */
  isCleared({ createTime }: RemovableMessage, conversationId: string): boolean {
    return createTime <= this.clearedTime(conversationId);
  }

  /** The recall of a message, or null. */
  recallOf(messageClientId: string): Recall | null {
    return this.recalls.get(messageClientId) ?? null;
  }

  /** The newest known version of a message: the given one, or a later change of it. */
  newestOf(message: M): M {
    const known = this.changed.get(message.messageClientId);
    return known && modifyTimeOf(known) > modifyTimeOf(message) ? known : message;
  }

  /** What is still there of a page or a push, each message in its newest known version. */
  remaining(messages: readonly M[], conversationId: string): M[] {
    return messages
      .filter((message) => !this.isRemoved(message, conversationId))
      .map((message) => this.newestOf(message));
  }

  /** The recalls among these messages. */
  recallsOf(
    messages: readonly { messageClientId: string }[],
  ): { messageClientId: string; recall: Recall }[] {
    return messages.flatMap(({ messageClientId }) => {
      const recall = this.recallOf(messageClientId);
      return recall ? [{ messageClientId, recall }] : [];
    });
  }

  clear(): void {
    this.deleted.clear();
    this.recalls.clear();
    this.changed.clear();
    this.clearedUntil.clear();
  }

  private clearedTime(conversationId: string): number {
    return this.clearedUntil.get(conversationId) ?? 0;
  }
}

function modifyTimeOf({ modifyTime }: RemovableMessage): number {
  return modifyTime ?? 0;
}

/** A map that drops its oldest entry when it is full. */
class BoundedMap<V> {
  private readonly values = new Map<string, V>();

  constructor(private readonly capacity: number) {}

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  set(key: string, value: V): void {
    this.values.delete(key);
    if (this.values.size >= this.capacity) {
      const oldest = this.values.keys().next();
      if (!oldest.done) this.values.delete(oldest.value);
    }
    this.values.set(key, value);
  }

  clear(): void {
    this.values.clear();
  }
}
