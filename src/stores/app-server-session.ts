import { ConnectionError } from '@/connection';
import { type Clock, foreignCall, Listeners } from '@/platform';

/** A user's session on the app server. It lives in memory and is never written to storage. */
export interface AppServerSession {
  /** Goes into `Authorization: Bearer` of every call that concerns the user. */
  readonly token: string;
  /** The Yunxin account of the user, as the app server says. */
  readonly accountId: string;
}

/** What a product's own sign-in can be made of. */
export interface SessionTools {
  /** `wx.login`: a code that WeChat gives out for the user of this device. */
  loginCode(): Promise<string>;
  /** `POST /login`: exchanges such a code, or what else the app server takes, for a session. */
  open(proof: Readonly<Record<string, string>>): Promise<AppServerSession>;
}

/**
 * A product's own way to prove to its app server who asks (docs/app-server.md): for H5, where there is no
 * `wx.login`, or for an app whose users have a name and a password. Called when a session is needed, and
 * again when it has expired. It must not wait for the user: it gives the session there is, or rejects.
 */
export type SessionProvider = (tools: SessionTools) => Promise<AppServerSession>;

/** `wx.login` and `POST /login`, whose own limits are shorter, both fit in. */
export const SESSION_LIMIT_MS = 15_000;
const UNREACHABLE = 600104;
const UNEXPECTED_ANSWER = 600105;
/** There is no session, or it has expired: the code with which the app server answers HTTP 401. */
export const NO_SESSION = 600107;
const CANCELLED = 191002;

const withLoginCode: SessionProvider = async ({ loginCode, open }) =>
  await open({ code: await loginCode() });

/** The session in force, made when it is first needed. Calls at the same time share the one that is being made. */
export class AppServerSessions {
  private provider: SessionProvider = withLoginCode;
  private current: AppServerSession | null = null;
  private opening: Promise<AppServerSession> | null = null;
  /** Replaced by every end, so that a session which comes too late is dropped. */
  private life: object = {};
  private proof: Readonly<Record<string, string>> | undefined;
  private readonly ends = new Listeners<[]>();

  constructor(
    private readonly clock: Clock,
    private readonly tools: SessionTools,
  ) {}

  /** Plugs in a product's own sign-in, in place of `wx.login`. */
  use(provider: SessionProvider): void {
    this.provider = provider;
    this.end();
  }

  /**
   * Ends the session: nothing of it is left in memory, and who waits for one is told so (191002). The next
   * one is made with `proof`, if that is given, else by the provider.
   */
  end(proof?: Readonly<Record<string, string>>): void {
    this.life = {};
    this.current = null;
    this.opening = null;
    this.proof = proof;
    this.ends.emit();
  }

  /** Calls back when the session is ended by `end` (sign-out, the next sign-in). */
  whenEnded(handler: () => void): () => void {
    return this.ends.add(handler);
  }

  /**
   * @throws ConnectionError with the code of the app server or of the provider; 600104 after 15 s, 600107
   * when the provider rejects without a code, 191002 when the session is ended meanwhile
   */
  async get(): Promise<AppServerSession> {
    return this.current ?? (await (this.opening ??= this.open()));
  }

  /** Stands for the time until the next `end`. */
  get lifetime(): object {
    return this.life;
  }

  /** @throws ConnectionError 191002 when the session was ended since `lifetime` was read */
  check(lifetime: object): void {
    if (this.life !== lifetime) throw cancelled();
  }

  /** A new session in place of one that the app server no longer takes. @throws as `get` */
  async renew(expired: AppServerSession): Promise<AppServerSession> {
    if (this.current === expired) this.current = null;
    return await this.get();
  }

  private async open(): Promise<AppServerSession> {
    const { clock, proof, provider, tools, life } = this;
    try {
      const session = await foreignCall(() => (proof ? tools.open(proof) : provider(tools)), {
        clock,
        limitMs: SESSION_LIMIT_MS,
        onLimit: () => new ConnectionError(UNREACHABLE, 'no session within 15 s'),
        whenEnded: (handler) => this.whenEnded(handler),
        onEnded: cancelled,
      });
      this.check(life);
      return (this.current = checked(session));
    } catch (cause) {
      if (cause instanceof ConnectionError) throw cause;
      throw new ConnectionError(NO_SESSION, cause instanceof Error ? cause.message : undefined);
    } finally {
      if (this.life === life) this.opening = null;
    }
  }
}

function cancelled(): ConnectionError {
  return new ConnectionError(CANCELLED, 'the session was ended');
}

/** A provider is foreign code: what it gives may not be a session. */
function checked(session: AppServerSession | undefined): AppServerSession {
  if (session && isText(session.token) && isText(session.accountId)) return session;
  throw new ConnectionError(UNEXPECTED_ANSWER, 'this is no session of the app server');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
