import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { isBelow, isForUs, isFromPage, ownNames } from './callers';

/** The emulator is a development tool: nobody but this machine reaches it, unless asked otherwise. */
export const LOOPBACK = '127.0.0.1';
const BODY_LIMIT = 100 * 1024 * 1024;

export interface Certificate {
  key: string;
  cert: string;
}

/** One listening port. */
export interface HttpPort {
  app: FastifyInstance;
  server: HttpServer;
  /** The names under which it may be asked. */
  names: ReadonlySet<string>;
  /** `host:port`. */
  address: string;
  close(): Promise<void>;
}

const FORBIDDEN = 403;

/** Who may ask. */
interface Callers {
  /** Names in the `Host` header. */
  names: ReadonlySet<string>;
  /** Pages of the browser get nothing below this path. */
  noPagesBelow: string;
}

function prepare(app: FastifyInstance, { names, noPagesBelow }: Callers): void {
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    const refuse = (message: string) => reply.code(FORBIDDEN).send({ code: FORBIDDEN, message });
    if (!isForUs(request.headers, names))
      return refuse(`${request.headers.host} is not a name of this emulator`);
    if (isBelow(noPagesBelow, request.url))
      return isFromPage(request.headers) ? refuse('commands are not for web pages') : undefined;
    // The H5 app is served from other ports.
    reply.header('access-control-allow-origin', '*');
    // The asterisk does not cover Authorization (Fetch standard, CORS-safelisting).
    reply.header('access-control-allow-headers', '*, authorization');
    reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS');
    if (request.method === 'OPTIONS') return reply.code(204).send();
    return undefined;
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number; code?: unknown }, _, reply) => {
    const status = error.statusCode ?? 500;
    const code = typeof error.code === 'number' ? error.code : status;
    return reply.code(status).send({ code, message: error.message });
  });
  app.setNotFoundHandler(async (request, reply) => {
    return reply.code(404).send({ code: 404, message: `no ${request.method} ${request.url}` });
  });
}

/** Opens a port with the given routes; `port` 0 takes a free one. */
export async function openPort(options: {
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  certificate?: Certificate;
  /** Other names under which clients ask, besides those of loopback and `host`. */
  names?: readonly (string | undefined)[];
  /** A path below which web pages are refused. */
  noPagesBelow: string;
  routes: (app: FastifyInstance) => void;
}): Promise<HttpPort> {
  const common = { forceCloseConnections: true, bodyLimit: BODY_LIMIT, logger: false };
  // fastify's type depends on the kind of server; what is used here is the same for both.
  const app = (
    options.certificate ? fastify({ ...common, https: options.certificate }) : fastify(common)
  ) as FastifyInstance;
  const { host = LOOPBACK } = options;
  const names = ownNames([host, ...(options.names ?? [])]);
  prepare(app, { names, noPagesBelow: options.noPagesBelow });
  options.routes(app);
  try {
    await app.listen({ host, port: options.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    server: app.server,
    names,
    address: `${host}:${port}`,
    close: () => app.close(),
  };
}
