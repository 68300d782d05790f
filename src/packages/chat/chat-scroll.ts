import { type ListEdges, ListScroll } from '@/components/message-list/list-scroll';
import { segmentId } from '@/components/message-list/row-segments';
import { BLOCK_ROWS, type Chat, type MessageRow } from '@/stores';

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

/** The view's segments from the oldest to the newest, each with its rows from the oldest to the newest. */
export function segmentsOf({
  history,
  live,
  placing,
}: Pick<Chat, 'history' | 'live' | 'placing'>): { id: string; rows: readonly MessageRow[] }[] {
  const { generation, historyStart, liveStart } = placing;
  const cut = (rows: readonly MessageRow[], part: string, start: number) =>
    Array.from({ length: Math.ceil(rows.length / BLOCK_ROWS) }, (_, i) => ({
      id: segmentId(LIST_ID, part, generation, start / BLOCK_ROWS + i),
      rows: rows.slice(i * BLOCK_ROWS, (i + 1) * BLOCK_ROWS),
    }));
  const older = cut(history, 'history', historyStart).map(({ id, rows }) => ({
    id,
    rows: [...rows].reverse(),
  }));
  return [...older.reverse(), ...cut(live, 'live', liveStart)];
}
