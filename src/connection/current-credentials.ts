import { Code } from '@/sdk/codes';
import type { Credentials } from './credentials';

/** The codes with which Yunxin refuses a token. */
const WRONG_TOKEN: readonly number[] = [302, Code.invalidToken];

/** Whether the server refused the token itself, so that a renewed token may be accepted. */
export function isTokenRefusal(code: number): boolean {
  return WRONG_TOKEN.includes(code);
}

/**
 * The credentials that a login uses now. A static token that the server refuses is renewed once; a second refusal
 * before the login is online again is final.
 */
export class CurrentCredentials {
  private stage: 'valid' | 'refused' | 'renewed' = 'valid';

  constructor(private credentials: Credentials) {}

  get current(): Credentials {
    return this.credentials;
  }

  /** True when the next attempt must call `renewToken`. */
  get isRefused(): boolean {
    return this.stage === 'refused';
  }

  /** The server refused with `code`. @returns whether a new token may help */
  renewAfter(code: number): boolean {
    const { credentials, stage } = this;
    const canRenew = credentials.authType === 'static' && credentials.renewToken !== undefined;
    if (!canRenew || stage !== 'valid' || !isTokenRefusal(code)) return false;
    this.stage = 'refused';
    return true;
  }

  /** An attempt uses this token. */
  use(token: string): void {
    if (this.credentials.authType !== 'static' || this.stage !== 'refused') return;
    this.credentials = { ...this.credentials, token };
    this.stage = 'renewed';
  }

  /** Drops the token when the login is over, for code that still references the connection. */
  forget(): void {
    this.credentials = { accountId: this.credentials.accountId, authType: 'static', token: '' };
  }

  /** The login is online. */
  accepted(): void {
    this.stage = 'valid';
  }
}
