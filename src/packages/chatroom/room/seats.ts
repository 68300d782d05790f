import type { RoomQueueElement } from '../sdk';
import type { RoomStore } from '../stores/room-store';

/**
 * Only managers may take elements out of a room's queue. Whoever leaves a seat without being one says so in
 * the value; the element itself goes when its owner leaves the room.
 */
const LEFT = '-';
/** Chinese characters of a value, by the SDK's advice. */
const NAME_LIMIT = 64;

/** Seats somebody is on. */
export function seatsOf({ queue }: RoomStore): readonly RoomQueueElement[] {
  return queue.elements.filter(({ value }) => value !== LEFT);
}

/** I am on one: under the key of my account. */
export function amSeated(room: RoomStore): boolean {
  return seatsOf(room).some(({ key }) => key === room.accountId);
}

/** @throws ConnectionError */
export async function takeSeat({ queue, me, accountId }: RoomStore): Promise<void> {
  await queue.offer(accountId, (me.member?.roomNick || accountId).slice(0, NAME_LIMIT));
}

/** @throws ConnectionError */
export async function leaveSeat({ queue, mayManage, accountId }: RoomStore): Promise<void> {
  if (mayManage) await queue.poll(accountId);
  else await queue.offer(accountId, LEFT);
}
