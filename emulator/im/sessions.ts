import type { Property } from '../protocol/packet';
import { ClientTag } from '../protocol/tags';
import type { Link } from '../link/link';

/** One logged-in client of an account: a link, or a phantom (a device that exists only on paper). */
export interface ImSession {
  accountId: string;
  /** The link; undefined for a phantom. */
  link: Link | undefined;
  /** Identity of this connection. */
  consid: string;
  clientId: string;
  deviceId: string;
  type: number;
  os: string;
  customTag: string;
  customClientType: number;
  loginTime: number;
  ip: string;
  port: number;
  /** Timetag of this session's last main sync. */
  syncStamp?: number;
}

/** Why a client was signed out, as `26_9` says it. */
export const KickReason = { exclusiveLogin: 1, server: 2, otherClient: 3, quietly: 4 } as const;

const CLIENT_LOGGED_IN = 2;
const CLIENT_LOGGED_OUT = 3;

/** The client closes at once when it is kicked; the server does so a little later, should it not. */
const KICK_CLOSE_DELAY_MS = 200;

/** Who is signed in to IM, and pushes to them. */
export class ImSessions {
  private readonly byAccount = new Map<string, ImSession[]>();
  private readonly byLink = new Map<Link, ImSession>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /** `onAway` is told when the last client of an account has gone. */
  constructor(private readonly onAway: (accountId: string) => void) {}

  ofAccount(accountId: string): readonly ImSession[] {
    return this.byAccount.get(accountId) ?? [];
  }

  ofLink(link: Link): ImSession | undefined {
    return this.byLink.get(link);
  }

  all(): ImSession[] {
    return [...this.byAccount.values()].flat();
  }

  /** Adds a session and tells the account's other clients. */
  add(session: ImSession): void {
    this.tellOthers(session, CLIENT_LOGGED_IN);
    this.byAccount.set(session.accountId, [...this.ofAccount(session.accountId), session]);
    if (session.link) this.byLink.set(session.link, session);
  }

  /** Removes a session and tells the account's other clients. Unknown ones are ignored. */
  remove(session: ImSession): boolean {
    const sessions = this.ofAccount(session.accountId);
    if (!sessions.includes(session)) return false;
    const rest = sessions.filter((other) => other !== session);
    if (rest.length) {
      this.byAccount.set(session.accountId, rest);
    } else {
      this.byAccount.delete(session.accountId);
      this.onAway(session.accountId);
    }
    if (session.link) this.byLink.delete(session.link);
    this.tellOthers(session, CLIENT_LOGGED_OUT);
    return true;
  }

  private tellOthers(session: ImSession, state: number): void {
    for (const other of this.ofAccount(session.accountId)) {
      if (other !== session) other.link?.push('26_10', [state, [clientToWire(session)]]);
    }
  }

  /** Pushes to every client of an account, but not to the one with `exceptConsid`. */
  push(accountId: string, command: string, r: unknown[], exceptConsid?: string): void {
    for (const session of this.ofAccount(accountId)) {
      if (session.consid !== exceptConsid) session.link?.push(command, r);
    }
  }

  /**
   * Signs a client out: `26_9` first, then the socket. The list of clients is right at once.
   * `by` is the client that asked for it, if one did.
   */
  kick(
    session: ImSession,
    reason: number,
    by: { type: number; customClientType: number } = { type: 0, customClientType: 0 },
    description = '',
  ): void {
    if (!this.remove(session)) return;
    const { link } = session;
    if (!link) return;
    link.push('26_9', [by.type, reason, description, by.customClientType]);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      link.close();
    }, KICK_CLOSE_DELAY_MS);
    this.timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const accountId of this.byAccount.keys()) this.onAway(accountId);
    this.byAccount.clear();
    this.byLink.clear();
  }
}

/** One client as it stands in the login reply and in `26_10`. */
export function clientToWire(session: ImSession): Property {
  return {
    [ClientTag.clientId]: session.clientId,
    [ClientTag.consid]: session.consid,
    [ClientTag.clientIP]: session.ip,
    [ClientTag.port]: session.port,
    [ClientTag.type]: session.type,
    [ClientTag.customClientType]: session.customClientType,
    [ClientTag.timestamp]: session.loginTime,
    [ClientTag.customTag]: session.customTag,
    [ClientTag.os]: session.os,
    [ClientTag.pushType]: 0,
    [ClientTag.hasTokenPreviously]: 0,
    // Without it the SDK skips the whole main sync (wire protocol 2.1).
    [ClientTag.loginType]: 1,
  };
}
