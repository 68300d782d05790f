import { ConnectionError } from '@/connection';
import { type Clock, foreignCall, Listeners } from '@/platform';
import { Code } from '@/sdk/codes';

/** A user's session on the app server. It lives in memory and is never stored. */
export interface AppServerSession {
  /** Sent as `Authorization: Bearer` with every call that concerns the user. */
  readonly token: string;
  /** The user's Yunxin account, as the app server tells it. */
  readonly accountId: string;
}

/** Building blocks for a product's own sign-in. */
export interface SessionTools {
  /** `wx.login`: a code of WeChat for the user of this device. */
  loginCode(): Promise<string>;
  /** `POST /login`: exchanges such a code, or another proof the app server accepts, for a session. */
  open(proof: Readonly<Record<string, string>>): Promise<AppServerSession>;
}

/**
 * A product's own way to prove the user's identity to its app server (docs/app-server.md): for H5, where
 * there is no `wx.login`, or for an app whose users have a name and a password. It is called when a session
 * is needed and again when the session has expired. It must not wait for the user: it returns the existing
 * session or rejects.
 */
export type SessionProvider = (tools: SessionTools) => Promise<AppServerSession>;

/** Covers `wx.login` and `POST /login`, whose own limits are shorter. */
const SESSION_LIMIT_MS = 15_000;
const withLoginCode: SessionProvider = async ({ loginCode, open }) =>
  await open({ code: await loginCode() });

/** Holds the current session and creates it on first use. Simultaneous calls share one creation. */
export class AppServerSessions {
  private provider: SessionProvider = withLoginCode;
  private current: AppServerSession | null = null;
  private opening: Promise<AppServerSession> | null = null;
  /** Replaced whenever the session ends, so that a session which arrives later is dropped. */
  private life: object = {};
  private proof: Readonly<Record<string, string>> | undefined;
  private readonly ends = new Listeners<[]>();

  constructor(
    private readonly clock: Clock,
    private readonly tools: SessionTools,
  ) {}

  /** Replaces `wx.login` with a product's own sign-in. */
  setProvider(provider: SessionProvider): void {
    this.provider = provider;
    this.endSession();
  }

  /**
   * Ends the session: it is removed from memory, and callers waiting for a session get 191002. The next session is
   * created with `proof` if given, else by the provider.
   */
  endSession(proof?: Readonly<Record<string, string>>): void {
    this.life = {};
    this.current = null;
    this.opening = null;
    this.proof = proof;
    this.ends.emit();
  }

  /** Calls the handler when `endSession` runs (sign-out, the next sign-in). */
  whenEnded(handler: () => void): () => void {
    return this.ends.add(handler);
  }

  /**
   * @throws ConnectionError with the code of the app server or of the provider; 600104 after 15 s, 600107
   * when the provider rejects without a code, 191002 when the session is ended meanwhile
   */
  async getSession(): Promise<AppServerSession> {
    return this.current ?? (await (this.opening ??= this.open()));
  }

  /** Identifies the time until the next `endSession`. */
  get lifetime(): object {
    return this.life;
  }

  /** @throws ConnectionError 191002 when the session was ended since `lifetime` was read */
  checkLifetime(lifetime: object): void {
    if (this.life !== lifetime) throw cancelled();
  }

  /** Creates a session in place of a session that the app server rejects. @throws as `getSession` */
  async renewSession(expired: AppServerSession): Promise<AppServerSession> {
    if (this.current === expired) this.current = null;
    return await this.getSession();
  }

  private async open(): Promise<AppServerSession> {
    const { clock, proof, provider, tools, life } = this;
    try {
      const session = await foreignCall(() => (proof ? tools.open(proof) : provider(tools)), {
        clock,
        limitMs: SESSION_LIMIT_MS,
        onLimit: () => new ConnectionError(Code.appServerUnreachable, 'no session within 15 s'),
        whenEnded: (handler) => this.whenEnded(handler),
        onEnded: cancelled,
      });
      this.checkLifetime(life);
      return (this.current = checked(session));
    } catch (cause) {
      if (cause instanceof ConnectionError) throw cause;
      throw new ConnectionError(Code.noSession, cause instanceof Error ? cause.message : undefined);
    } finally {
      if (this.life === life) this.opening = null;
    }
  }
}

function cancelled(): ConnectionError {
  return new ConnectionError(Code.cancelled, 'the session was ended');
}

/** A provider is foreign code: its result may not be a session. */
function checked(session: AppServerSession | undefined): AppServerSession {
  if (session && isText(session.token) && isText(session.accountId)) return session;
  throw new ConnectionError(
    Code.unexpectedAnswer,
    'the provider gave no session of the app server',
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
