import { truthOf } from '../protocol/request-items';
import { RoomMessageTag } from '../protocol/room-tags';
import { MessageType } from '../protocol/tags';
import type { RoomMessage, RoomRecord } from '../world/room-state';

/**
 * Tells whether clients fetch a message by polling. In a polling room, high-priority messages and messages
 * with receivers, target tags or a location are pushed all the same.
 */
export function isPolled(room: RoomRecord, message: RoomMessage): boolean {
  if (room.cdnPollingSeconds <= 0 || message.messageType === MessageType.notification) return false;
  const { wire, receiverIds, notifyTargetTags } = message;
  const { highPriority, x } = RoomMessageTag;
  return !truthOf(wire[highPriority]) && !receiverIds && !notifyTargetTags && wire[x] === undefined;
}
