import { ConnectionError, reasonOf } from '@/connection';
import {
  foreignCall,
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type Platform,
} from '@/platform';
import {
  type AppServerSession,
  AppServerSessions,
  NO_SESSION,
  type SessionProvider,
} from './app-server-session';

/** An account and what Yunxin takes for it, as the app server says. */
export interface Identity {
  accountId: string;
  token: string;
}

/** Whether a call carries the session of the user. Everybody may ask for what concerns nobody. */
export type Access = 'session' | 'everybody';

/** What to do with a text, in WeChat's words: publish it, have a person look at it, refuse it. */
export type ContentVerdict = 'pass' | 'review' | 'risky';

const VERDICTS: readonly ContentVerdict[] = ['pass', 'review', 'risky'];
/** WeChat ends the request itself. */
const TIMEOUT_MS = 8000;
/** When it does not, or `wx.login` never calls back. */
const LIMIT_MS = 9000;
const LOGIN_CODE_LIMIT_MS = 5000;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
/** HTTP statuses that are final, and the code of those that name none. */
const FINAL: ReadonlyMap<number, number> = new Map([
  [UNAUTHORIZED, NO_SESSION],
  [FORBIDDEN, 403],
]);
const CANCELLED = 191002;
const UNREACHABLE = 600104;
const UNEXPECTED_ANSWER = 600105;
const DOMAIN_NOT_LISTED = 600002;

/**
 * The company's own backend (docs/app-server). A call that gives out a token, or something that belongs to a
 * user, carries the session of the user, and the app server decides by the session whose it is. A session
 * that the app server no longer takes (HTTP 401) is renewed once a call.
 *
 * Every failure is a ConnectionError: the code the server names, 600104 when it did not answer within 9 s,
 * 600105 when its answer is not of the contract, 600107 for HTTP 401 without a code, the status for 403 and 404
 * without a code, 191002 when the session was ended meanwhile. Nothing here logs.
 */
export class AppServerClient {
  private readonly sessions: AppServerSessions;

  constructor(
    private readonly platform: Platform,
    private readonly baseUrl: string,
  ) {
    this.sessions = new AppServerSessions(platform.clock, {
      loginCode: () => this.loginCode(),
      open: (proof) => this.openSession(proof),
    });
  }

  /** Plugs in a product's own sign-in, in place of `wx.login`. Before the first sign-in. */
  useSession(provider: SessionProvider): void {
    this.sessions.use(provider);
  }

  /** The session of the user, made when there is none. @throws ConnectionError */
  async session(): Promise<AppServerSession> {
    return await this.sessions.get();
  }

  /**
   * Forgets the session; calls that wait for an answer end with 191002. A user who signs in by account and
   * token proves with these to the app server, too, who asks.
   */
  endSession(identity?: Identity): void {
    this.sessions.end(identity && { accountId: identity.accountId, token: identity.token });
  }

  /** The user's account and its static token. */
  async identity(): Promise<Identity> {
    const answer = await this.post('/static-token', {});
    return { accountId: text(answer, 'accountId'), token: text(answer, 'token') };
  }

  /** A dynamic token: short-lived, signed with the app secret, which only the server knows. */
  async dynamicToken(accountId: string): Promise<string> {
    return text(await this.post('/dynamic-token', { accountId }), 'token');
  }

  /** What the third-party callback will check. */
  async loginExtension(accountId: string): Promise<string> {
    return text(await this.post('/login-extension', { accountId }), 'loginExtension');
  }

  /**
   * The room account bound to this IM account, made by the app server when there was none. `imAccid`, where
   * the app server tells it, is the IM account that the room account is bound to.
   */
  async roomAccount(
    accountId: string,
  ): Promise<{ userUuid: string; userToken: string; imAccid?: string }> {
    const answer = await this.post('/room-account', { accountId });
    const { imAccid } = (answer ?? {}) as { imAccid?: unknown };
    return {
      userUuid: text(answer, 'userUuid'),
      userToken: text(answer, 'userToken'),
      ...(typeof imAccid === 'string' && imAccid !== '' ? { imAccid } : {}),
    };
  }

  /**
   * What WeChat's content check says of a text that others will see. `scene`: 1 profile, 2 comment, 3 forum,
   * 4 social log. docs/app-server.md says where to call it.
   */
  async checkContent(content: string, scene: 1 | 2 | 3 | 4): Promise<ContentVerdict> {
    const verdict = text(await this.post('/content-check', { content, scene }), 'suggest');
    const known = VERDICTS.find((one) => one === verdict);
    if (known) return known;
    throw new ConnectionError(UNEXPECTED_ANSWER, `content check: ${verdict}`);
  }

  /** For routes of a sub-package, which asks and reads the answer itself. @throws ConnectionError */
  async get(path: string, access: Access = 'session'): Promise<unknown> {
    return await this.ask(path, { method: 'GET' }, access);
  }

  /** The same with a body. @throws ConnectionError */
  async post(path: string, body: object, access: Access = 'session'): Promise<unknown> {
    return await this.ask(path, { method: 'POST', body }, access);
  }

  private async ask(path: string, request: Asked, access: Access): Promise<unknown> {
    if (access === 'everybody') return answerOf(path, await this.send(path, request));
    const { sessions } = this;
    const { lifetime } = sessions;
    const session = await sessions.get();
    sessions.check(lifetime);
    const response = await this.send(path, request, session);
    if (response.status !== UNAUTHORIZED) return answerOf(path, response);
    sessions.check(lifetime);
    const renewed = await sessions.renew(session);
    sessions.check(lifetime);
    return answerOf(path, await this.send(path, request, renewed));
  }

  private async send(
    path: string,
    request: Asked,
    session?: AppServerSession,
  ): Promise<HttpResponse> {
    const { platform, sessions } = this;
    try {
      return await foreignCall(
        () =>
          platform.request({
            url: this.baseUrl + path,
            ...request,
            ...(session ? { headers: { authorization: `Bearer ${session.token}` } } : {}),
            timeoutMs: TIMEOUT_MS,
          }),
        {
          clock: platform.clock,
          limitMs: LIMIT_MS,
          onLimit: () => new HttpFailure(`no answer within ${LIMIT_MS} ms`, true),
          ...(session
            ? {
                whenEnded: (handler) => sessions.whenEnded(handler),
                onEnded: () => new ConnectionError(CANCELLED, 'the session was ended'),
              }
            : {}),
        },
      );
    } catch (cause) {
      throw cause instanceof ConnectionError ? cause : unreachable(cause);
    }
  }

  private async loginCode(): Promise<string> {
    const { platform } = this;
    try {
      return await foreignCall(() => platform.loginCode(), {
        clock: platform.clock,
        limitMs: LOGIN_CODE_LIMIT_MS,
        onLimit: () =>
          new HttpFailure(`wx.login: no answer within ${LOGIN_CODE_LIMIT_MS} ms`, true),
      });
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  private async openSession(proof: Readonly<Record<string, string>>): Promise<AppServerSession> {
    const answer = await this.post('/login', proof, 'everybody');
    return { token: text(answer, 'sessionToken'), accountId: text(answer, 'accountId') };
  }
}

type Asked = Pick<HttpRequest, 'method' | 'body'>;

function answerOf(path: string, response: HttpResponse): unknown {
  if (response.status >= 200 && response.status < 300) return response.body;
  const code = field(response.body, 'code');
  const named = typeof code === 'number' ? `, code ${code}` : '';
  throw new ConnectionError(
    codeOf(response),
    `app server ${path}: HTTP ${response.status}${named}`,
  );
}

/** What a failed request to the app server, or a failed `wx.login`, is called. */
function unreachable(cause: unknown): ConnectionError {
  const errMsg = cause instanceof HttpFailure ? cause.errMsg : undefined;
  const code = errMsg?.includes('url not in domain list') ? DOMAIN_NOT_LISTED : UNREACHABLE;
  return new ConnectionError(code, errMsg, { cause });
}

/**
 * The code that the server names. What concerns the rights of the user (401, 403) does not get better by asking
 * again: a code that is unknown, or may be tried again, gives way to a final one there.
 */
function codeOf({ status, body }: HttpResponse): number {
  const code = field(body, 'code');
  const named = typeof code === 'number' ? code : undefined;
  const final = FINAL.get(status);
  if (final !== undefined) return named === undefined || reasonOf(named).retry ? final : named;
  if (named !== undefined) return named;
  if (status === NOT_FOUND) return NOT_FOUND;
  return status >= 500 ? UNREACHABLE : UNEXPECTED_ANSWER;
}

function text(answer: unknown, name: string): string {
  const value = field(answer, name);
  if (typeof value === 'string' && value !== '') return value;
  // Some gateways say every no with HTTP 200 and a code in the body.
  const code = field(answer, 'code');
  if (typeof code === 'number' && code !== 0 && code !== 200) throw new ConnectionError(code);
  throw new ConnectionError(UNEXPECTED_ANSWER, `the app server's answer has no ${name}`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
