import type { RoomQueueElement } from '../sdk-types';
import type { RoomStore } from '../stores/room-store';

/**
 * The value of a seat that its member has left. Only managers may remove elements of a room's queue, so that
 * other members mark theirs with this value; the server removes the element when its owner leaves the room.
 */
const LEFT = '-';
/** Maximum length of a value in Chinese characters, as the SDK advises. */
const NAME_LIMIT = 64;

/** Occupied seats. */
export function seatsOf({ queue }: RoomStore): readonly RoomQueueElement[] {
  return queue.elements.filter(({ value }) => value !== LEFT);
}

/** Whether the user has a seat: an element under the key of the own account. */
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
