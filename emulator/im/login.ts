import { randomUUID } from 'node:crypto';
import type { Link } from '../link/link';
import type { ClientRequest, Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { numberOf, RequestItems, textOf } from '../protocol/request-items';
import { LoginTag } from '../protocol/tags';
import type { World } from '../world/world';
import { authenticate } from './authentication';
import type { ImServiceOptions } from './im-service-options';
import { clientsToSignOut } from './multi-login';
import { clientToWire, type ImSession, KickReason } from './sessions';

/** Handles `26_3`. Checks app, account, credentials and multi-login policy, in this order. */
export async function login(
  options: ImServiceOptions,
  link: Link,
  request: ClientRequest,
): Promise<unknown[]> {
  const tags = new RequestItems(request.items).property(0);
  const attempt = {
    time: options.world.now(),
    accountId: textOf(tags[LoginTag.account]),
    appkey: textOf(tags[LoginTag.appkey]),
    authType: numberOf(tags[LoginTag.authType]),
    appLogin: numberOf(tags[LoginTag.appLogin]),
    deviceId: textOf(tags[LoginTag.deviceId]),
  };
  try {
    await checkCredentials(options, tags);
    const session = openSession(options, link, tags);
    options.log.recordLogin({ ...attempt, code: Reason.success });
    const online = options.sessions.ofAccount(session.accountId);
    return [clientToWire(session), online.map(clientToWire)];
  } catch (error) {
    if (error instanceof Refusal) options.log.recordLogin({ ...attempt, code: error.code });
    throw error;
  }
}

/** Refuses an app that is unknown or blocked, or has IM disabled. */
export function checkApp(world: World, appkey: string, ownAppkey: string): void {
  if (world.state.appState === 'notExist' || appkey !== ownAppkey) {
    throw new Refusal(Reason.appkeyNotExist);
  }
  if (world.state.appState === 'blocked') throw new Refusal(Reason.appkeyBlocked);
  if (world.state.appState === 'imDisabled') throw new Refusal(Reason.imDisabled);
}

async function checkCredentials(options: ImServiceOptions, tags: Property): Promise<void> {
  const { world, authentication } = options;
  checkApp(world, textOf(tags[LoginTag.appkey]), authentication.appkey);
  const account = world.requireAccount(textOf(tags[LoginTag.account]));
  if (account.loginRefusal !== undefined) throw new Refusal(account.loginRefusal);
  const code = await authenticate(authentication, account, {
    authType: numberOf(tags[LoginTag.authType]),
    token: textOf(tags[LoginTag.token]),
    loginExtension: textOf(tags[LoginTag.loginExtension]),
  });
  if (code !== Reason.success) throw new Refusal(code);
}

function openSession(options: ImServiceOptions, link: Link, tags: Property): ImSession {
  const { world, sessions } = options;
  const accountId = textOf(tags[LoginTag.account]);
  const deviceId = textOf(tags[LoginTag.deviceId]);
  const type = numberOf(tags[LoginTag.clientType]);

  // A login of the same device is a reconnect; the server has not noticed that the old link is dead.
  const { awaySince } = world.mailbox(accountId);
  for (const stale of sessions.ofAccount(accountId)) {
    if (stale.deviceId !== deviceId) continue;
    sessions.removeSession(stale);
    // The time at which the old link died is unknown, so the earlier awaySince is kept.
    world.mailbox(accountId).awaySince = awaySince;
    if (stale.link !== link) stale.link?.terminate();
  }
  const leaving = clientsToSignOut(world.state.multiLogin, type, sessions.ofAccount(accountId));
  const automatic = numberOf(tags[LoginTag.appLogin]) === 0;
  const { kind } = world.state.multiLogin;
  if (leaving.length && automatic && kind !== 'unlimited') {
    // Two devices that both reconnect automatically must not sign each other out for ever.
    throw new Refusal(Reason.multiLoginForbidden);
  }
  const customClientType = numberOf(tags[LoginTag.customClientType]);
  for (const session of leaving) {
    sessions.kickSession(session, KickReason.exclusiveLogin, { type, customClientType });
  }
  const session: ImSession = {
    accountId,
    link,
    consid: randomUUID(),
    clientId: deviceId,
    deviceId,
    type,
    os: textOf(tags[LoginTag.os]),
    customTag: textOf(tags[LoginTag.customTag]),
    customClientType,
    loginTime: world.now(),
    ip: link.remote.address,
    port: link.remote.port,
  };
  link.accountId = accountId;
  sessions.addSession(session);
  // The socket may have closed while the third-party callback was running; then the session must not stay.
  if (!link.open) sessions.removeSession(session);
  return session;
}
