import type { V2NIMMessage } from '@/sdk/types';
import { type ChatEntry, knownEntry, mergeEntry } from './chat-entry';
import { type Changes, ChatWindow, type Reach, type WindowLimits } from './chat-window';
import type { MessageRow } from './message-row';
import type { Recall } from './removed-messages';
import { Timeline } from './timeline';

/**
 * What a chat consists of: everything known of it in a timeline, and the window that is on the screen.
 * Methods that change rows run inside an action.
 */
export class ChatContent {
  readonly window: ChatWindow;
  /** The reader looks at the newest message; further up nothing is dropped from under the eye. */
  atBottom = true;
  private readonly timeline = new Timeline<ChatEntry>(mergeEntry);

  constructor(decorate: (row: MessageRow, entry: ChatEntry) => void, limits?: WindowLimits) {
    this.window = new ChatWindow(this.timeline, decorate, limits);
  }

  get size(): number {
    return this.timeline.size;
  }

  /** The timeline holds messages before the window. */
  get hasOlder(): boolean {
    return this.window.oldestId !== this.timeline.first()?.messageClientId;
  }

  /** The timeline holds messages after the window. */
  get hasNewer(): boolean {
    return !this.window.followsEnd;
  }

  has(messageClientId: string): boolean {
    return this.timeline.get(messageClientId) !== undefined;
  }

  /** The newest page: the window begins anew with it. */
  begin(messages: readonly V2NIMMessage[], unsent: readonly ChatEntry[]): void {
    for (const message of messages) this.timeline.put(knownEntry(message));
    for (const entry of unsent) this.timeline.put(entry);
    this.window.reset(this.timeline.size);
  }

  /** A page of older messages, shown at the far end of the window. */
  addOlder(messages: readonly V2NIMMessage[]): void {
    this.window.apply(this.put(messages), { start: false, end: false });
    this.window.extendOlder(messages.length);
  }

  /**
   * Adds messages to the timeline and shows them where they belong. What is older than `notBefore` is left
   * out: it has its place in a page that is not here yet. Returns how many are new.
   */
  receive(messages: readonly V2NIMMessage[], notBefore: number): number {
    const reach = this.reach();
    const before = this.timeline.size;
    const wanted = messages.filter(
      ({ createTime, messageClientId }) => createTime >= notBefore || this.has(messageClientId),
    );
    this.show(this.put(wanted), reach);
    return this.timeline.size - before;
  }

  /** Adds an unsent message of ours. */
  add(entry: ChatEntry): void {
    const reach = this.reach();
    this.show([[entry, this.timeline.put(entry)]], reach);
  }

  /** A message of ours has a new state; nothing happens when it is not loaded. */
  refresh(entry: ChatEntry): void {
    if (this.has(entry.messageClientId)) this.add(entry);
  }

  /** Puts the notice of its recall in the place of each message that is loaded. */
  recall(recalls: readonly { messageClientId: string; recall: Recall }[]): void {
    const changes: [ChatEntry, 'kept'][] = [];
    for (const { messageClientId, recall } of recalls) {
      const entry = this.timeline.get(messageClientId);
      if (!entry || entry.recall) continue;
      entry.recall = recall;
      changes.push([entry, 'kept']);
    }
    if (changes.length > 0) this.show(changes, this.reach());
  }

  /** Everything the server had up to this time is gone. */
  clearUntil(time: number): void {
    for (const { messageClientId, messageServerId, createTime } of [...this.timeline]) {
      if (messageServerId && createTime <= time) this.window.remove(messageClientId);
    }
  }

  clear(): void {
    this.window.clear();
    this.timeline.clear();
  }

  /** The oldest message the server knows. */
  oldest(): ChatEntry | undefined {
    for (const entry of this.timeline) if (entry.messageServerId) return entry;
    return undefined;
  }

  /** The newest message the server knows. */
  newest(): ChatEntry | undefined {
    for (const entry of this.timeline.newestFirst()) if (entry.messageServerId) return entry;
    return undefined;
  }

  /** The newest message of the other side that the window shows. */
  newestShown(): ChatEntry | undefined {
    const { newestId } = this.window;
    let isInWindow = !this.hasNewer;
    for (const entry of this.timeline.newestFirst()) {
      isInWindow ||= entry.messageClientId === newestId;
      if (isInWindow && entry.messageServerId && !entry.message.isSelf) return entry;
    }
    return undefined;
  }

  /** New messages appear at the end; with the reader further up only while there is room. */
  private reach(): Reach {
    return {
      start: !this.hasOlder,
      end: !this.hasNewer && (this.atBottom || !this.window.isFull),
    };
  }

  private put(messages: readonly V2NIMMessage[]): Changes {
    return messages.map((message) => {
      const incoming = knownEntry(message);
      const change = this.timeline.put(incoming);
      return [this.timeline.get(incoming.messageClientId) ?? incoming, change];
    });
  }

  private show(changes: Changes, reach: Reach): void {
    this.window.apply(changes, reach);
    if (this.atBottom) this.window.cutBack();
  }
}
