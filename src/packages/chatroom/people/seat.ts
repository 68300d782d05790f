import type { RoomMember, RoomQueueElement } from '../index';
import { nameOf } from './member-labels';

/** The mic seat somebody is on: a queue element under their account. */
export function seatOf(
  queue: { element(key: string): RoomQueueElement | undefined },
  accountId: string,
): RoomQueueElement | undefined {
  return queue.element(accountId);
}

export function seatValue(member: RoomMember): string {
  return nameOf(member);
}
