import type { ImConnection } from '@/connection';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from './conversation-id';

/** Read receipts of one p2p chat: what the other side has read, and telling what was read here. */
export class ReadReceipts {
  /** The other side has read everything of ours up to this time. */
  readUntil = 0;
  private readonly isP2p: boolean;
  private shown: V2NIMMessage | undefined;
  private toldTime = 0;
  private telling = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly conversationId: string,
  ) {
    this.isP2p = addressOf(conversationId).type === ConversationType.P2P;
  }

  /** What the SDK knows from the last sync. Resolves to whether it is news. */
  async load(): Promise<boolean> {
    if (!this.isP2p) return false;
    try {
      const { message } = this.connection.services;
      const { timestamp } = await message.getP2PMessageReceipt(this.conversationId);
      return this.note(timestamp ?? 0);
    } catch {
      return false; // The marks appear with the next receipt.
    }
  }

  /** Receipts only ever move forward, whatever order they come in. */
  note(timestamp: number): boolean {
    if (timestamp <= this.readUntil) return false;
    this.readUntil = timestamp;
    return true;
  }

  /** The newest message of the other side that is on the screen; it is told once. */
  show(message: V2NIMMessage): void {
    if (!this.isP2p) return;
    this.shown = message;
    void this.tell();
  }

  /** Also called when the link is back: what was read meanwhile has not been told. */
  async tell(): Promise<void> {
    if (this.telling) return;
    this.telling = true;
    while (this.shown && this.shown.createTime > this.toldTime) {
      if (this.connection.state.name !== 'online') break;
      const { shown } = this;
      try {
        await this.connection.services.message.sendP2PMessageReceipt(shown);
        this.toldTime = shown.createTime;
      } catch {
        break; // Told again with the next message or after the next reconnect.
      }
    }
    this.telling = false;
  }
}
