import type { FastifyInstance } from 'fastify';
import type { RoomView } from '../chatroom/chatrooms';
import { Reason, Refusal } from '../protocol/reasons';
import { withOrigin } from '../server/pictures';
import { AppServerError, field, optionalField } from './app-server-error';
import type { AppServerOptions } from './app-server';

interface WithRoom {
  Params: { roomId: string };
}

/** Chatrooms as a company's own backend offers them: the list, addresses, one's own clients. */
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
  const checkAccount = (accountId: string, token: string | undefined): void => {
    const account = world.account(accountId);
    if (!account) throw new AppServerError(404, 102404, `no account ${accountId}`);
    if (token !== undefined && token !== account.token) {
      throw new AppServerError(403, Reason.invalidToken, 'the token is not of this account');
    }
  };

  app.get<{ Querystring: { q?: string } }>('/rooms', async ({ query }) => ({
    rooms: rooms.list(query.q).map(completed),
  }));

  app.get<WithRoom>('/rooms/:roomId', async ({ params }) => completed(openRoom(params.roomId)));

  app.get<WithRoom>('/rooms/:roomId/addresses', async ({ params }) => {
    openRoom(params.roomId);
    return { addresses: [options.linkAddress()] };
  });

  app.get<WithRoom & { Querystring: { accountId?: string; token?: string } }>(
    '/rooms/:roomId/own-clients',
    async ({ params, query }) => {
      openRoom(params.roomId);
      const accountId = field(query, 'accountId');
      checkAccount(accountId, query.token);
      return { clients: rooms.clients(params.roomId, accountId) };
    },
  );

  app.post<WithRoom>('/rooms/:roomId/kick-own', async ({ params, body }) => {
    openRoom(params.roomId);
    const accountId = field(body, 'accountId');
    checkAccount(accountId, optionalField(body, 'token'));
    const kicked = rooms.kickOwn(params.roomId, accountId, optionalField(body, 'clientId'));
    return { kicked };
  });
}
