import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../protocol/reasons';
import type { World } from '../world/world';
import { AppServerError, field } from './app-server-error';

/** Path prefix of the stand-in for the meeting kits' server. */
export const ROOM_SERVER_PATH = '/room-server';

export interface RoomServerOptions {
  world: World;
  appkey: string;
  appSecret: string;
}

const UNAUTHORIZED = 403;

/** Checksum that authenticates calls of Yunxin's server API: SHA-1 hex of app secret, nonce and time. */
function checkSum(appSecret: string, nonce: string, curTime: string): string {
  return createHash('sha1').update(`${appSecret}${nonce}${curTime}`).digest('hex');
}

/** Headers of a call to Yunxin's server API. Only a server can build them, because they need the app secret. */
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

/** Runs `work` and turns a Refusal into an HTTP error. */
function answered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw new AppServerError(400, error.code, error.message);
    throw error;
  }
}

/**
 * Adds the routes of a meeting kit's server that IM reuse needs: accounts bound to IM accounts (called by app
 * servers), the kit's login, and joining a room with a request over the IM link.
 */
export function registerRoomServer(app: FastifyInstance, options: RoomServerOptions): void {
  const { roomAccounts, events } = options.world;

  app.post(`${ROOM_SERVER_PATH}/accounts`, async (request) => {
    requireServer(request, options);
    const { body } = request;
    const imAccid = field(body, 'imAccid');
    const imToken = field(body, 'imToken');
    const { userUuid, userToken } = answered(() =>
      roomAccounts.createAccount({ imAccid, imToken }),
    );
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
