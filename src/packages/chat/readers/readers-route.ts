import type { V2NIMMessage } from '@/sdk/types';

/** The address of the page that names the members who have read an own message in a team. */
export function readersRoute({
  conversationId,
  messageClientId,
  messageServerId,
}: Pick<V2NIMMessage, 'conversationId' | 'messageClientId' | 'messageServerId'>): string {
  return (
    `/packages/chat/readers/index?conversationId=${encodeURIComponent(conversationId)}` +
    `&message=${messageClientId}&server=${messageServerId}`
  );
}
