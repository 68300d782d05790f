import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ECHO_ACCOUNT } from '../bots/echo-bot';
import { issueDynamicToken } from '../im/authentication';
import type { AccountRecord } from '../world/world-state';
import type { World } from '../world/world';
import { AppServerError, field, optionalField } from './app-server-error';
import type { AppServerOptions } from './app-server-options';
import { registerMentionAlertRoutes } from './mention-alert-routes';
import { registerReportRoute } from './report-routes';
import { registerRoomRoutes } from './room-routes';
import { ROOM_SERVER_PATH, serverHeaders } from './room-server';

/** Path prefix of the sample app server. */
export const APP_PATH = '/app';
/** Path below APP_PATH of the callback that Yunxin calls for third-party logins. */
export const CALLBACK_PATH = '/callback/login';

const DYNAMIC_TOKEN_TTL_SECONDS = 600;

/** Scenes of WeChat's content check: profile, comment, forum, social log. */
const SCENES: readonly unknown[] = [1, 2, 3, 4];

/**
 * Returns the account of a `wx.login` code. A real server asks WeChat for the user's openid. Here
 * `demo:<accountId>` names a demo account, and any other code maps to a fixed demo account.
 */
function accountOfCode(world: World, code: string): AccountRecord {
  const requested = /^demo:(.+)$/.exec(code)?.[1];
  const people = Object.values(world.state.accounts).filter(
    ({ accountId }) => accountId !== ECHO_ACCOUNT,
  );
  const index = createHash('sha1').update(code).digest().readUInt32BE(0) % (people.length || 1);
  const account = requested === undefined ? people[index] : world.account(requested);
  if (!account) throw new AppServerError(404, 102404, `no account for the code ${code}`);
  return account;
}

/** Login extension that the third-party callback accepts for an account. */
export function loginExtensionOf(account: AccountRecord): string {
  return account.loginExtension ?? JSON.stringify({ ticket: `ticket-${account.accountId}` });
}

/**
 * Step 1 of IM reuse (docs/seed-map.md, seeds 000 and 002): asks the room server for a room account bound to
 * this IM account. A real app server stores the answer with its user. Here the room server stores the binding.
 */
async function createRoomAccount(
  options: AppServerOptions,
  { accountId, token }: AccountRecord,
): Promise<{ userUuid: string; userToken: string }> {
  const answer = await fetch(`${options.roomServer()}${ROOM_SERVER_PATH}/accounts`, {
    method: 'POST',
    headers: serverHeaders(options, options.now()),
    body: JSON.stringify({ imAccid: accountId, imToken: token }),
  });
  if (!answer.ok) throw new AppServerError(502, 511, `room server: HTTP ${answer.status}`);
  return (await answer.json()) as { userUuid: string; userToken: string };
}

/** Adds the routes of the sample app server, which stands for a company's own backend (docs/app-server.md). */
export function registerAppServer(app: FastifyInstance, options: AppServerOptions): void {
  const { world, sessions } = options;
  const existing = (accountId: string): AccountRecord => {
    const account = world.account(accountId);
    if (!account) throw new AppServerError(404, 102404, `no account ${accountId}`);
    return account;
  };
  /** Returns the account of the session. A body that names another account is refused. */
  const ownAccount = ({ headers, body }: FastifyRequest): AccountRecord =>
    existing(sessions.ownAccountOf(headers.authorization, optionalField(body, 'accountId')));

  app.post(`${APP_PATH}/login`, async ({ body }) => {
    const accountId = optionalField(body, 'accountId');
    if (accountId === undefined)
      return sessions.openSession(accountOfCode(world, field(body, 'code')).accountId);
    const account = existing(accountId);
    if (field(body, 'token') !== account.token)
      throw new AppServerError(403, 102302, 'the token is not of this account');
    return sessions.openSession(accountId);
  });

  app.post(`${APP_PATH}/static-token`, async (request) => {
    const { accountId, token } = ownAccount(request);
    return { accountId, token };
  });

  app.get(`${APP_PATH}/config`, async () => options.remoteConfig());

  app.post(`${APP_PATH}/dynamic-token`, async (request) => {
    const { accountId } = ownAccount(request);
    const ttl = DYNAMIC_TOKEN_TTL_SECONDS;
    return { accountId, token: issueDynamicToken(options, accountId, options.now(), ttl), ttl };
  });

  app.post(`${APP_PATH}/login-extension`, async (request) => {
    const account = ownAccount(request);
    return { accountId: account.accountId, loginExtension: loginExtensionOf(account) };
  });

  app.post(`${APP_PATH}${CALLBACK_PATH}`, async (request) => {
    const account = existing(field(request.body, 'accountId'));
    const extension = field(request.body, 'loginExtension');
    if (extension !== loginExtensionOf(account)) {
      throw new AppServerError(403, 302, 'the login extension is not ours');
    }
    return { code: 200 };
  });

  // A real server calls WeChat's msgSecCheck with the user's openid. Here the antispam words of the rooms decide.
  app.post(`${APP_PATH}/content-check`, async ({ headers, body }) => {
    sessions.accountOf(headers.authorization);
    const content = field(body, 'content');
    const { scene } = body as { scene?: unknown };
    if (!SCENES.includes(scene)) throw new AppServerError(400, 414, 'scene is 1, 2, 3 or 4');
    const isRisky = world.rooms.settings.antispamWords.some((word) => content.includes(word));
    return { suggest: isRisky ? 'risky' : 'pass' };
  });

  void app.register(
    async (scope) => {
      registerRoomRoutes(scope, options);
      registerReportRoute(scope, options);
      registerMentionAlertRoutes(scope, options);
    },
    { prefix: APP_PATH },
  );

  app.post(`${APP_PATH}/room-account`, async (request) => {
    const account = ownAccount(request);
    const known = world.roomAccounts.accountBoundTo(account.accountId);
    const { userUuid, userToken } = known ?? (await createRoomAccount(options, account));
    return { userUuid, userToken, imAccid: account.accountId };
  });
}
