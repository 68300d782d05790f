import { contentOf, isLineKind, MERGED, type Merged, type MessageRow } from '@/stores';
import { hasAddress } from '@/stores/messages/sender';

/** `oneByOne`: a copy of each message. `merged`: one message that names a file with all of them. */
export type Way = 'oneByOne' | 'merged';

/** Why a message cannot be forwarded. */
export type Obstacle = 'call' | 'notice' | 'unsent' | 'recalled' | 'unknown' | 'tooDeep';

/** Most messages of each way. Yunxin's kits have the same limits. */
export const MOST_MESSAGES: Readonly<Record<Way, number>> = { oneByOne: 10, merged: 100 };

/** Levels of forwarded messages inside of each other that Yunxin's kits open. */
const MOST_DEPTH = 3;

/** The fields of a row that are forwarded. */
export type Forwarded = Pick<MessageRow, 'kind' | 'content' | 'status' | 'recalled' | 'message'>;

/** Null when the message can be forwarded. */
export function obstacleOf(row: Forwarded, way: Way): Obstacle | null {
  const { kind, status, recalled, message } = row;
  if (recalled) return 'recalled';
  if (kind === 'call') return 'call';
  if (isLineKind(kind)) return 'notice';
  if (kind === 'unknown' || kind === 'robot') return 'unknown';
  if (status !== 'sent') return 'unsent';
  // A file that the sender gave no address for has nothing that a copy could show.
  if (FILES.includes(kind) && !hasAddress(message)) return 'unknown';
  return way === 'merged' && depthOf(row) >= MOST_DEPTH ? 'tooDeep' : null;
}

const FILES: readonly string[] = ['image', 'audio', 'video', 'file'];

/** Levels of forwarded messages in a message; 0 for a message of another kind. */
export function depthOf(row: Pick<MessageRow, 'kind' | 'content'>): number {
  const custom = contentOf(row, 'custom');
  if (custom?.type !== String(MERGED)) return 0;
  return (custom.value as Merged | null)?.depth ?? 0;
}

/** The number of messages for each obstacle. */
export function obstaclesOf(rows: readonly Forwarded[], way: Way): Map<Obstacle, number> {
  const counts = new Map<Obstacle, number>();
  for (const row of rows) {
    const obstacle = obstacleOf(row, way);
    if (obstacle) counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1);
  }
  return counts;
}
