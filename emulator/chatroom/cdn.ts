import type { FastifyInstance } from 'fastify';
import type { Property } from '../protocol/packet';
import { OWN_ORIGIN, withOrigin } from '../server/pictures';
import type { RoomRecord } from '../world/room-state';
import { isPolled } from './polling';
import type { ChatroomParts } from './room-command';

const CDN_PATH = '/cdn/rooms';
const POLLING_TIMEOUT_MS = 1000;

/**
 * Polling instructions for a client (docs/yunxin-protocol.md, section 8.13): third item of the answer to
 * `36_2`, and `13_99`.
 */
export function cdnToWire({ world }: Pick<ChatroomParts, 'world'>, room: RoomRecord): Property {
  if (room.cdnPollingSeconds <= 0) return { 1: 0 };
  return {
    1: 1,
    // The SDK replaces `#time` by the time of the poll.
    2: withOrigin(`${OWN_ORIGIN}${CDN_PATH.slice(1)}/${room.roomId}/#time`, world.origin),
    3: world.now(),
    4: room.cdnPollingSeconds,
    5: 0,
    7: POLLING_TIMEOUT_MS,
  };
}

/** Adds the route from which clients of polling rooms fetch the messages before a given time. */
export function registerCdn(app: FastifyInstance, { world, wire }: ChatroomParts): void {
  app.get<{ Params: { roomId: string; time: string } }>(
    `${CDN_PATH}/:roomId/:time`,
    async ({ params }, reply) => {
      const room = world.rooms.find(params.roomId);
      if (!room || room.cdnPollingSeconds <= 0) return reply.code(404).send({ code: 404 });
      const end = Number(params.time);
      // The answer covers two intervals because a drifting timer sometimes skips one; the SDK deduplicates.
      const begin = end - 2 * room.cdnPollingSeconds * 1000;
      const messages = room.messages.filter(
        (message) =>
          message.createTime >= begin && message.createTime < end && isPolled(room, message),
      );
      // `c`: seconds over which the SDK spreads the messages of a page; `e`: whether `data` is encrypted.
      return {
        data: JSON.stringify(messages.map((message) => wire.message(message))),
        c: room.cdnPollingSeconds,
        e: false,
      };
    },
  );
}
