import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from './conversation-id';
import { UntilTold } from './until-told';

/** Read receipts of one p2p chat: what the other side has read, and telling what was read here. */
export class ReadReceipts {
  /** The other side has read everything of ours up to this time. */
  readUntil = 0;
  private readonly isP2p: boolean;
  private readonly told: UntilTold<V2NIMMessage>;

  constructor(
    private readonly connection: ImConnection,
    private readonly conversationId: string,
    clock: Clock,
  ) {
    this.isP2p = addressOf(conversationId).type === ConversationType.P2P;
    this.told = new UntilTold({
      clock,
      tell: (_, message) => connection.services.message.sendP2PMessageReceipt(message),
      isOnline: () => connection.state.name === 'online',
      isNewer: (message, than) => message.createTime > than.createTime,
    });
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

  /** The newest message of the other side that was on the screen; told until the server has it. */
  show(message: V2NIMMessage): void {
    if (this.isP2p) this.told.want(this.conversationId, message);
  }

  /** The link is back. */
  resume(): void {
    this.told.resume();
  }

  dispose(): void {
    this.told.dispose();
  }
}
