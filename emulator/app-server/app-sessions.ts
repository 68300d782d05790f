import { randomBytes } from 'node:crypto';
import { AppServerError } from './app-server-error';

/** Code for a missing or expired session. The client opens a new session and repeats the request once. */
const SESSION_EXPIRED = 600107;
/** Code for a call that names another account than its session. */
const NOT_YOUR_ACCOUNT = 600108;
const DEFAULT_TTL_SECONDS = 7200;

interface AppSession {
  readonly accountId: string;
  readonly expiresAt: number;
}

/** Answer to `POST /login`. */
export interface OpenedSession {
  sessionToken: string;
  accountId: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * Sessions of the sample app server: a random token for each authenticated user. The sessions are kept in
 * memory, so a restart of the emulator ends them all.
 */
export class AppSessions {
  /** Lifetime in seconds of sessions opened from now on. With 0 a session expires at once. */
  ttlSeconds = DEFAULT_TTL_SECONDS;
  private readonly sessions = new Map<string, AppSession>();

  constructor(private readonly now: () => number) {}

  openSession(accountId: string): OpenedSession {
    const sessionToken = randomBytes(24).toString('base64url');
    const expiresIn = this.ttlSeconds;
    this.sessions.set(sessionToken, { accountId, expiresAt: this.now() + expiresIn * 1000 });
    return { sessionToken, accountId, expiresIn };
  }

  /** Ends every session, as a restart of the server would. */
  endAll(): void {
    this.sessions.clear();
  }

  /**
   * Returns the account of the header `Authorization: Bearer <session token>`.
   * @throws AppServerError 401 with 600107 without a valid session
   */
  accountOf(authorization: string | undefined): string {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
    const session = this.sessions.get(token);
    if (session && session.expiresAt > this.now()) return session.accountId;
    this.sessions.delete(token);
    throw new AppServerError(401, SESSION_EXPIRED, 'there is no such session');
  }

  /**
   * Returns the account of the session for a call that may also name an account. The name must equal the
   * session's account.
   * @throws AppServerError 401 with 600107, 403 with 600108 for another account
   */
  ownAccountOf(authorization: string | undefined, named: string | undefined): string {
    const accountId = this.accountOf(authorization);
    if (named === undefined || named === accountId) return accountId;
    throw new AppServerError(403, NOT_YOUR_ACCOUNT, `${named} is not the account of this session`);
  }
}
