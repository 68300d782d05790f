import { runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { ChatContent } from './chat-content';
import type { V2NIMMessage } from '@/sdk/types';
import type { Entry } from '../messages/entry';
import type { MessageRow } from '../messages/message-row';
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
  /** Whether the account tells others what it has read. */
  sharesReads: () => boolean;
  /** Server time up to which the other side has read, from the receipts of this login; 0 when it is unknown. */
  peerReadUntil: () => number;
}

/**
 * Read state of one chat: what the reader has seen here, and what the other side has read. Methods that change rows
 * run inside an action.
 */
export class ChatReading {
  private readonly receipts: ReadReceipts;
  /** Pages that show this chat; the chat itself until its first page reports. */
  private readonly viewers = new Set<object>();
  private isReady = false;
  private isActive = false;
  private isOver = false;

  constructor(private readonly deps: ChatReadingDependencies) {
    const { connection, conversationId, clock, sharesReads } = deps;
    this.receipts = new ReadReceipts(connection, conversationId, clock, sharesReads);
    this.viewers.add(this);
  }

  /** Reports whether a page shows the chat. Until the first report the chat counts as shown. */
  setVisible(isShown: boolean, viewer: object = this): void {
    this.viewers.delete(this);
    if (isShown) this.viewers.add(viewer);
    else this.viewers.delete(viewer);
    this.markSeen();
  }

  /** Whether the first page of messages is there. */
  setReady(isReady: boolean): void {
    this.isReady = isReady;
    this.markSeen();
  }

  /** Marks the messages on the screen as read; messages further down or behind another page are not. */
  markSeen(): void {
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

  /** Shows the read position of the other side that the SDK knows: receipts also come while no chat is open. */
  async load(): Promise<void> {
    const known = await this.receipts.known();
    if (this.isOver) return;
    // The SDK keeps the last receipt, which may be an older one: receipts may come in any order.
    runInAction(() => this.readByPeer(Math.max(known, this.deps.peerReadUntil())));
  }

  /** Sends the receipts again that the server may lack, after a reconnect. */
  resume(): void {
    this.receipts.resume();
  }

  decorate(row: MessageRow, { status, createTime }: Entry<V2NIMMessage>): void {
    if (row.mine) row.read = status === 'sent' && createTime <= this.receipts.readUntil;
  }

  /** The other side has read everything up to this server time (milliseconds). */
  readByPeer(timestamp: number): void {
    if (!this.receipts.advanceReadUntil(timestamp)) return;
    const { readUntil } = this.receipts;
    for (const row of this.deps.content.window.all()) {
      if (row.mine && !row.read && row.status === 'sent' && row.createTime <= readUntil)
        row.read = true;
    }
  }

  /** Ends the reading: no page shows the chat. */
  dispose(): void {
    this.viewers.clear();
    this.markSeen();
    this.isOver = true;
    this.receipts.dispose();
  }
}
