import type { Property } from '../protocol/packet';
import { ClientTag } from '../protocol/tags';
import type { Link } from '../link/link';

/** A signed-in client of an account: a link, or a phantom (a device without a socket). */
export interface ImSession {
  accountId: string;
  /** Undefined for a phantom. */
  link: Link | undefined;
  /** Id of this connection. */
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

/** Reason of a sign-out in `26_9`. */
export const KickReason = { exclusiveLogin: 1, server: 2, otherClient: 3, quietly: 4 } as const;

/** V2NIMUserStatusType: what the subscribers of an account are told. */
export const StatusType = { login: 1, logout: 2, disconnect: 3 } as const;

const CLIENT_LOGGED_IN = 2;
const CLIENT_LOGGED_OUT = 3;

/** A kicked client closes its socket at once; after this delay the server closes it. */
const KICK_CLOSE_DELAY_MS = 200;

/** Clients signed in to IM, and pushes to them. */
export class ImSessions {
  private readonly byAccount = new Map<string, ImSession[]>();
  private readonly byLink = new Map<Link, ImSession>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /**
   * `onAway` is called when the last client of an account has gone, `onStatus` when any client has come or gone
   * (StatusType).
   */
  constructor(
    private readonly onAway: (accountId: string) => void,
    private readonly onStatus: (session: ImSession, statusType: number) => void = () => undefined,
  ) {}

  ofAccount(accountId: string): readonly ImSession[] {
    return this.byAccount.get(accountId) ?? [];
  }

  ofLink(link: Link): ImSession | undefined {
    return this.byLink.get(link);
  }

  allSessions(): ImSession[] {
    return [...this.byAccount.values()].flat();
  }

  /** Adds a session and notifies the account's other clients. */
  addSession(session: ImSession): void {
    this.tellOthers(session, CLIENT_LOGGED_IN);
    this.byAccount.set(session.accountId, [...this.ofAccount(session.accountId), session]);
    if (session.link) this.byLink.set(session.link, session);
    this.onStatus(session, StatusType.login);
  }

  /** Removes a session and notifies the account's other clients. Unknown sessions are ignored. */
  removeSession(session: ImSession, statusType: number = StatusType.disconnect): boolean {
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
    this.onStatus(session, statusType);
    return true;
  }

  private tellOthers(session: ImSession, state: number): void {
    for (const other of this.ofAccount(session.accountId)) {
      if (other !== session) other.link?.push('26_10', [state, [clientToWire(session)]]);
    }
  }

  /** Pushes to every client of an account except the client with `exceptConsid`. */
  push(accountId: string, command: string, r: unknown[], exceptConsid?: string): void {
    for (const session of this.ofAccount(accountId)) {
      if (session.consid !== exceptConsid) session.link?.push(command, r);
    }
  }

  /**
   * Signs a client out: sends `26_9`, then closes the socket. The session is removed at once. `by` is the
   * client that demanded the sign-out, if any.
   */
  kickSession(
    session: ImSession,
    reason: number,
    by: { type: number; customClientType: number } = { type: 0, customClientType: 0 },
    description = '',
  ): void {
    if (!this.removeSession(session, StatusType.logout)) return;
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

/** Converts a client for the login reply and `26_10`. */
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
    // Without loginType the SDK skips the whole main sync (docs/yunxin-protocol.md, section 2.1).
    [ClientTag.loginType]: 1,
  };
}
