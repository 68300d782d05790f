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
import type { Platform } from '@/platform';
import { type AppServerClient, type Identity, unreachable } from './app-server-client';
import { type Remembered, RememberedAccount, type SignInWay } from './remembered-account';

export type SessionStatus = 'signedOut' | 'restoring' | 'signingIn' | 'signedIn';

/** What the sign-in page hands over. One tap needs nothing: WeChat and the app server know who it is. */
export type SignIn =
  /** `known`: what the app server answered last time, tried first when a remembered account returns. */
  | { readonly way: 'oneTap'; readonly known?: Identity }
  | { readonly way: 'static'; readonly accountId: string; readonly token: string }
  | { readonly way: 'dynamic'; readonly accountId: string }
  | { readonly way: 'thirdParty'; readonly accountId: string; readonly token?: string };

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

const WRONG_TOKEN: readonly number[] = [302, 102302];

/** Who is signed in, and every way in and out. */
export class SessionStore {
  status: SessionStatus = 'signedOut';
  /** Why the last sign-in failed or the login ended; kept until the next attempt. */
  error: SessionError | null = null;
  accountId: string | null = null;
  private readonly remembered: RememberedAccount;
  private readonly stop: () => void;
  /** What is under way; a newer one, or none, makes the older fall silent. */
  private attempt: object | null = null;
  private last: { signIn: SignIn; remember: boolean } | null = null;

  constructor(private readonly deps: SessionDependencies) {
    makeObservable(this, { status: observableRef, error: observableRef, accountId: observableRef });
    this.remembered = new RememberedAccount(deps.platform.storage);
    this.stop = deps.manager.on('state', ({ to }) => this.onState(to));
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
    this.attempt = null;
    this.remembered.clear();
    this.set('signedOut', null);
    void this.deps.manager.logout();
  }

  /** Resolves when every socket is closed; nothing of the account is left in memory or storage then. */
  async signOut(): Promise<void> {
    this.attempt = null;
    this.last = null;
    this.remembered.clear();
    await this.deps.manager.logout();
    this.set('signedOut', null);
  }

  /** The user has read it. */
  dismissError(): void {
    runInAction(() => (this.error = null));
  }

  dispose(): void {
    this.attempt = null;
    this.stop();
  }

  private async enter(signIn: SignIn, remember: boolean, status: SessionStatus): Promise<void> {
    const attempt = {};
    this.attempt = attempt;
    this.last = { signIn, remember };
    this.set(status, null);
    try {
      const credentials = await this.credentials(signIn);
      if (this.attempt !== attempt) return;
      runInAction(() => (this.accountId = credentials.accountId));
      await this.deps.manager.login(credentials);
      if (this.attempt !== attempt) return;
      this.attempt = null;
      this.set('signedIn', null);
      if (remember) this.remembered.save(toRemembered(signIn, credentials));
      else this.remembered.clear();
    } catch (cause) {
      if (this.attempt !== attempt) return;
      this.attempt = null;
      const { code } = ConnectionError.from(cause);
      if (signIn.way === 'oneTap' && signIn.known && WRONG_TOKEN.includes(code)) {
        await this.enter({ way: 'oneTap' }, remember, status);
        return;
      }
      // Trying what was refused at every start would not help; what may get better stays.
      if (!reasonOf(code).retry) this.remembered.clear();
      this.set('signedOut', { code, wasSignedIn: false });
    }
  }

  private async credentials(signIn: SignIn): Promise<Credentials> {
    const { appServer, platform } = this.deps;
    switch (signIn.way) {
      case 'oneTap': {
        if (signIn.known) return { ...signIn.known, authType: 'static' };
        const code = await platform.loginCode().catch((cause: unknown) => {
          throw unreachable(cause);
        });
        const { accountId, token } = await appServer.exchangeCode(code);
        return { accountId, authType: 'static', token };
      }
      case 'static':
        return { accountId: signIn.accountId, authType: 'static', token: signIn.token };
      case 'dynamic':
        return {
          accountId: signIn.accountId,
          authType: 'dynamic',
          tokenProvider: (accountId) => appServer.dynamicToken(accountId),
        };
      case 'thirdParty':
        return {
          accountId: signIn.accountId,
          authType: 'thirdParty',
          loginExtensionProvider: (accountId) => appServer.loginExtension(accountId),
          ...(signIn.token ? { token: signIn.token } : {}),
        };
    }
  }

  /** A login that was running has ended by itself. */
  private onState(state: ConnectionState): void {
    if (this.status !== 'signedIn' || !isFinal(state) || state.name === 'loggedOut') return;
    this.remembered.clear();
    this.set('signedOut', endedBy(state));
  }

  private set(status: SessionStatus, error: SessionError | null): void {
    runInAction(() => {
      this.status = status;
      this.error = error;
      if (status === 'signedOut') this.accountId = null;
    });
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
