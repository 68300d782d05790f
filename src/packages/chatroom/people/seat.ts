import type { QueueStore, RoomMember, RoomQueueElement } from '../index';
import { nameOf } from './member-labels';

/** Maximum characters of a queue value: the SDK takes 128, and a Chinese character counts two. */
const NAME_LIMIT = 64;

/** The mic seat of a member: the element of the room's queue under the member's account. */
export function seatOf(
  queue: Pick<QueueStore, 'element'>,
  accountId: string,
): RoomQueueElement | undefined {
  return queue.element(accountId);
}

/** The value of a seat: the member on it. */
export function seatValue(member: RoomMember): string {
  return nameOf(member).slice(0, NAME_LIMIT);
}
