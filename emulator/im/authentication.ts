import { createHash } from 'node:crypto';
import { numberOf, textOf } from '../protocol/request-items';
import { Reason } from '../protocol/reasons';
import type { AccountRecord } from '../world/world-state';

/** Ways to authenticate (tag 115 of the login request). */
const AuthType = { staticToken: 0, dynamicToken: 1, thirdParty: 2 } as const;

export interface Credentials {
  authType: number;
  token: string;
  loginExtension: string;
}

export interface AuthenticationConfig {
  appkey: string;
  appSecret: string;
  now: () => number;
  /** URL called for third-party logins, like the callback URL of Yunxin's customer. */
  thirdPartyCallbackUrl: () => string;
}

/**
 * Signature of a dynamic token: SHA-1 hex of the concatenated appkey, account, time, ttl and app secret.
 * `curTime` in ms, `ttl` in seconds.
 */
function dynamicTokenSignature(
  app: { appkey: string; appSecret: string },
  accountId: string,
  curTime: number,
  ttl: number,
): string {
  return createHash('sha1')
    .update(`${app.appkey}${accountId}${curTime}${ttl}${app.appSecret}`)
    .digest('hex');
}

/** A dynamic token as an app server issues it: base64 of `{signature, curTime, ttl}`. */
export function issueDynamicToken(
  app: { appkey: string; appSecret: string },
  accountId: string,
  curTime: number,
  ttl: number,
): string {
  const signature = dynamicTokenSignature(app, accountId, curTime, ttl);
  return Buffer.from(JSON.stringify({ signature, curTime, ttl })).toString('base64');
}

function checkDynamicToken(
  config: AuthenticationConfig,
  accountId: string,
  token: string,
): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return false;
  }
  if (typeof parsed !== 'object' || parsed === null) return false;
  const fields = parsed as Record<string, unknown>;
  const curTime = numberOf(fields['curTime']);
  const ttl = numberOf(fields['ttl']);
  if (textOf(fields['signature']) !== dynamicTokenSignature(config, accountId, curTime, ttl)) {
    return false;
  }
  return config.now() < curTime + ttl * 1000;
}

async function askThirdParty(
  config: AuthenticationConfig,
  accountId: string,
  loginExtension: string,
): Promise<boolean> {
  try {
    const response = await fetch(config.thirdPartyCallbackUrl(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appkey: config.appkey, accountId, loginExtension }),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) return false;
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 200;
  } catch {
    // An unreachable callback accepts no login.
    return false;
  }
}

/** Returns the public code for these credentials: 200 or the code of a refusal. */
export async function authenticate(
  config: AuthenticationConfig,
  account: AccountRecord,
  credentials: Credentials,
): Promise<number> {
  const { accountId } = account;
  switch (credentials.authType) {
    case AuthType.staticToken:
      return credentials.token === account.token ? Reason.success : Reason.invalidToken;
    case AuthType.dynamicToken:
      return checkDynamicToken(config, accountId, credentials.token)
        ? Reason.success
        : Reason.invalidToken;
    case AuthType.thirdParty:
      return (await askThirdParty(config, accountId, credentials.loginExtension))
        ? Reason.success
        : Reason.invalidToken;
    default:
      return Reason.parameterError;
  }
}
