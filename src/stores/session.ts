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
import type { AppServerClient, Identity } from './app-server-client';
import { type Remembered, RememberedAccount, type SignInWay } from './remembered-account';

export type SessionStatus = 'signedOut' | 'restoring' | 'signingIn' | 'signedIn';

/**
 * What the sign-in page hands over. Only a static token needs an account: with all other ways the app
 * server says, by the session of the user, whose account it is. An account that is given all the same is
 * compared there, and refused with 600108 when it is somebody else's.
 */
export type SignIn =
  /** `known`: what the app server answered last time, tried first when a remembered account returns. */
  | { readonly way: 'oneTap'; readonly known?: Identity }
  | { readonly way: 'static'; readonly accountId: string; readonly token: string }
  | { readonly way: 'dynamic'; readonly accountId?: string }
  | { readonly way: 'thirdParty'; readonly accountId?: string; readonly token?: string };

export interface SessionError {
  /** A row of the reasons table. */
  readonly code: number;
  /** It ended a running login rather than refusing a new one. */
  readonly wasSignedIn: boolean;
  /** Set when another client, or the server, ended it: which kind of client, and when (ms since 1970). */
  readonly kicked?: { readonly clientType: number; readonly at: number };
}

export interface SessionDependencies {
  platform: Platform;
  manager: ConnectionManager;
  appServer: AppServerClient;
}

/** The app server has to name an account and its token within this time. */
const PREPARE_LIMIT_MS = 15_000;
const UNREACHABLE = 600104;
const CANCELLED = 191002;
const NOT_YOUR_ACCOUNT = 600108;

/** Who is signed in, and every way in and out. */
export class SessionStore {
  status: SessionStatus = 'signedOut';
  /** Why the last sign-in failed or the login ended; kept until the next attempt. */
  error: SessionError | null = null;
  accountId: string | null = null;
  private readonly remembered: RememberedAccount;
  private readonly stop: () => void;
  /** What is under way; a newer one, or none, makes the older fall silent. */
  private attempt: Attempt | null = null;
  private last: { signIn: SignIn; remember: boolean } | null = null;

  constructor(private readonly deps: SessionDependencies) {
    makeObservable(this, { status: observableRef, error: observableRef, accountId: observableRef });
    this.remembered = new RememberedAccount(deps.platform.storage);
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
   * Signs in. Resolves when online, or when it was cancelled; the outcome is in `status` and `error`.
   * `remember`: stay signed in, see `restore`.
   */
  async signIn(signIn: SignIn, { remember = false }: { remember?: boolean } = {}): Promise<void> {
    await this.enter(signIn, remember, 'signingIn');
  }

  /** Ends one account's login and begins another's. */
  async switchAccount(signIn: SignIn, options: { remember?: boolean } = {}): Promise<void> {
    this.remembered.clear();
    await this.signIn(signIn, options);
  }

  /** At the start of the app: signs the remembered account in again. Does nothing when there is none. */
  async restore(): Promise<void> {
    const saved = this.remembered.load();
    if (!saved || this.status !== 'signedOut') return;
    await this.enter(toSignIn(saved), true, 'restoring');
  }

  /** After a kick: the same account the same way. Never called by itself, two devices would fight. */
  async signInAgain(): Promise<void> {
    if (this.last) await this.signIn(this.last.signIn, { remember: this.last.remember });
  }

  /** Gives up the attempt that is under way. */
  cancel(): void {
    if (!this.attempt) return;
    this.endAttempt();
    this.remembered.clear();
    this.set('signedOut', null);
    void this.deps.manager.logout();
  }

  /** Resolves when every socket is closed; nothing of the account is left in memory or storage then. */
  async signOut(): Promise<void> {
    this.endAttempt();
    this.last = null;
    this.remembered.clear();
    this.deps.appServer.endSession();
    await this.deps.manager.logout();
    this.set('signedOut', null);
  }

  /** The user has read it. */
  dismissError(): void {
    runInAction(() => (this.error = null));
  }

  dispose(): void {
    this.endAttempt();
    this.stop();
  }

  private async enter(signIn: SignIn, remember: boolean, status: SessionStatus): Promise<void> {
    this.endAttempt();
    const attempt = new Attempt();
    this.attempt = attempt;
    this.last = { signIn, remember };
    // Who asks is proved anew with each sign-in.
    this.deps.appServer.endSession(signIn.way === 'static' ? signIn : undefined);
    this.set(status, null);
    try {
      const credentials = await this.prepared(signIn, attempt);
      if (this.attempt !== attempt) return;
      runInAction(() => (this.accountId = credentials.accountId));
      const connection = await this.deps.manager.login(credentials);
      if (this.attempt !== attempt) return;
      this.attempt = null;
      this.set('signedIn', null);
      if (remember) this.remembered.save(toRemembered(signIn, connection.credentials));
      else this.remembered.clear();
    } catch (cause) {
      if (this.attempt !== attempt) return;
      this.attempt = null;
      const { code } = ConnectionError.from(cause);
      // Trying what was refused at every start would not help; what may get better stays.
      if (!reasonOf(code).retry) this.remembered.clear();
      this.set('signedOut', { code, wasSignedIn: false });
    }
  }

  /** The credentials, or an error: at the latest after 15 s, and at once when the attempt is given up. */
  private prepared(signIn: SignIn, attempt: Attempt): Promise<Credentials> {
    return foreignCall(() => this.credentials(signIn), {
      clock: this.deps.platform.clock,
      limitMs: PREPARE_LIMIT_MS,
      onLimit: () => new ConnectionError(UNREACHABLE, 'no account within 15 s'),
      whenEnded: (handler) => attempt.whenEnded(handler),
      onEnded: () => new ConnectionError(CANCELLED, 'given up'),
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
        return { accountId: signIn.accountId, authType: 'static', token: signIn.token };
      case 'dynamic':
        return {
          accountId: await own(signIn.accountId),
          authType: 'dynamic',
          tokenProvider: (accountId) => appServer.dynamicToken(accountId),
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
   * The app server has exchanged the token of a one-tap account. Kept at once where the user stays signed in: the
   * one before is worth nothing.
   */
  private async renewedToken(accountId: string): Promise<string> {
    const identity = await this.deps.appServer.identity();
    if (identity.accountId !== accountId)
      throw new ConnectionError(
        NOT_YOUR_ACCOUNT,
        `the session is now one of ${identity.accountId}`,
      );
    if (this.status === 'signedIn' && this.staysSignedIn)
      this.remembered.save({ way: 'oneTap', ...identity });
    return identity.token;
  }

  /** A login that was running has ended by itself. */
  private onState(state: ConnectionState): void {
    if (this.status !== 'signedIn' || !isFinal(state) || state.name === 'loggedOut') return;
    this.remembered.clear();
    this.set('signedOut', endedBy(state));
  }

  private endAttempt(): void {
    this.attempt?.end();
    this.attempt = null;
  }

  private set(status: SessionStatus, error: SessionError | null): void {
    if (status === 'signedOut') this.deps.appServer.endSession();
    runInAction(() => {
      this.status = status;
      this.error = error;
      if (status === 'signedOut') this.accountId = null;
    });
  }
}

/** One sign-in until it is done, given up, or replaced by a newer one. */
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
