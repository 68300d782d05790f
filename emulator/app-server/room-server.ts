import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../protocol/reasons';
import type { World } from '../world/world';
import { AppServerError, field } from './app-server-error';

/** Where the stand-in for the room kits' own server hangs on the emulator's port. */
export const ROOM_SERVER_PATH = '/room-server';

export interface RoomServerOptions {
  world: World;
  appkey: string;
  appSecret: string;
}

const UNAUTHORIZED = 403;

/** How Yunxin's server API knows who calls: SHA-1 hex of app secret, nonce and time. */
function checkSum(appSecret: string, nonce: string, curTime: string): string {
  return createHash('sha1').update(`${appSecret}${nonce}${curTime}`).digest('hex');
}

/** The headers of a call to Yunxin's server API. Made on a server: they need the app secret. */
export function serverHeaders(
  { appkey, appSecret }: Pick<RoomServerOptions, 'appkey' | 'appSecret'>,
  nowMs: number,
): Record<string, string> {
  const nonce = randomUUID();
  const curTime = String(Math.floor(nowMs / 1000));
  return {
    'content-type': 'application/json',
    appkey,
    nonce,
    curtime: curTime,
    checksum: checkSum(appSecret, nonce, curTime),
  };
}

function requireServer(request: FastifyRequest, options: RoomServerOptions): void {
  const { appkey, nonce = '', curtime = '', checksum } = request.headers;
  const expected = checkSum(options.appSecret, String(nonce), String(curtime));
  if (appkey !== options.appkey || checksum !== expected)
    throw new AppServerError(UNAUTHORIZED, UNAUTHORIZED, 'the checksum is not right');
}

/** Refusals of the world in the shape of an HTTP answer. */
function answered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw new AppServerError(400, error.code, error.message);
    throw error;
  }
}

/**
 * What a room kit's own server does, as far as IM reuse needs it: accounts bound to IM accounts (called by
 * app servers), the kit's login, and rooms that are entered with a request over the IM link.
 */
export function registerRoomServer(app: FastifyInstance, options: RoomServerOptions): void {
  const { roomAccounts, events } = options.world;

  app.post(`${ROOM_SERVER_PATH}/accounts`, async (request) => {
    requireServer(request, options);
    const { body } = request;
    const imAccid = field(body, 'imAccid');
    const imToken = field(body, 'imToken');
    const { userUuid, userToken } = answered(() => roomAccounts.create({ imAccid, imToken }));
    return { userUuid, userToken };
  });

  app.post(`${ROOM_SERVER_PATH}/login`, async ({ body }) => {
    const account = answered(() =>
      roomAccounts.authenticate(field(body, 'userUuid'), field(body, 'userToken')),
    );
    return { userUuid: account.userUuid, imAccid: account.imAccid };
  });

  app.post(`${ROOM_SERVER_PATH}/rooms/join`, async ({ body }) => {
    const roomId = field(body, 'roomId');
    const { imAccid } = answered(() =>
      roomAccounts.authenticate(field(body, 'userUuid'), field(body, 'userToken')),
    );
    const note = JSON.stringify({ cmd: 'joined', roomId });
    events.emit('proxyNotify', { accountId: imAccid, from: 'room-server', body: note });
    return { code: 0, roomId };
  });
}
