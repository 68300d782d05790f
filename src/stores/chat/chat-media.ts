import { answered } from '@/connection';
import { systemClock } from '@/platform';
import { MessageType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import type { AccountStores } from '../session/account';

const PAGE = 30;
/** The SDK's V2NIMQueryDirection. */
const DIRECTIONS = { older: 0, newer: 1 } as const;

/**
 * A page of the pictures and videos of a chat beside a message, without those that were removed.
 * @throws ConnectionError
 */
export async function chatMediaPage(
  { connection, conversations }: Pick<AccountStores, 'connection' | 'conversations'>,
  conversationId: string,
  side: keyof typeof DIRECTIONS,
  beside: V2NIMMessage,
): Promise<readonly V2NIMMessage[]> {
  const page = await answered(systemClock, () =>
    connection.services.message.getMessageList({
      conversationId,
      direction: DIRECTIONS[side],
      limit: PAGE,
      anchorMessage: beside,
      messageTypes: [MessageType.IMAGE, MessageType.VIDEO] as never,
    }),
  );
  const { removed } = conversations;
  return removed
    .remaining(page, conversationId)
    .filter(({ messageClientId }) => !removed.recallOf(messageClientId));
}
