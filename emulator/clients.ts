import { randomUUID } from 'node:crypto';
import type { LinkHost } from './link/link-host';
import { clientsToSignOut } from './im/multi-login';
import { type ImSession, type ImSessions, KickReason } from './im/sessions';
import { ClientType } from './protocol/tags';
import type { World } from './world/world';

/** One signed-in client, for tests and the control API. */
export interface ClientView {
  accountId: string;
  consid: string;
  clientId: string;
  type: number;
  customTag: string;
  customClientType: number;
  loginTime: number;
  /** A device that exists only on paper. */
  phantom: boolean;
}

/** One open socket. */
export interface LinkView {
  id: string;
  service: string | undefined;
  accountId: string | undefined;
  /** The chatroom it is inside. */
  roomId: string | undefined;
  openedAt: number;
  halfOpen: boolean;
}

export interface PhantomOptions {
  /** ClientType; default Android. */
  type?: number;
  os?: string;
  clientId?: string;
  customTag?: string;
  customClientType?: number;
}

function viewOf(session: ImSession): ClientView {
  const { accountId, consid, clientId, type, customTag, customClientType, loginTime } = session;
  return {
    accountId,
    consid,
    clientId,
    type,
    customTag,
    customClientType,
    loginTime,
    phantom: session.link === undefined,
  };
}

/** Who is signed in, as the server side sees and commands it. */
export class Clients {
  constructor(
    private readonly world: World,
    private readonly sessions: ImSessions,
    private readonly links: LinkHost,
  ) {}

  /** Signed-in clients, of one account or of all. */
  list(accountId?: string): ClientView[] {
    const sessions =
      accountId === undefined ? this.sessions.all() : this.sessions.ofAccount(accountId);
    return sessions.map(viewOf);
  }

  /** Open sockets, signed in or not. */
  openLinks(): LinkView[] {
    return this.links.list().map(({ id, service, accountId, roomId, openedAt, halfOpen }) => {
      return { id, service, accountId, roomId, openedAt, halfOpen };
    });
  }

  /** Signs clients out as the server (reason 2), or for another reason; returns how many. */
  kick(
    accountId: string,
    options: { reason?: number; clientId?: string; description?: string } = {},
  ): number {
    const targets = this.sessions
      .ofAccount(accountId)
      .filter(({ clientId }) => options.clientId === undefined || clientId === options.clientId);
    for (const target of targets) {
      this.sessions.kick(
        target,
        options.reason ?? KickReason.server,
        undefined,
        options.description,
      );
    }
    return targets.length;
  }

  /**
   * Signs a device in that has no socket: a phone, say, beside the clients under test. The
   * multi-login policy applies. Returns the way to sign it out.
   */
  addPhantom(accountId: string, options: PhantomOptions = {}): ClientView & { remove(): void } {
    this.world.requireAccount(accountId);
    const type = options.type ?? ClientType.android;
    const clientId = options.clientId ?? randomUUID();
    const session: ImSession = {
      accountId,
      link: undefined,
      consid: randomUUID(),
      clientId,
      deviceId: clientId,
      type,
      os: options.os ?? '',
      customTag: options.customTag ?? '',
      customClientType: options.customClientType ?? 0,
      loginTime: this.world.now(),
      ip: '127.0.0.1',
      port: 0,
    };
    const online = this.sessions.ofAccount(accountId);
    for (const leaving of clientsToSignOut(this.world.state.multiLogin, type, online)) {
      this.sessions.kick(leaving, KickReason.exclusiveLogin, session);
    }
    this.sessions.add(session);
    return { ...viewOf(session), remove: () => void this.sessions.remove(session) };
  }

  removePhantom(consid: string): boolean {
    const session = this.sessions.all().find((other) => other.consid === consid && !other.link);
    return session !== undefined && this.sessions.remove(session);
  }
}
