import { type ListEdges, ListScroll } from '@/components/message-list/list-scroll';
import type { RoomFeed } from '../stores/room-feed';
import type { RoomSegment } from '../stores/room-window';

export function roomScroll(feed: RoomFeed): ListScroll {
  return new ListScroll(feed, {
    id: 'room-messages',
    keepsBack: true,
    edges: () => edgesOf(feed),
  });
}

/** The ends of the window. Every container is read, so that an observer sees the first row too. */
export function edgesOf({ segments }: RoomFeed): ListEdges {
  let first: RoomSegment | undefined;
  let last: RoomSegment | undefined;
  for (const segment of segments) {
    if (segment.rows.length === 0) continue;
    if (!first || segment.order < first.order) first = segment;
    if (!last || segment.order > last.order) last = segment;
  }
  return {
    oldest: first?.rows[0]?.messageClientId,
    newest: last?.rows[last.rows.length - 1]?.messageClientId,
  };
}
