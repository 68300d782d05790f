import { observable, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import { isLineKind } from '../messages/kinds';
import type { ConversationRow } from './conversation-row';

/** Server time up to which the other side of each one-to-one conversation has read, from the SDK's receipts. */
export class PeerReads {
  private readonly times = observable.map<string, number>({}, { deep: false });

  constructor(private readonly connection: ImConnection) {
    // The sync of a login reports the receipts of all conversations by the same event.
    connection.listen('message', 'onReceiveP2PMessageReadReceipts', (receipts) =>
      runInAction(() => {
        for (const { conversationId, timestamp } of receipts)
          if (timestamp > (this.times.get(conversationId) ?? 0))
            this.times.set(conversationId, timestamp);
      }),
    );
  }

  /** Server time up to which the other side has read; 0 when no receipt has come. */
  until(conversationId: string): number {
    return this.times.get(conversationId) ?? 0;
  }

  /** Whether the other side has read the last message of a row; null when the row's last message has no such state. */
  stateOf({
    conversationId,
    isP2p,
    targetId,
    preview,
    time,
  }: ConversationRow): 'read' | 'sent' | null {
    const { accountId } = this.connection;
    const { senderId, status, recalledBy, kind } = preview;
    const isSent = status === 'sent' && recalledBy === null && !isLineKind(kind);
    if (!isP2p || targetId === accountId || senderId !== accountId || !isSent) return null;
    return time <= this.until(conversationId) ? 'read' : 'sent';
  }
}
