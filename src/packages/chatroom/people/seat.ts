import type { QueueStore, RoomMember, RoomQueueElement } from '../index';
import { nameOf } from './member-labels';

/** Characters of a queue value; the SDK takes 128, of which a Chinese one counts two. */
const NAME_LIMIT = 64;

/** The mic seat somebody is on: the element of the room's queue under their account. */
export function seatOf(
  queue: Pick<QueueStore, 'element'>,
  accountId: string,
): RoomQueueElement | undefined {
  return queue.element(accountId);
}

/** What is on the seat: who sits there. */
export function seatValue(member: RoomMember): string {
  return nameOf(member).slice(0, NAME_LIMIT);
}
