import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from '../conversations/conversation-id';
import { UntilTold } from '../messages/until-told';

/**
 * Read receipts of one p2p chat: the read position of the other side, and the own one, which is sent to the server.
 */
export class ReadReceipts {
  /** Server time up to which the other side has read the own messages. */
  readUntil = 0;
  private readonly isP2p: boolean;
  private readonly told: UntilTold<V2NIMMessage>;

  constructor(
    private readonly connection: ImConnection,
    private readonly conversationId: string,
    clock: Clock,
    /** Whether the account tells others what it has read. */
    private readonly isOn: () => boolean,
  ) {
    this.isP2p = addressOf(conversationId).type === ConversationType.P2P;
    this.told = new UntilTold({
      clock,
      tell: (_, message) => connection.services.message.sendP2PMessageReceipt(message),
      isOnline: () => connection.state.name === 'online' && isOn(),
      isNewer: (message, than) => message.createTime > than.createTime,
    });
  }

  /** The position that the SDK knows from syncs and receipts, without a request; server time, 0 for none. */
  async known(): Promise<number> {
    if (!this.isP2p) return 0;
    try {
      const { message } = this.connection.services;
      const { timestamp } = await message.getP2PMessageReceipt(this.conversationId);
      return timestamp ?? 0;
    } catch {
      return 0; // The marks appear with the next receipt.
    }
  }

  /** Moves `readUntil` forward; receipts may come in any order. Returns whether it moved. */
  advanceReadUntil(timestamp: number): boolean {
    if (timestamp <= this.readUntil) return false;
    this.readUntil = timestamp;
    return true;
  }

  /** Sends a receipt for the newest message of the other side that was on the screen, until the server has it. */
  show(message: V2NIMMessage): void {
    if (this.isP2p && this.isOn()) this.told.want(this.conversationId, message);
  }

  /** Sends receipts again that the server may lack, after a reconnect. */
  resume(): void {
    this.told.resume();
  }

  dispose(): void {
    this.told.dispose();
  }
}
