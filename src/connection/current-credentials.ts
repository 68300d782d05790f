import type { Credentials } from './credentials';

/** The codes with which Yunxin refuses a token. */
const WRONG_TOKEN: readonly number[] = [302, 102302];

/**
 * What a login proves itself with now. A static token that the server no longer takes is asked for anew once;
 * a second refusal before the login is online again is final.
 */
export class CurrentCredentials {
  private stage: 'taken' | 'refused' | 'renewed' = 'taken';

  constructor(private credentials: Credentials) {}

  get current(): Credentials {
    return this.credentials;
  }

  /** The next attempt has to ask for a new token. */
  get isRefused(): boolean {
    return this.stage === 'refused';
  }

  /** The server said `code`: whether a new token may help. */
  renewAfter(code: number): boolean {
    const { credentials, stage } = this;
    const canRenew = credentials.authType === 'static' && credentials.renewToken !== undefined;
    if (!canRenew || stage !== 'taken' || !WRONG_TOKEN.includes(code)) return false;
    this.stage = 'refused';
    return true;
  }

  /** An attempt is made with this token. */
  use(token: string): void {
    if (this.credentials.authType !== 'static' || this.stage !== 'refused') return;
    this.credentials = { ...this.credentials, token };
    this.stage = 'renewed';
  }

  /** The login is over: nothing that still knows the connection reaches the token. */
  forget(): void {
    this.credentials = { accountId: this.credentials.accountId, authType: 'static', token: '' };
  }

  /** The login is online. */
  accepted(): void {
    this.stage = 'taken';
  }
}
