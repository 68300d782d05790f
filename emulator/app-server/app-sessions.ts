import { randomBytes } from 'node:crypto';
import { AppServerError } from './app-server-error';

/** No session, or one that has ended. The client makes a new one and asks once more. */
export const SESSION_EXPIRED = 600107;
/** The session belongs to another account than the call names. */
const NOT_YOUR_ACCOUNT = 600108;
const DEFAULT_TTL_SECONDS = 7200;

interface AppSession {
  readonly accountId: string;
  readonly expiresAt: number;
}

/** What `POST /login` answers. */
export interface OpenedSession {
  sessionToken: string;
  accountId: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * The sessions of the sample app server: a random token for each user who has proved who it is. They live
 * in memory; a restart of the emulator ends them all.
 */
export class AppSessions {
  /** How long a session that is opened from now on lasts, in seconds. 0: it has expired at once. */
  ttlSeconds = DEFAULT_TTL_SECONDS;
  private readonly sessions = new Map<string, AppSession>();

  constructor(private readonly now: () => number) {}

  open(accountId: string): OpenedSession {
    const sessionToken = randomBytes(24).toString('base64url');
    const expiresIn = this.ttlSeconds;
    this.sessions.set(sessionToken, { accountId, expiresAt: this.now() + expiresIn * 1000 });
    return { sessionToken, accountId, expiresIn };
  }

  /** Ends every session, as a restart of the server does. */
  endAll(): void {
    this.sessions.clear();
  }

  /**
   * The account that asks, from the header `Authorization: Bearer <session token>`.
   * @throws AppServerError 401 with 600107 without a session that is in force
   */
  accountOf(authorization: string | undefined): string {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
    const session = this.sessions.get(token);
    if (session && session.expiresAt > this.now()) return session.accountId;
    this.sessions.delete(token);
    throw new AppServerError(401, SESSION_EXPIRED, 'there is no such session');
  }

  /**
   * The same, for a call that may name the account it is about: the session decides, the name is only
   * compared with it.
   * @throws AppServerError 401 with 600107, 403 with 600108 for somebody else's account
   */
  ownAccountOf(authorization: string | undefined, named: string | undefined): string {
    const accountId = this.accountOf(authorization);
    if (named === undefined || named === accountId) return accountId;
    throw new AppServerError(403, NOT_YOUR_ACCOUNT, `${named} is not the account of this session`);
  }
}
