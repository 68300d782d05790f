import { ConnectionError } from '@/connection';
import { HttpFailure, type HttpRequest, type HttpResponse, type Platform } from '@/platform';

/** Who one is, as the app server says. */
export interface Identity {
  accountId: string;
  token: string;
}

const TIMEOUT_MS = 8000;
const UNREACHABLE = 600104;
const UNEXPECTED_ANSWER = 600105;
const DOMAIN_NOT_LISTED = 600002;

/**
 * The company's own backend (docs/app-server). Every failure is a ConnectionError: the code the server
 * names, 600104 when it did not answer, 600105 when its answer is not of the contract. Nothing here logs.
 */
export class AppServerClient {
  constructor(
    private readonly platform: Platform,
    private readonly baseUrl: string,
  ) {}

  /** Exchanges a `wx.login` code for an account and its token. */
  async exchangeCode(code: string): Promise<Identity> {
    const answer = await this.post('/login', { code });
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

  /** The room account bound to this IM account, made by the app server when there was none. */
  async roomAccount(accountId: string): Promise<{ userUuid: string; userToken: string }> {
    const answer = await this.post('/room-account', { accountId });
    return { userUuid: text(answer, 'userUuid'), userToken: text(answer, 'userToken') };
  }

  /** For routes of a sub-package, which asks and reads the answer itself. @throws ConnectionError */
  async get(path: string): Promise<unknown> {
    return await this.ask(path, { method: 'GET' });
  }

  /** The same with a body. @throws ConnectionError */
  async post(path: string, body: object): Promise<unknown> {
    return await this.ask(path, { method: 'POST', body });
  }

  private async ask(path: string, request: Pick<HttpRequest, 'method' | 'body'>): Promise<unknown> {
    let response: HttpResponse;
    try {
      response = await this.platform.request({
        url: this.baseUrl + path,
        ...request,
        timeoutMs: TIMEOUT_MS,
      });
    } catch (cause) {
      throw unreachable(cause);
    }
    if (response.status >= 200 && response.status < 300) return response.body;
    throw new ConnectionError(codeOf(response), `app server ${path}: HTTP ${response.status}`);
  }
}

/** What a failed request to the app server, or a failed `wx.login`, is called. */
export function unreachable(cause: unknown): ConnectionError {
  const errMsg = cause instanceof HttpFailure ? cause.errMsg : undefined;
  const code = errMsg?.includes('url not in domain list') ? DOMAIN_NOT_LISTED : UNREACHABLE;
  return new ConnectionError(code, errMsg, { cause });
}

function codeOf({ status, body }: HttpResponse): number {
  const code = field(body, 'code');
  if (typeof code === 'number') return code;
  return status >= 500 ? UNREACHABLE : UNEXPECTED_ANSWER;
}

function text(answer: unknown, name: string): string {
  const value = field(answer, name);
  if (typeof value === 'string' && value !== '') return value;
  throw new ConnectionError(UNEXPECTED_ANSWER, `the app server's answer has no ${name}`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
