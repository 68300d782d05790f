import type { V2NIMMessage } from '@/sdk/types';
import { addressOf } from './conversation-id';

/** A message of the SDK's creator with what the creator leaves to the server; row and order need it now. */
export function ownMessage(
  message: V2NIMMessage,
  conversationId: string,
  accountId: string,
): V2NIMMessage {
  const { targetId } = addressOf(conversationId);
  return { ...message, conversationId, senderId: accountId, receiverId: targetId, isSelf: true };
}
