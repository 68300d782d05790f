import { ConversationType } from '@/sdk/constants';
import { Code } from '@/sdk/codes';
import type { V2NIMMessage } from '@/sdk/types';

/** The SDK's limit of messages for one request of receipts, all of one conversation. */
const RECEIPT_BATCH = 50;

/** Whether the sender of a message wants to know who has read it. Super teams have no receipts. */
export function wantsTeamReceipt({
  conversationType,
  messageServerId,
  messageConfig,
}: V2NIMMessage): boolean {
  return (
    (conversationType as number) === ConversationType.TEAM &&
    Boolean(messageServerId) &&
    messageConfig?.readReceiptEnabled === true
  );
}

/** The app key or the team has no receipts: no later request can succeed. */
export function isReceiptDisabled(code: number): boolean {
  return (
    code === Code.teamReadReceiptFunctionDisabled || code === Code.teamMessageReadReceiptDisabled
  );
}

/** Portions of at most 50 messages, each of one conversation. */
export function receiptBatches(messages: Iterable<V2NIMMessage>): V2NIMMessage[][] {
  const groups = new Map<string, V2NIMMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.conversationId);
    if (group) group.push(message);
    else groups.set(message.conversationId, [message]);
  }
  const batches: V2NIMMessage[][] = [];
  for (const group of groups.values())
    for (let at = 0; at < group.length; at += RECEIPT_BATCH)
      batches.push(group.slice(at, at + RECEIPT_BATCH));
  return batches;
}
