import { ConnectionError, reasonOf } from '@/connection';
import {
  foreignCall,
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type Platform,
} from '@/platform';
import { Code } from '@/sdk/codes';
import {
  type AppServerSession,
  AppServerSessions,
  type SessionProvider,
} from './app-server-session';

/** An account and its Yunxin token, as the app server gives them. */
export interface Identity {
  accountId: string;
  token: string;
}

/** Whether a call carries the session of the user. `everybody` is for data that belongs to no user. */
export type Access = 'session' | 'everybody';

/** What to do with a text, in WeChat's words: publish it, review it by hand, refuse it. */
export type ContentVerdict = 'pass' | 'review' | 'risky';

/** Reasons of a report. */
export const REPORT_REASONS = ['spam', 'fraud', 'porn', 'violence', 'harassment', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** A message or a person that a user reports. */
export interface Report {
  reason: ReportReason;
  /** The person, or the author of the message. */
  accountId: string;
  /** The message; nothing for a person. */
  message?: {
    /** As in the SDK: "anna|1|ben". */
    conversationId: string;
    messageClientId: string;
    messageServerId: string;
    createTime: number;
    /** V2NIMMessageType. */
    messageType: number;
    text: string;
  };
}

/** Longest text of a reported message, characters; the server finds the whole message by its id. */
const REPORTED_TEXT = 500;

const VERDICTS: readonly ContentVerdict[] = ['pass', 'review', 'risky'];
/** Timeout that WeChat applies to the request itself. */
const TIMEOUT_MS = 8000;
/** Timeout for the case that WeChat's own fails or `wx.login` never calls back. */
const LIMIT_MS = 9000;
const LOGIN_CODE_LIMIT_MS = 5000;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
/** HTTP statuses that are final, and the code used when the body names none. */
const FINAL: ReadonlyMap<number, number> = new Map([
  [UNAUTHORIZED, Code.noSession],
  [FORBIDDEN, 403],
]);

/**
 * Client of the company's own backend (docs/app-server.md). A call that returns a token or data of a user
 * carries the session of the user; the app server takes the user from the session. When the app server rejects
 * a session (HTTP 401), each call renews the session once.
 *
 * Every failure is a ConnectionError: the code that the server names, 600104 without an answer within 9 s,
 * 600105 for an answer outside the contract, 600107 for HTTP 401 without a code, the status for 403 and 404
 * without a code, 191002 when the session was ended meanwhile. Nothing is logged here.
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

  /** Replaces `wx.login` with a product's own sign-in. Call it before the first sign-in. */
  useSession(provider: SessionProvider): void {
    this.sessions.setProvider(provider);
  }

  /** The session of the user, created when there is none. @throws ConnectionError */
  async session(): Promise<AppServerSession> {
    return await this.sessions.getSession();
  }

  /**
   * Drops the session; calls that wait for an answer end with 191002. A user who signs in by account and
   * token also proves the identity to the app server with `identity`.
   */
  endSession(identity?: Identity): void {
    this.sessions.endSession(identity && { accountId: identity.accountId, token: identity.token });
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

  /** The login extension that the third-party callback checks. */
  async loginExtension(accountId: string): Promise<string> {
    return text(await this.post('/login-extension', { accountId }), 'loginExtension');
  }

  /**
   * The room account bound to this IM account; the app server creates it when there is none. `imAccid`, where
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
   * The verdict of WeChat's content check on a text that others will see. `scene`: 1 profile, 2 comment, 3
   * forum, 4 social log. docs/app-server.md says where to call it.
   */
  async checkContent(content: string, scene: 1 | 2 | 3 | 4): Promise<ContentVerdict> {
    const verdict = text(await this.post('/content-check', { content, scene }), 'suggest');
    const known = VERDICTS.find((one) => one === verdict);
    if (known) return known;
    throw new ConnectionError(Code.unexpectedAnswer, `content check: ${verdict}`);
  }

  /**
   * Reports a message or a person to the people who check content. A repeated report counts once.
   * @throws ConnectionError, 416 when the user reports too often
   */
  async report({ message, ...report }: Report): Promise<void> {
    const text = message && [...message.text].slice(0, REPORTED_TEXT).join('');
    await this.post('/reports', { ...report, ...(message && { message: { ...message, text } }) });
  }

  /** GET for routes of a sub-package, which parses the answer itself. @throws ConnectionError */
  async get(path: string, access: Access = 'session'): Promise<unknown> {
    return await this.ask(path, { method: 'GET' }, access);
  }

  /** POST for routes of a sub-package. @throws ConnectionError */
  async post(path: string, body: object, access: Access = 'session'): Promise<unknown> {
    return await this.ask(path, { method: 'POST', body }, access);
  }

  private async ask(path: string, request: Asked, access: Access): Promise<unknown> {
    if (access === 'everybody') return answerOf(path, await this.send(path, request));
    const { sessions } = this;
    const { lifetime } = sessions;
    const session = await sessions.getSession();
    sessions.checkLifetime(lifetime);
    const response = await this.send(path, request, session);
    if (response.status !== UNAUTHORIZED) return answerOf(path, response);
    sessions.checkLifetime(lifetime);
    const renewed = await sessions.renewSession(session);
    sessions.checkLifetime(lifetime);
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
                onEnded: () => new ConnectionError(Code.cancelled, 'the session was ended'),
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

/** The error of a failed request to the app server or of a failed `wx.login`. */
function unreachable(cause: unknown): ConnectionError {
  const errMsg = cause instanceof HttpFailure ? cause.errMsg : undefined;
  const code = errMsg?.includes('url not in domain list')
    ? Code.domainNotListed
    : Code.appServerUnreachable;
  return new ConnectionError(code, errMsg, { cause });
}

/**
 * The code that the server names. Retrying does not help with missing rights (401, 403): for these statuses
 * an unknown or retryable code is replaced by a final code.
 */
function codeOf({ status, body }: HttpResponse): number {
  const code = field(body, 'code');
  const named = typeof code === 'number' ? code : undefined;
  const final = FINAL.get(status);
  if (final !== undefined) return named === undefined || reasonOf(named).retry ? final : named;
  if (named !== undefined) return named;
  if (status === NOT_FOUND) return NOT_FOUND;
  return status >= 500 ? Code.appServerUnreachable : Code.unexpectedAnswer;
}

function text(answer: unknown, name: string): string {
  const value = field(answer, name);
  if (typeof value === 'string' && value !== '') return value;
  // Some gateways answer every refusal with HTTP 200 and a code in the body.
  const code = field(answer, 'code');
  if (typeof code === 'number' && code !== 0 && code !== 200) throw new ConnectionError(code);
  throw new ConnectionError(Code.unexpectedAnswer, `the app server's answer has no ${name}`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
