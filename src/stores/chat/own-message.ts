import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from '../conversations/conversation-id';

/** Adds the fields that the SDK's creator leaves to the server: the row and the order need them before. */
export function ownMessage(
  message: V2NIMMessage,
  conversationId: string,
  accountId: string,
): V2NIMMessage {
  const { targetId } = addressOf(conversationId);
  return { ...message, conversationId, senderId: accountId, receiverId: targetId, isSelf: true };
}
