import { type Clock, foreignCall, type ForeignCallBounds } from '@/platform';
import type { LoginAttempt } from '@/sdk';
import { Code } from '@/sdk/codes';
import { ConnectionError } from './connection-error';

/**
 * The three ways to sign in. Providers are called before every attempt, reconnects included, so that a token is
 * never outdated. A provider must resolve with a non-empty string within 10 s. A provider that rejects
 * with a ConnectionError decides with its code: a final code (302, 102404) ends the sign-in with that code,
 * every other code is retried. Any other failure is 191003 and is retried.
 */
export type Credentials = { readonly accountId: string } & (
  | {
      readonly authType: 'static';
      readonly token: string;
      /** Called for a new token when the server refuses the token (302); once, until online again. */
      readonly renewToken?: (accountId: string) => Promise<string>;
    }
  | { readonly authType: 'dynamic'; readonly tokenProvider: (accountId: string) => Promise<string> }
  | {
      readonly authType: 'thirdParty';
      readonly loginExtensionProvider: (accountId: string) => Promise<string>;
      readonly token?: string;
    }
);

/** Subscribes to the end of the attempt that a provider is called for. */
export type AttemptEnd = NonNullable<ForeignCallBounds['whenEnded']>;

/** A backstop: the SDK's own stages end after LBS 2.5 s, handshake, `1::` and login 8 s each. */
const ATTEMPT_TIMEOUT_MS = 30_000;
/** The app server client waits 8 s for an answer; a product's provider may need two requests. */
const PROVIDER_MS = 10_000;

/** @throws ConnectionError 191004 for credentials that the server would refuse anyway. */
export function checkCredentials(credentials: Credentials): void {
  if (!credentials.accountId.trim())
    throw new ConnectionError(Code.invalidParameter, 'accountId is empty');
  if (credentials.authType === 'static' && !credentials.token) {
    throw new ConnectionError(Code.invalidParameter, 'token is empty');
  }
}

/**
 * Builds one attempt and calls the providers for it. Never waits longer than 10 s, nor past `whenEnded`.
 * @param isTokenRefused the server refused the static token: `renewToken` is called for another.
 * @throws ConnectionError with the code of a provider's own ConnectionError; 191003 when the provider fails
 * otherwise or gives no answer; 600106 when the provider resolves without a text; 191002 when the attempt ended first.
 */
export async function prepareAttempt(
  credentials: Credentials,
  clock: Clock,
  whenEnded: AttemptEnd,
  isTokenRefused = false,
): Promise<LoginAttempt> {
  const { accountId } = credentials;
  const base = { accountId, timeoutMs: ATTEMPT_TIMEOUT_MS };
  const ask = (name: string, provider: (accountId: string) => Promise<string>) =>
    textOf(name, () => provider(accountId), clock, whenEnded);
  switch (credentials.authType) {
    case 'static': {
      const { token, renewToken } = credentials;
      const isNewToken = isTokenRefused && renewToken !== undefined;
      return {
        ...base,
        authType: 0,
        token: isNewToken ? await ask('renewToken', renewToken) : token,
      };
    }
    case 'dynamic':
      return {
        ...base,
        authType: 1,
        token: await ask('tokenProvider', (account) => credentials.tokenProvider(account)),
      };
    case 'thirdParty':
      return {
        ...base,
        authType: 2,
        token: credentials.token ?? '',
        loginExtension: await ask('loginExtensionProvider', (account) =>
          credentials.loginExtensionProvider(account),
        ),
      };
  }
}

async function textOf(
  name: string,
  provider: () => Promise<unknown>,
  clock: Clock,
  whenEnded: AttemptEnd,
): Promise<string> {
  let answer: unknown;
  try {
    answer = await foreignCall(provider, {
      clock,
      limitMs: PROVIDER_MS,
      onLimit: () =>
        new ConnectionError(Code.callbackFailed, `${name} gave no answer within ${PROVIDER_MS} ms`),
      whenEnded,
      onEnded: () => ConnectionError.cancelled('the attempt ended'),
    });
  } catch (cause) {
    if (cause instanceof ConnectionError) throw cause;
    const detail = cause instanceof Error ? cause.message : undefined;
    throw new ConnectionError(Code.callbackFailed, detail, { cause });
  }
  if (typeof answer === 'string' && answer.trim() !== '') return answer;
  throw new ConnectionError(Code.noCredential, `${name} gave no text`);
}

/** Whether a login with `b` would change nothing while `a` is logged in. */
export function sameLogin(a: Credentials, b: Credentials): boolean {
  if (a.accountId !== b.accountId || a.authType !== b.authType) return false;
  return a.authType !== 'static' || b.authType !== 'static' || a.token === b.token;
}
