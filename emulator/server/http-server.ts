import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';

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
  /** `host:port`. */
  address: string;
  close(): Promise<void>;
}

function prepare(app: FastifyInstance): void {
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // The H5 app is served from other ports.
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-allow-headers', '*');
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
  routes: (app: FastifyInstance) => void;
}): Promise<HttpPort> {
  const common = { forceCloseConnections: true, bodyLimit: BODY_LIMIT, logger: false };
  // fastify's type depends on the kind of server; what is used here is the same for both.
  const app = (
    options.certificate ? fastify({ ...common, https: options.certificate }) : fastify(common)
  ) as FastifyInstance;
  const { host = LOOPBACK } = options;
  prepare(app);
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
    address: `${host}:${port}`,
    close: () => app.close(),
  };
}
