import type { FastifyInstance } from 'fastify';
import type { Property } from '../protocol/packet';
import { truthOf } from '../protocol/request-items';
import { RoomMessageTag } from '../protocol/room-tags';
import { MessageType } from '../protocol/tags';
import { OWN_ORIGIN, withOrigin } from '../server/pictures';
import type { RoomMessage, RoomRecord } from '../world/room-state';
import type { ChatroomParts } from './room-command';

const CDN_PATH = '/cdn/rooms';
const POLLING_TIMEOUT_MS = 1000;

/** Whether a message comes by polling in a room that has it on: what is urgent or for some is pushed. */
export function isPolled(room: RoomRecord, message: RoomMessage): boolean {
  if (room.cdnPollingSeconds <= 0 || message.messageType === MessageType.notification) return false;
  const { wire, receiverIds, notifyTargetTags } = message;
  const { highPriority, x } = RoomMessageTag;
  return !truthOf(wire[highPriority]) && !receiverIds && !notifyTargetTags && wire[x] === undefined;
}

/** How a client is to poll (shape C5): the third item of entering, and `13_99`. */
export function cdnToWire({ world }: Pick<ChatroomParts, 'world'>, room: RoomRecord): Property {
  if (room.cdnPollingSeconds <= 0) return { 1: 0 };
  return {
    1: 1,
    // The SDK puts the time of its poll in the place of `#time`.
    2: withOrigin(`${OWN_ORIGIN}${CDN_PATH.slice(1)}/${room.roomId}/#time`, world.origin),
    3: world.now(),
    4: room.cdnPollingSeconds,
    5: 0,
    7: POLLING_TIMEOUT_MS,
  };
}

/** Where clients of large rooms fetch what was said before the time they name. */
export function registerCdn(app: FastifyInstance, { world, wire }: ChatroomParts): void {
  app.get<{ Params: { roomId: string; time: string } }>(
    `${CDN_PATH}/:roomId/:time`,
    async ({ params }, reply) => {
      const room = world.rooms.find(params.roomId);
      if (!room || room.cdnPollingSeconds <= 0) return reply.code(404).send({ code: 404 });
      const end = Number(params.time);
      // Two intervals, for a timer that drifts skips one now and then; the SDK drops doubles.
      const begin = end - 2 * room.cdnPollingSeconds * 1000;
      const messages = room.messages.filter(
        (message) =>
          message.createTime >= begin && message.createTime < end && isPolled(room, message),
      );
      // `c` is the time in seconds over which the SDK spreads what it got, `e` says encrypted.
      return {
        data: JSON.stringify(messages.map((message) => wire.message(message))),
        c: room.cdnPollingSeconds,
        e: false,
      };
    },
  );
}
