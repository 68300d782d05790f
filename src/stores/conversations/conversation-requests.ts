import { ConnectionError, type ImConnection } from '@/connection';
import { Code } from '@/sdk/codes';
import type { V2NIMLocalConversation } from '@/sdk/types';

const PAGE = 100;

/** Reads the SDK's whole list, page by page, until `take` returns false. */
export async function everyConversation(
  { services }: ImConnection,
  take: (page: readonly V2NIMLocalConversation[]) => boolean,
): Promise<void> {
  for (let offset = 0, finished = false; !finished;) {
    const page = await services.conversation.getConversationList(offset, PAGE);
    if (!take(page.conversationList)) return;
    ({ offset, finished } = page);
  }
}

/**
 * Deletes a conversation. `clearHistory` first deletes its messages, for this account on all devices.
 * @param beforeDelete runs when the history is cleared
 * @throws ConnectionError
 */
export async function deleteConversation(
  { services }: ImConnection,
  conversationId: string,
  clearHistory: boolean,
  beforeDelete: () => void,
): Promise<void> {
  const { conversation, message } = services;
  try {
    if (clearHistory)
      await message.clearHistoryMessage({ conversationId, deleteRoam: true, onlineSync: true });
    beforeDelete();
    await conversation.deleteConversation(conversationId, clearHistory);
  } catch (cause) {
    const error = ConnectionError.from(cause);
    // The SDK does not know a row of the snapshot; only the row has to go.
    if (error.code !== Code.resourceNotExist) throw error;
  }
}
