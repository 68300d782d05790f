import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { isBelow, isForUs, isFromPage, ownNames } from './callers';

/** Default address. The emulator is a development tool, so only this machine can reach it by default. */
export const LOOPBACK = '127.0.0.1';
/** Largest body with JSON, and largest body of an upload. */
const JSON_LIMIT = 4 * 1024 * 1024;
const UPLOAD_LIMIT = 100 * 1024 * 1024;

export interface Certificate {
  key: string;
  cert: string;
}

/** A listening port. */
export interface HttpPort {
  app: FastifyInstance;
  server: HttpServer;
  /** Host names that requests may use. */
  names: ReadonlySet<string>;
  /** `host:port`. */
  address: string;
  close(): Promise<void>;
}

const FORBIDDEN = 403;

/** Rules for requests. */
interface Callers {
  /** Allowed names in the `Host` header. */
  names: ReadonlySet<string>;
  /** Requests of web pages below this path are refused. */
  noPagesBelow: string;
}

function prepare(app: FastifyInstance, { names, noPagesBelow }: Callers): void {
  const upload = { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT } as const;
  app.addContentTypeParser('*', upload, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    const refuse = (message: string) => reply.code(FORBIDDEN).send({ code: FORBIDDEN, message });
    if (!isForUs(request.headers, names))
      return refuse(`${request.headers.host} is not a name of this emulator`);
    if (isBelow(noPagesBelow, request.url))
      return isFromPage(request.headers) ? refuse('commands are not for web pages') : undefined;
    // The H5 app has another origin, because it is served from another port.
    reply.header('access-control-allow-origin', '*');
    // `*` does not cover Authorization (Fetch standard, CORS-safelisting).
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

/** Opens a port with the given routes; `port` 0 takes a free port. */
export async function openPort(options: {
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  certificate?: Certificate;
  /** Further host names that clients use, besides loopback and `host`. */
  names?: readonly (string | undefined)[];
  /** Path below which requests of web pages are refused. */
  noPagesBelow: string;
  routes: (app: FastifyInstance) => void;
}): Promise<HttpPort> {
  const common = { forceCloseConnections: true, bodyLimit: JSON_LIMIT, logger: false };
  // fastify's type differs between http and https servers; the members used here are the same.
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
