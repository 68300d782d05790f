import { makeObservable, observableRef, runInAction } from 'mobx';
import {
  ConnectionError,
  type ConnectionManager,
  type ConnectionState,
  type Credentials,
  isFinal,
  kickedCode,
  reasonOf,
} from '@/connection';
import { foreignCall, Listeners, type Platform } from '@/platform';
import { Code } from '@/sdk/codes';
import type { AppServerClient, Identity } from './app-server-client';
import { type Remembered, RememberedAccount, type SignInWay } from './remembered-account';

export type SessionStatus = 'signedOut' | 'restoring' | 'signingIn' | 'signedIn';

/**
 * The input of a sign-in. Only a static token needs an account: for all other ways the app server takes the
 * account from the user's session. An account that is given all the same is compared there and refused with
 * 600108 when it belongs to somebody else.
 */
export type SignIn =
  /** `known`: the app server's last answer, tried first when a remembered account returns. */
  | { readonly way: 'oneTap'; readonly known?: Identity }
  | {
      readonly way: 'static';
      readonly accountId: string;
      readonly token: string;
      /** Gives a new token when the server refuses this one. */
      readonly renewToken?: (accountId: string) => Promise<string>;
    }
  /** `tokenProvider`: gives the tokens in place of the app server, for the given account. */
  | {
      readonly way: 'dynamic';
      readonly accountId?: string;
      readonly tokenProvider?: (accountId: string) => Promise<string>;
    }
  | { readonly way: 'thirdParty'; readonly accountId?: string; readonly token?: string };

export interface SessionError {
  /** A row of the reasons table. */
  readonly code: number;
  /** Whether the error ended a running login instead of refusing a new login. */
  readonly wasSignedIn: boolean;
  /** Set when another client or the server ended the login: the kind of client and the time (ms since 1970). */
  readonly kicked?: { readonly clientType: number; readonly at: number };
}

export interface SessionDependencies {
  platform: Platform;
  manager: ConnectionManager;
  appServer: AppServerClient;
}

/** Time limit for the app server to give an account and its token. */
const PREPARE_LIMIT_MS = 15_000;

/** The signed-in account, and all ways to sign in and out. */
export class SessionStore {
  status: SessionStatus = 'signedOut';
  /** Why the last sign-in failed or the login ended; kept until the next attempt. */
  error: SessionError | null = null;
  accountId: string | null = null;
  /** The accounts on this device that the user can switch to, the last used first. */
  others: readonly string[] = [];
  private readonly remembered: RememberedAccount;
  private readonly stop: () => void;
  /** The running attempt; a newer attempt, or none, makes the older attempt stop without an effect. */
  private attempt: Attempt | null = null;
  private last: { signIn: SignIn; remember: boolean } | null = null;

  constructor(private readonly deps: SessionDependencies) {
    makeObservable(this, {
      status: observableRef,
      error: observableRef,
      accountId: observableRef,
      others: observableRef,
    });
    this.remembered = new RememberedAccount(deps.platform.storage);
    this.readOthers();
    this.stop = deps.manager.on('state', ({ to }) => this.onState(to));
  }

  /** The way of the last sign-in; null after a sign-out. */
  get way(): SignInWay | null {
    return this.last?.signIn.way ?? null;
  }

  /** Whether the user asked to stay signed in on this device, with the sign-in in force. */
  get staysSignedIn(): boolean {
    return this.last?.remember ?? false;
  }

  /**
   * Signs in. Resolves when online or when cancelled; the outcome is in `status` and `error`. `remember`:
   * stay signed in, see `restore`.
   */
  async signIn(signIn: SignIn, { remember = false }: { remember?: boolean } = {}): Promise<void> {
    await this.runSignIn(signIn, remember, 'signingIn');
  }

  /** Ends the login of one account and starts that of another. A user who stays signed in can switch back. */
  async switchAccount(signIn: SignIn, options: { remember?: boolean } = {}): Promise<void> {
    this.remember((accounts) => accounts.setAside());
    await this.signIn(signIn, options);
  }

  /** Switches to one of `others`. */
  async switchTo(accountId: string): Promise<void> {
    const other = this.remembered.others().find((each) => each.accountId === accountId);
    if (other) await this.switchAccount(toSignIn(other), { remember: true });
  }

  /** Forgets one of `others`, with its token. */
  forget(accountId: string): void {
    this.remember((accounts) => accounts.dropOther(accountId));
  }

  /** Ends the login, so that another account can sign in. A user who stays signed in can switch back. */
  async leave(): Promise<void> {
    this.remember((accounts) => accounts.setAside());
    await this.end();
  }

  /** Signs the remembered account in again at the start of the app. Does nothing when there is none. */
  async restore(): Promise<void> {
    const saved = this.remembered.load();
    if (!saved || this.status !== 'signedOut') return;
    await this.runSignIn(toSignIn(saved), true, 'restoring');
  }

  /**
   * Signs the same account in the same way after a kick. Only the user starts this: two devices that did it
   * by themselves would kick each other forever.
   */
  async signInAgain(): Promise<void> {
    if (this.last) await this.signIn(this.last.signIn, { remember: this.last.remember });
  }

  /** Cancels the running attempt. */
  cancel(): void {
    if (!this.attempt) return;
    this.endAttempt();
    this.remember((accounts) => accounts.drop());
    this.setStatus('signedOut', null);
    void this.deps.manager.logout();
  }

  /**
   * Signs out. Resolves when every socket is closed and nothing of the account is left in memory or storage. The
   * tokens of all accounts on this device are forgotten.
   */
  async signOut(): Promise<void> {
    this.remember((accounts) => accounts.clear());
    await this.end();
  }

  private async end(): Promise<void> {
    this.endAttempt();
    this.last = null;
    this.deps.appServer.endSession();
    await this.deps.manager.logout();
    this.setStatus('signedOut', null);
  }

  /** Called when the user has read the error. */
  dismissError(): void {
    runInAction(() => (this.error = null));
  }

  dispose(): void {
    this.endAttempt();
    this.stop();
  }

  private async runSignIn(signIn: SignIn, remember: boolean, status: SessionStatus): Promise<void> {
    this.endAttempt();
    const attempt = new Attempt();
    this.attempt = attempt;
    this.last = { signIn, remember };
    // Each sign-in proves the user's identity anew.
    this.deps.appServer.endSession(signIn.way === 'static' ? signIn : undefined);
    this.setStatus(status, null);
    let accountId = signIn.way === 'oneTap' ? signIn.known?.accountId : signIn.accountId;
    try {
      const credentials = await this.limitedCredentials(signIn, attempt);
      if (this.attempt !== attempt) return;
      ({ accountId } = credentials);
      runInAction(() => (this.accountId = credentials.accountId));
      const connection = await this.deps.manager.login(credentials);
      if (this.attempt !== attempt) return;
      this.attempt = null;
      this.setStatus('signedIn', null);
      this.remember((accounts) => {
        if (remember) accounts.save(toRemembered(signIn, connection.credentials));
        else accounts.drop();
      });
    } catch (cause) {
      if (this.attempt !== attempt) return;
      this.attempt = null;
      const { code } = ConnectionError.from(cause);
      // Retrying refused credentials at every start would not help; credentials with a retryable failure
      // stay.
      if (!reasonOf(code).retry)
        this.remember((accounts) => {
          accounts.drop();
          if (accountId) accounts.dropOther(accountId);
        });
      this.setStatus('signedOut', { code, wasSignedIn: false });
    }
  }

  /** The credentials, or an error: after 15 s at the latest, and at once when the attempt is cancelled. */
  private limitedCredentials(signIn: SignIn, attempt: Attempt): Promise<Credentials> {
    return foreignCall(() => this.credentials(signIn), {
      clock: this.deps.platform.clock,
      limitMs: PREPARE_LIMIT_MS,
      onLimit: () => new ConnectionError(Code.appServerUnreachable, 'no account within 15 s'),
      whenEnded: (handler) => attempt.whenEnded(handler),
      onEnded: () => new ConnectionError(Code.cancelled, 'the sign-in was cancelled'),
    });
  }

  private async credentials(signIn: SignIn): Promise<Credentials> {
    const { appServer } = this.deps;
    const own = async (typed = '') => typed.trim() || (await appServer.session()).accountId;
    switch (signIn.way) {
      case 'oneTap': {
        const { accountId, token } = signIn.known ?? (await appServer.identity());
        return {
          accountId,
          authType: 'static',
          token,
          renewToken: () => this.renewedToken(accountId),
        };
      }
      case 'static':
        return {
          accountId: signIn.accountId,
          authType: 'static',
          token: signIn.token,
          ...(signIn.renewToken ? { renewToken: signIn.renewToken } : {}),
        };
      case 'dynamic':
        return {
          accountId: await own(signIn.accountId),
          authType: 'dynamic',
          tokenProvider: signIn.tokenProvider ?? ((accountId) => appServer.dynamicToken(accountId)),
        };
      case 'thirdParty':
        return {
          accountId: await own(signIn.accountId),
          authType: 'thirdParty',
          loginExtensionProvider: (accountId) => appServer.loginExtension(accountId),
          ...(signIn.token ? { token: signIn.token } : {}),
        };
    }
  }

  /**
   * Fetches the renewed token of a one-tap account. It is stored at once when the user stays signed in,
   * because the old token is no longer valid.
   */
  private async renewedToken(accountId: string): Promise<string> {
    const identity = await this.deps.appServer.identity();
    if (identity.accountId !== accountId)
      throw new ConnectionError(
        Code.notYourAccount,
        `the session now belongs to ${identity.accountId}`,
      );
    if (this.status === 'signedIn' && this.staysSignedIn)
      this.remember((accounts) => accounts.save({ way: 'oneTap', ...identity }));
    return identity.token;
  }

  /** Handles the end of a running login that the user did not ask for. */
  private onState(state: ConnectionState): void {
    if (this.status !== 'signedIn' || !isFinal(state) || state.name === 'loggedOut') return;
    this.remember((accounts) => accounts.drop());
    this.setStatus('signedOut', endedBy(state));
  }

  /** Changes what is stored about accounts. */
  private remember(change: (accounts: RememberedAccount) => void): void {
    change(this.remembered);
    this.readOthers();
  }

  private readOthers(): void {
    const others = this.remembered.others().map(({ accountId }) => accountId);
    runInAction(() => (this.others = others));
  }

  private endAttempt(): void {
    this.attempt?.end();
    this.attempt = null;
  }

  private setStatus(status: SessionStatus, error: SessionError | null): void {
    if (status === 'signedOut') this.deps.appServer.endSession();
    runInAction(() => {
      this.status = status;
      this.error = error;
      if (status === 'signedOut') this.accountId = null;
    });
  }
}

/** One sign-in until it finishes, is cancelled, or is replaced by a newer sign-in. */
class Attempt {
  private readonly ends = new Listeners<[]>();

  end(): void {
    this.ends.emit();
  }

  whenEnded(handler: () => void): () => void {
    return this.ends.add(handler);
  }
}

function endedBy(state: ConnectionState): SessionError {
  if (state.name !== 'kicked') return { code: 'code' in state ? state.code : 0, wasSignedIn: true };
  const { detail, at } = state;
  return {
    code: kickedCode(detail.reason),
    wasSignedIn: true,
    kicked: { clientType: detail.clientType, at },
  };
}

function toRemembered({ way }: SignIn, credentials: Credentials): Remembered {
  const { accountId } = credentials;
  const token = 'token' in credentials ? credentials.token : undefined;
  return { way, accountId, ...(token ? { token } : {}) };
}

function toSignIn({ way, accountId, token = '' }: Remembered): SignIn {
  const ways: Record<SignInWay, SignIn> = {
    oneTap: token ? { way: 'oneTap', known: { accountId, token } } : { way: 'oneTap' },
    static: { way: 'static', accountId, token },
    dynamic: { way: 'dynamic', accountId },
    thirdParty: { way: 'thirdParty', accountId, ...(token ? { token } : {}) },
  };
  return ways[way];
}
