import { createAtom } from 'mobx';

/** Number of kept ids of each kind; the oldest id is dropped first. */
const REMEMBERED = 2000;

/** The fields of a message that decide whether it was removed. */
export interface RemovableMessage {
  readonly messageClientId: string;
  /** Server time, milliseconds. */
  readonly createTime: number;
  /** Time of the last change on the server, milliseconds; missing or 0 when it was never changed. */
  readonly modifyTime?: number;
}

/** The account that recalled a message, and the time by the clock of this device (milliseconds). */
export interface Recall {
  /** Empty for a one-way recall: the server made it, for the receivers alone. */
  readonly accountId: string;
  readonly at: number;
}

/**
 * Known recalls, deletions, changes and clearings. A notification can overtake the page or the push that
 * brings its message, or arrive for a chat that is not open; the SDK reports the deletions of a sync but
 * keeps the messages in its memory and mixes them into the next page. Every later message is therefore
 * checked against this list. The list is bounded; one instance serves all conversations of an account, or one
 * room.
 */
export class RemovedMessages<M extends RemovableMessage> {
  private readonly deleted = new BoundedMap<true>(REMEMBERED);
  private readonly recalls = new BoundedMap<Recall>(REMEMBERED);
  private readonly changed = new BoundedMap<M>(REMEMBERED / 4);
  private readonly clearedUntil = new Map<string, number>();
  private readonly additions = createAtom('removed');

  addDeleted(messageClientId: string): void {
    this.deleted.set(messageClientId, true);
    this.additions.reportChanged();
  }

  /** The first recall of a message counts; a message cannot be recalled twice. */
  addRecall(messageClientId: string, recall: Recall): void {
    if (!this.recalls.get(messageClientId)) this.recalls.set(messageClientId, recall);
    this.additions.reportChanged();
  }

  addChanged(message: M): void {
    const known = this.changed.get(message.messageClientId);
    if (!known || modifyTimeOf(message) >= modifyTimeOf(known))
      this.changed.set(message.messageClientId, message);
    this.additions.reportChanged();
  }

  /** The history of a conversation up to this server time (milliseconds) was cleared. */
  addCleared(conversationId: string, until: number): void {
    if (until > this.clearedTime(conversationId)) this.clearedUntil.set(conversationId, until);
    this.additions.reportChanged();
  }

  /** Whether the message was deleted, or cleared together with the history of its conversation. */
  isRemoved(message: RemovableMessage, conversationId: string): boolean {
    return this.deleted.has(message.messageClientId) || this.isCleared(message, conversationId);
  }

  /** Whether the message was recalled or removed; observable, as is the newest version of a message read with it. */
  isGone(message: RemovableMessage, conversationId: string): boolean {
    this.additions.reportObserved();
    return this.recalls.has(message.messageClientId) || this.isRemoved(message, conversationId);
  }

  /** Whether the message was cleared together with the history of its conversation. */
  isCleared({ createTime }: RemovableMessage, conversationId: string): boolean {
    return createTime <= this.clearedTime(conversationId);
  }

  /** The recall of a message, or null. */
  recallOf(messageClientId: string): Recall | null {
    return this.recalls.get(messageClientId) ?? null;
  }

  /** The newest change of a message that is known, or null. */
  changeOf(messageClientId: string): M | null {
    return this.changed.get(messageClientId) ?? null;
  }

  /** The newest known version of a message: the given one, or a later change of it. */
  newestOf(message: M): M {
    const known = this.changed.get(message.messageClientId);
    return known && modifyTimeOf(known) > modifyTimeOf(message) ? known : message;
  }

  /** Returns the remaining messages of a page or a push, each message in its newest known version. */
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
