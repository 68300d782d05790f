import { type ListEdges, ListScroll } from '@/components/message-list/list-scroll';
import { segmentId } from '@/components/message-list/row-segments';
import { BLOCK_ROWS, type Chat } from '@/stores';

const LIST_ID = 'messages';

export function chatScroll(chat: Chat): ListScroll {
  return new ListScroll(chat, { id: LIST_ID, edges: () => edgesOf(chat) });
}

export function edgesOf({ history, live }: Chat): ListEdges {
  return {
    oldest: (history[history.length - 1] ?? live[0])?.messageClientId,
    newest: (live[live.length - 1] ?? history[0])?.messageClientId,
  };
}

/** The id of the view's segment that has the row of a message; undefined for a message outside the window. */
export function segmentOf(chat: Chat, messageClientId: string): string | undefined {
  for (const part of ['history', 'live'] as const) {
    const index = chat[part].findIndex((row) => row.messageClientId === messageClientId);
    if (index < 0) continue;
    const { generation, [`${part}Start` as const]: start } = chat.placing;
    return segmentId(LIST_ID, part, generation, Math.floor((start + index) / BLOCK_ROWS));
  }
  return undefined;
}
