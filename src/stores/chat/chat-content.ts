import type { V2NIMMessage } from '@/sdk/types';
import { type Entry, knownEntry, mergeEntry } from '../messages/entry';
import { PAGE } from './chat-history';
import { type Changes, ChatWindow, type EdgePolicy, type WindowLimits } from './chat-window';
import type { FeedWindow } from '../messages/feed';
import { lastOf } from '../messages/last-of';
import type { MessageRow } from '../messages/message-row';
import type { Recall } from '../messages/removed-messages';
import { acknowledgedId, Timeline } from '../messages/timeline';

/**
 * Messages of a chat: a timeline with all that are in memory, and the window of it that the view may show.
 * Methods that change rows run inside an action.
 */
export class ChatContent implements FeedWindow {
  readonly window: ChatWindow;
  /** The reader is at the newest message. Further up no row is removed: the visible ones would move. */
  atBottom = true;
  /** The oldest message of the last page, also when it is not shown: the next page begins before it. */
  private pageEnd: V2NIMMessage | undefined;
  private readonly timeline = new Timeline<Entry<V2NIMMessage>>(mergeEntry);

  constructor(
    decorate: (row: MessageRow, entry: Entry<V2NIMMessage>) => void,
    limits?: WindowLimits,
  ) {
    this.window = new ChatWindow(this.timeline, decorate, limits);
  }

  get size(): number {
    return this.timeline.size;
  }

  get showsOldest(): boolean {
    return this.window.oldestId === this.timeline.first()?.messageClientId;
  }

  get showsNewest(): boolean {
    return this.window.followsEnd;
  }

  get olderAnchor(): V2NIMMessage | undefined {
    return this.pageEnd ?? this.oldest()?.message;
  }

  get newerAnchor(): V2NIMMessage | undefined {
    return this.newest()?.message;
  }

  /** Records where the last page of older messages ended. */
  setPageEnd(page: readonly V2NIMMessage[]): void {
    this.pageEnd = lastOf(page) ?? this.pageEnd;
  }

  extendOlder(): void {
    this.window.extendOlder(PAGE);
  }

  extendNewer(): number {
    return this.window.extendNewer(PAGE);
  }

  showNewest(): void {
    this.window.reset(PAGE);
  }

  has(messageClientId: string): boolean {
    return this.timeline.get(messageClientId) !== undefined;
  }

  /** Resets the window to the newest page. */
  begin(messages: readonly V2NIMMessage[], unsent: readonly Entry<V2NIMMessage>[]): void {
    for (const message of messages) this.timeline.put(entryOf(message));
    for (const entry of unsent) this.timeline.put(entry);
    this.window.reset(this.timeline.size);
  }

  /** Resets timeline and window to these messages, whose order does not matter. */
  beginAround(messages: readonly V2NIMMessage[]): void {
    this.clear();
    for (const message of messages) this.timeline.put(entryOf(message));
    this.window.reset(this.timeline.size);
  }

  /** Resets the window to a message in memory and a page on both sides of it. */
  showAround(messageClientId: string): void {
    this.window.showAround(messageClientId, PAGE);
  }

  /** Adds a page of newer messages to memory; `extendNewer` shows them. */
  addNewer(messages: readonly V2NIMMessage[]): void {
    this.window.apply(this.put(messages), { start: false, end: false });
  }

  /** Adds a page of older messages at the older end of the window. */
  addOlder(messages: readonly V2NIMMessage[]): void {
    this.window.apply(this.put(messages), { start: false, end: false });
    this.window.extendOlder(messages.length);
  }

  /**
   * Adds messages to the timeline and shows them in their position. Messages older than `notBefore` are left
   * out: they belong to a page that is not loaded yet. Returns the number of new messages.
   */
  receive(messages: readonly V2NIMMessage[], notBefore: number): number {
    const edges = this.edgePolicy();
    const before = this.timeline.size;
    const wanted = messages.filter(
      ({ createTime, messageClientId }) => createTime >= notBefore || this.has(messageClientId),
    );
    this.show(this.put(wanted), edges);
    return this.timeline.size - before;
  }

  /** Adds an unsent own message. */
  addUnsent(entry: Entry<V2NIMMessage>): void {
    const edges = this.edgePolicy();
    this.show([[entry, this.timeline.put(entry)]], edges);
  }

  /** Shows the new state of an own message; does nothing when the message is not loaded. */
  refresh(entry: Entry<V2NIMMessage>): void {
    if (this.has(entry.messageClientId)) this.addUnsent(entry);
  }

  /** Replaces each loaded message by the notice of its recall. */
  recall(recalls: readonly { messageClientId: string; recall: Recall }[]): void {
    const changes: [Entry<V2NIMMessage>, 'kept'][] = [];
    for (const { messageClientId, recall } of recalls) {
      const entry = this.timeline.get(messageClientId);
      if (!entry || entry.recall) continue;
      entry.recall = recall;
      changes.push([entry, 'kept']);
    }
    if (changes.length > 0) this.show(changes, this.edgePolicy());
  }

  /** Removes every message that the server had up to this time. */
  clearUntil(time: number): void {
    for (const { messageClientId, messageServerId, createTime } of [...this.timeline]) {
      if (messageServerId && createTime <= time) this.window.remove(messageClientId);
    }
  }

  clear(): void {
    this.pageEnd = undefined;
    this.window.clear();
    this.timeline.clear();
  }

  /** The oldest message the server knows. */
  oldest(): Entry<V2NIMMessage> | undefined {
    for (const entry of this.timeline) if (entry.messageServerId) return entry;
    return undefined;
  }

  /** The newest message the server knows. */
  newest(): Entry<V2NIMMessage> | undefined {
    for (const entry of this.timeline.newestFirst()) if (entry.messageServerId) return entry;
    return undefined;
  }

  /** The newest message of the other side that the window shows. */
  newestShown(): Entry<V2NIMMessage> | undefined {
    const { newestId } = this.window;
    let isInWindow = this.showsNewest;
    for (const entry of this.timeline.newestFirst()) {
      isInWindow ||= entry.messageClientId === newestId;
      if (isInWindow && entry.messageServerId && !entry.message.isSelf) return entry;
    }
    return undefined;
  }

  /** New messages are shown at the end; with the reader further up only while the window has room. */
  private edgePolicy(): EdgePolicy {
    return {
      start: this.showsOldest,
      end: this.showsNewest && (this.atBottom || !this.window.isFull),
    };
  }

  private put(messages: readonly V2NIMMessage[]): Changes {
    return messages.map((message) => {
      const incoming = entryOf(message);
      const change = this.timeline.put(incoming);
      return [this.timeline.get(incoming.messageClientId) ?? incoming, change];
    });
  }

  private show(changes: Changes, edges: EdgePolicy): void {
    this.window.apply(changes, edges);
    if (this.atBottom) this.window.cutBack();
  }
}

function entryOf(message: V2NIMMessage): Entry<V2NIMMessage> {
  return knownEntry(message, acknowledgedId(message));
}
