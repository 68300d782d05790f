import type { LoginAttempt } from '@/sdk';
import { ConnectionError } from './connection-error';

/**
 * The three ways to prove who one is. Providers are asked before every attempt, reconnects included,
 * so that what they give is always fresh.
 */
export type Credentials = { readonly accountId: string } & (
  | { readonly authType: 'static'; readonly token: string }
  | { readonly authType: 'dynamic'; readonly tokenProvider: (accountId: string) => Promise<string> }
  | {
      readonly authType: 'thirdParty';
      readonly loginExtensionProvider: (accountId: string) => Promise<string>;
      readonly token?: string;
    }
);

/** The SDK's own stages end after LBS 2.5 s, handshake, `1::` and login 8 s each; this is the backstop. */
const ATTEMPT_TIMEOUT_MS = 30_000;
const INVALID_PARAMETER = 191004;
const CALLBACK_FAILED = 191003;

/** @throws ConnectionError 191004 for what the server would refuse anyway. */
export function checkCredentials(credentials: Credentials): void {
  if (!credentials.accountId.trim())
    throw new ConnectionError(INVALID_PARAMETER, 'accountId is empty');
  if (credentials.authType === 'static' && !credentials.token) {
    throw new ConnectionError(INVALID_PARAMETER, 'token is empty');
  }
}

/** @throws ConnectionError 191003 when a provider fails; the caller retries. */
export async function prepareAttempt(credentials: Credentials): Promise<LoginAttempt> {
  const { accountId } = credentials;
  const base = { accountId, timeoutMs: ATTEMPT_TIMEOUT_MS };
  try {
    switch (credentials.authType) {
      case 'static':
        return { ...base, authType: 0, token: credentials.token };
      case 'dynamic':
        return { ...base, authType: 1, token: await credentials.tokenProvider(accountId) };
      case 'thirdParty':
        return {
          ...base,
          authType: 2,
          token: credentials.token ?? '',
          loginExtension: await credentials.loginExtensionProvider(accountId),
        };
    }
  } catch (cause) {
    throw new ConnectionError(CALLBACK_FAILED, cause instanceof Error ? cause.message : undefined, {
      cause,
    });
  }
}

/** Whether a login with `b` while `a` is in force would change nothing. */
export function sameLogin(a: Credentials, b: Credentials): boolean {
  if (a.accountId !== b.accountId || a.authType !== b.authType) return false;
  return a.authType !== 'static' || b.authType !== 'static' || a.token === b.token;
}
