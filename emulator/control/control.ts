import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../emulator';
import { FAULT_KINDS, type Fault } from '../faults/fault-types';
import type { CutHow, LinkChoice } from '../faults/faults';
import { Refusal } from '../protocol/reasons';
import { registerRoomControl } from './room-control';
import { registerTeamControl } from './team-control';
import { registerStorageControl } from './storage-control';
import type { MessagingSettings } from '../world/messaging';
import type { NewAccount, NewMessage } from '../world/world';
import type { AppState, ConversationType, MultiLoginPolicy } from '../world/world-state';
import type { PhantomOptions } from '../clients';

export const CONTROL_PATH = '/control';

interface WithAccount {
  Params: { accountId: string };
}

/** Addresses, app key and accounts for connecting, as the CLI prints them and `GET /control` answers. */
export function describe(emulator: Emulator): Record<string, unknown> {
  const { url, secureUrl, lbsUrl, linkUrl, linkSSL, appServer, control, appkey, accounts } =
    emulator;
  return { url, secureUrl, lbsUrl, linkUrl, linkSSL, appServer, control, appkey, accounts };
}

/**
 * Adds the control API: the programmatic API as JSON over HTTP, for scripts and tests in other processes.
 * Errors are `{code, message}`.
 */
export function registerControl(root: FastifyInstance, emulator: Emulator): void {
  void root.register(
    async (app) => {
      app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
        const status = error instanceof Refusal ? 400 : (error.statusCode ?? 500);
        const code = error instanceof Refusal ? error.code : status;
        return reply.code(status).send({ code, message: error.message });
      });
      registerReading(app, emulator);
      registerFaults(app, emulator);
      registerWorld(app, emulator);
      registerRoomControl(app, emulator);
      registerStorageControl(app, emulator);
      registerTeamControl(app, emulator);
    },
    { prefix: CONTROL_PATH },
  );
}

function registerReading(app: FastifyInstance, emulator: Emulator): void {
  const { clients, log, world } = emulator;
  app.get('/', async () => describe(emulator));
  app.get('/unimplemented', async () => log.unimplemented);
  app.get('/counters', async () => log.counters);
  app.get('/logins', async () => log.logins);
  app.get('/enters', async () => log.enters);
  app.get('/channels', async () => world.signalling.channels());
  app.get('/links', async () => clients.openLinks());
  app.get<{ Querystring: { accountId?: string } }>('/clients', async ({ query }) =>
    clients.list(query.accountId),
  );
  app.get<{ Querystring: { type?: ConversationType; a?: string; b?: string } }>(
    '/messages',
    async ({ query }) => world.serverLog(query.type ?? 'p2p', query.a ?? '', query.b ?? ''),
  );
}

function registerFaults(app: FastifyInstance, emulator: Emulator): void {
  const { faults, clients, log } = emulator;
  app.get('/faults', async () => faults.list());
  app.post<{ Body: Fault }>('/faults', async ({ body }, reply) => {
    if (!FAULT_KINDS.includes(body?.kind)) {
      return reply.code(400).send({ code: 414, message: `kind is one of ${FAULT_KINDS.join()}` });
    }
    return { id: faults.add(body).id };
  });
  app.delete('/faults', async () => {
    faults.clear();
    return {};
  });
  app.delete<{ Params: { id: string } }>('/faults/:id', async ({ params }) => ({
    removed: faults.remove(params.id),
  }));
  app.post<{ Body: (LinkChoice & { how?: CutHow }) | undefined }>(
    '/links/cut',
    async ({ body }) => ({ links: faults.cut(body) }),
  );
  app.post<{ Body: LinkChoice | undefined }>('/links/half-open', async ({ body }) => ({
    links: faults.halfOpen(body),
  }));
  app.post<{ Body: LinkChoice | undefined }>('/links/restore', async ({ body }) => ({
    links: faults.restore(body),
  }));
  app.post<WithAccount & { Body: { reason?: number; clientId?: string } | undefined }>(
    '/accounts/:accountId/kick',
    async ({ params, body }) => ({ clients: clients.kick(params.accountId, body) }),
  );
  app.post('/reset', async () => {
    faults.clear();
    faults.restore();
    emulator.rooms.floods.stopAll();
    log.reset();
    return {};
  });
}

function registerWorld(app: FastifyInstance, emulator: Emulator): void {
  const { world, clients } = emulator;
  app.post<{ Body: NewMessage & { count?: number } }>('/messages', async ({ body }) => {
    const { count = 1, ...message } = body;
    world.requireAccount(message.from);
    if (message.type === undefined || message.type === 'p2p') world.requireAccount(message.to);
    else world.teams.require(message.to, message.type);
    return Array.from({ length: count }, () => world.sendMessage(message));
  });
  app.post<{ Body: NewAccount }>('/accounts', async ({ body }) => world.addAccount(body));
  app.post<WithAccount>('/accounts/:accountId/ban', async ({ params }) => {
    world.ban(params.accountId);
    return {};
  });
  app.post<WithAccount & { Body: { from?: string; body?: string } | undefined }>(
    '/accounts/:accountId/proxy-notify',
    async ({ params: { accountId }, body: { from = 'server', body = '{}' } = {} }) => {
      world.requireAccount(accountId);
      world.events.emit('proxyNotify', { accountId, from, body });
      return {};
    },
  );
  app.post<{ Body: { content: string; senderId?: string } }>('/broadcasts', async ({ body }) =>
    world.broadcast(body.content, body.senderId),
  );
  app.post<WithAccount>('/accounts/:accountId/unban', async ({ params }) => {
    world.unban(params.accountId);
    return {};
  });
  app.post<WithAccount & { Body: { code?: number } | undefined }>(
    '/accounts/:accountId/login-refusal',
    async ({ params, body }) => {
      world.setLoginRefusal(params.accountId, body?.code);
      return {};
    },
  );
  app.post<WithAccount & { Body: PhantomOptions | undefined }>(
    '/accounts/:accountId/phantoms',
    async ({ params, body }) => {
      const { remove: _remove, ...view } = clients.addPhantom(params.accountId, body);
      return view;
    },
  );
  app.delete<{ Params: { consid: string } }>('/phantoms/:consid', async ({ params }) => ({
    removed: clients.removePhantom(params.consid),
  }));
  app.put<{ Body: MultiLoginPolicy }>('/multi-login', async ({ body }) => {
    world.setMultiLogin(body);
    return {};
  });
  app.put<{ Body: Partial<MessagingSettings> }>('/messaging', async ({ body }) =>
    Object.assign(world.messaging, body),
  );
  app.put<{ Body: { state: AppState } }>('/app-state', async ({ body }) => {
    world.state.appState = body.state;
    return {};
  });
  app.put<{ Body: { ms: number } }>('/recall-limit', async ({ body }) => {
    world.state.recallLimitMs = body.ms;
    return {};
  });
}
