import type { FastifyInstance } from 'fastify';
import type { RoomView } from '../chatroom/chatrooms';
import { Refusal } from '../protocol/reasons';
import { withOrigin } from '../server/pictures';
import { AppServerError } from './app-server-error';
import type { AppServerOptions } from './app-server-options';

interface WithRoom {
  Params: { roomId: string };
}

/** Adds the chatroom routes of the sample app server: the list of rooms and their link addresses. */
export function registerRoomRoutes(app: FastifyInstance, options: AppServerOptions): void {
  const { world, rooms } = options;
  const completed = (room: RoomView): RoomView => ({
    ...room,
    cover: withOrigin(room.cover, options.origin()),
    liveUrl: withOrigin(room.liveUrl, options.origin()),
  });
  const openRoom = (roomId: string): RoomView => {
    try {
      world.rooms.require(roomId);
      return rooms.view(roomId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new AppServerError(404, error.code, error.message);
    }
  };

  app.get<{ Querystring: { q?: string } }>('/rooms', async ({ query }) => ({
    rooms: rooms.list(query.q).map(completed),
  }));

  app.get<WithRoom>('/rooms/:roomId', async ({ params }) => completed(openRoom(params.roomId)));

  app.get<WithRoom>('/rooms/:roomId/addresses', async ({ params, headers }) => {
    options.sessions.accountOf(headers.authorization);
    openRoom(params.roomId);
    return { addresses: [options.linkAddress()] };
  });
}
