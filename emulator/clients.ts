import { randomUUID } from 'node:crypto';
import type { LinkHost } from './link/link-host';
import { clientsToSignOut } from './im/multi-login';
import { type ImSession, type ImSessions, KickReason } from './im/sessions';
import { ClientType } from './protocol/tags';
import type { World } from './world/world';

/** A signed-in client, for tests and the control API. */
export interface ClientView {
  accountId: string;
  consid: string;
  clientId: string;
  type: number;
  customTag: string;
  customClientType: number;
  loginTime: number;
  /** Whether the client is a phantom: a signed-in device without a socket. */
  phantom: boolean;
}

/** An open socket. */
export interface LinkView {
  id: string;
  service: string | undefined;
  accountId: string | undefined;
  /** Chatroom that the link is inside. */
  roomId: string | undefined;
  openedAt: number;
  halfOpen: boolean;
}

export interface PhantomOptions {
  /** A value of ClientType; default Android. */
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

/** Lists, kicks and adds signed-in clients from the server's side. */
export class Clients {
  constructor(
    private readonly world: World,
    private readonly sessions: ImSessions,
    private readonly links: LinkHost,
  ) {}

  /** Returns the signed-in clients, of a given account or of all accounts. */
  list(accountId?: string): ClientView[] {
    const sessions =
      accountId === undefined ? this.sessions.allSessions() : this.sessions.ofAccount(accountId);
    return sessions.map(viewOf);
  }

  /** Returns the open sockets, signed in or not. */
  openLinks(): LinkView[] {
    return this.links.list().map(({ id, service, accountId, roomId, openedAt, halfOpen }) => {
      return { id, service, accountId, roomId, openedAt, halfOpen };
    });
  }

  /** Signs clients out with reason 2 (by the server) or another reason; returns the number of clients. */
  kick(
    accountId: string,
    options: { reason?: number; clientId?: string; description?: string } = {},
  ): number {
    const targets = this.sessions
      .ofAccount(accountId)
      .filter(({ clientId }) => options.clientId === undefined || clientId === options.clientId);
    for (const target of targets) {
      this.sessions.kickSession(
        target,
        options.reason ?? KickReason.server,
        undefined,
        options.description,
      );
    }
    return targets.length;
  }

  /**
   * Signs in a phantom, a device without a socket: for example a phone beside the clients under test. The
   * multi-login policy applies. `remove` of the result signs the phantom out.
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
      this.sessions.kickSession(leaving, KickReason.exclusiveLogin, session);
    }
    this.sessions.addSession(session);
    return { ...viewOf(session), remove: () => void this.sessions.removeSession(session) };
  }

  removePhantom(consid: string): boolean {
    const session = this.sessions
      .allSessions()
      .find((other) => other.consid === consid && !other.link);
    return session !== undefined && this.sessions.removeSession(session);
  }
}
