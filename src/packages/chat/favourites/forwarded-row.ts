import type { V2NIMMessage } from '@/sdk/types';
import type { Favourite } from '@/stores/chat/favourites';
import { readMessage } from '@/stores/messages/kinds';
import type { Forwarded } from '../forward/obstacles';

/** A favourite as a message to forward. Its message may be gone from the server: the copy has the collected content. */
export function forwardedRow({ messageType, text, attachment, ...from }: Favourite): Forwarded {
  const { messageClientId, conversationId } = from;
  const message = { messageType, text, attachment, messageClientId, conversationId };
  return {
    ...readMessage(message as V2NIMMessage),
    status: 'sent',
    recalled: false,
    message: message as V2NIMMessage,
  };
}
