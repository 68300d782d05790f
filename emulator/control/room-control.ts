import type { FastifyInstance } from 'fastify';
import type { RoomOperator, RoomRoleName } from '../chatroom/chatrooms';
import type { Flood, FloodOptions } from '../chatroom/flood';
import type { NewRoomMessage } from '../chatroom/room-broadcast';
import type { Emulator } from '../emulator';
import { MemberRole } from '../protocol/room-tags';
import { Reason, Refusal } from '../protocol/reasons';
import type { RoomQueueElement, RoomRecord } from '../world/room-state';

interface WithRoom {
  Params: { roomId: string };
}

interface OfMember extends RoomOperator {
  accountId: string;
}

function floodView({ id, roomId, sent }: Flood): Pick<Flood, 'id' | 'roomId' | 'sent'> {
  return { id, roomId, sent };
}

function missing(name: string): Refusal {
  return new Refusal(Reason.parameterError, `${name} is required`);
}

/** The chatroom part of the control API: `emulator.rooms` over HTTP. */
export function registerRoomControl(app: FastifyInstance, { rooms }: Emulator): void {
  app.get('/rooms', async () => rooms.list());
  app.post<{ Body: Partial<RoomRecord> & { roomId: string } }>('/rooms', async ({ body }) => {
    rooms.addRoom(body);
    return rooms.view(body.roomId);
  });
  app.get<WithRoom>('/rooms/:roomId/clients', async ({ params }) => rooms.clients(params.roomId));
  app.get<WithRoom>('/rooms/:roomId/messages', async ({ params }) => rooms.messages(params.roomId));
  app.get<WithRoom>('/rooms/:roomId/queue', async ({ params }) => rooms.queue(params.roomId));

  app.post<WithRoom>('/rooms/:roomId/close', async ({ params }) => {
    rooms.closeRoom(params.roomId);
    return {};
  });
  app.post<WithRoom & { Body: OfMember & { reason?: number } }>(
    '/rooms/:roomId/kick',
    async ({ params, body: { accountId, ...how } }) => {
      rooms.kick(params.roomId, accountId, how);
      return {};
    },
  );
  app.post<WithRoom & { Body: OfMember & { role: RoomRoleName } }>(
    '/rooms/:roomId/role',
    async ({ params, body: { accountId, role, ...by } }) => {
      if (!Object.hasOwn(MemberRole, role))
        throw new Refusal(Reason.parameterError, 'no such role');
      rooms.setRole(params.roomId, accountId, role, by);
      return {};
    },
  );
  for (const action of ['block', 'unblock', 'ban', 'unban'] as const) {
    app.post<WithRoom & { Body: OfMember }>(
      `/rooms/:roomId/${action}`,
      async ({ params, body: { accountId, ...by } }) => {
        rooms[action](params.roomId, accountId, by);
        return {};
      },
    );
  }
  app.post<WithRoom & { Body: OfMember & { seconds: number } }>(
    '/rooms/:roomId/temp-ban',
    async ({ params, body: { accountId, seconds, ...by } }) => {
      rooms.tempBan(params.roomId, accountId, seconds, by);
      return {};
    },
  );
  app.put<WithRoom & { Body: RoomOperator & { chatBanned: boolean } }>(
    '/rooms/:roomId/chat-banned',
    async ({ params, body: { chatBanned, ...by } }) => {
      rooms.setChatBanned(params.roomId, chatBanned, by);
      return {};
    },
  );
  app.post<WithRoom & { Body: Omit<NewRoomMessage, 'origin'> & { count?: number } }>(
    '/rooms/:roomId/messages',
    async ({ params, body }) => {
      const { count = 1, senderId, ...message } = body ?? {};
      if (typeof senderId !== 'string' || senderId === '') throw missing('senderId');
      return Array.from({ length: count }, () => rooms.sendAs(params.roomId, senderId, message));
    },
  );
  app.post<WithRoom & { Body: RoomOperator & { messageClientId: string } }>(
    '/rooms/:roomId/recall',
    async ({ params, body: { messageClientId, ...by } }) => {
      rooms.recall(params.roomId, messageClientId, by);
      return {};
    },
  );
  app.post<WithRoom & { Body: RoomOperator & { elements: RoomQueueElement[] } }>(
    '/rooms/:roomId/queue',
    async ({ params, body }) => {
      const { elements, ...by } = body ?? {};
      if (!Array.isArray(elements)) throw missing('elements');
      rooms.queueOffer(params.roomId, elements, by);
      return {};
    },
  );

  app.get('/floods', async () => rooms.floods.list().map(floodView));
  app.post<{ Body: FloodOptions }>('/floods', async ({ body }) => floodView(rooms.floodRoom(body)));
  app.delete('/floods', async () => {
    rooms.floods.stopAll();
    return {};
  });
  app.delete<{ Params: { id: string } }>('/floods/:id', async ({ params }) => ({
    stopped: rooms.floods.stop(params.id),
  }));
}
