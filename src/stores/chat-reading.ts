import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { ChatContent } from './chat-content';
import type { ChatEntry } from './chat-entry';
import type { MessageRow } from './message-row';
import { ReadReceipts } from './read-receipts';

export interface ChatReadingDependencies {
  connection: ImConnection;
  conversationId: string;
  clock: Clock;
  content: ChatContent;
  /** Tells the conversation list whether the end of the chat is on the screen. */
  onActive: (isActive: boolean) => void;
  /** Messages of the other side up to this server time (milliseconds) were on the screen. */
  onSeen: (until: number) => void;
}

/**
 * What is read in one chat: by the reader here, as far as it was on the screen, and by the other side.
 * Methods that change rows run inside an action.
 */
export class ChatReading {
  private readonly receipts: ReadReceipts;
  /** Pages that show this chat; the chat itself until its first page has spoken. */
  private readonly viewers = new Set<object>();
  private isReady = false;
  private isActive = false;
  private isOver = false;

  constructor(private readonly deps: ChatReadingDependencies) {
    this.receipts = new ReadReceipts(deps.connection, deps.conversationId, deps.clock);
    this.viewers.add(this);
  }

  /** The first view of the chat is taken for shown until its page says otherwise. */
  setVisible(isShown: boolean, viewer: object = this): void {
    this.viewers.delete(this);
    if (isShown) this.viewers.add(viewer);
    else this.viewers.delete(viewer);
    this.look();
  }

  /** Whether there is anything to see: the first page. */
  setReady(isReady: boolean): void {
    this.isReady = isReady;
    this.look();
  }

  /** What is on the screen now is read; what waits further down, or behind another page, is not. */
  look(): void {
    if (this.isOver) return;
    const { content, onActive, onSeen } = this.deps;
    const isActive = this.viewers.size > 0 && this.isReady && content.atBottom;
    if (isActive !== this.isActive) onActive(isActive);
    this.isActive = isActive;
    const newest = isActive ? content.newestShown() : undefined;
    if (!newest) return;
    this.receipts.show(newest.message);
    onSeen(newest.createTime);
  }

  /** What the SDK knows of the other side from the last sync. */
  async load(): Promise<void> {
    await this.receipts.load();
  }

  /** The link is back. */
  resume(): void {
    this.receipts.resume();
  }

  decorate(row: MessageRow, { status, createTime }: ChatEntry): void {
    if (row.mine) row.read = status === 'sent' && createTime <= this.receipts.readUntil;
  }

  /** The other side has read everything up to this server time (milliseconds). */
  readByPeer(timestamp: number): void {
    if (!this.receipts.note(timestamp)) return;
    const { readUntil } = this.receipts;
    for (const row of this.deps.content.window.all()) {
      if (row.mine && !row.read && row.status === 'sent' && row.createTime <= readUntil)
        row.read = true;
    }
  }

  /** No page shows the chat any more. */
  dispose(): void {
    this.viewers.clear();
    this.look();
    this.isOver = true;
    this.receipts.dispose();
  }
}
