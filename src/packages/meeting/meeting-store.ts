import { computed, makeObservable, observableRef, reaction, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { Core } from '@/connection/boot';
import { foreignCall } from '@/platform';
import type { RootStore } from '@/stores';
import { ImShare } from './im-share';
import type { KitInstance, KitLogin, RoomKit } from './room-kit';
import { type KitStep, RoomKitError } from './room-kit-error';

export type MeetingStatus =
  /** No kit is plugged in. */
  | 'noKit'
  /** IM is not online; the kit waits for it. */
  | 'imOffline'
  | 'signedOut'
  | 'signingIn'
  | 'signedIn'
  | 'signingOut';

export type MeetingDependencies = Pick<Core, 'env' | 'manager' | 'gate' | 'journal' | 'platform'>;

type Phase = 'signedOut' | 'signingIn' | 'signedIn' | 'signingOut';

/** A kit that never answers must not hold the page: some builds have logins that never settle. */
const STEP_MS = 30_000;
/** Less than ConnectionManager waits for it, so that its own note says what was slow. */
const LOGOUT_MS = 2500;

const TIMEOUT = 191005;
const IM_FIRST = 100004;
const OTHER_ACCOUNT = 100005;
const NO_ANONYMOUS = 112001;
const NO_KIT = 600112;

/**
 * The one room kit on the application's one IM login, and the order of its steps: `reuseIM` before the kit
 * gets an IM object, `initialize` when IM is online, then the kit's login; its logout before IM's. An account
 * switch makes all of them again for the next account, with a new instance of the kit.
 */
export class MeetingStore {
  error: RoomKitError | null = null;
  private phase: Phase = 'signedOut';
  private readonly share: ImShare | undefined;
  /** The instance whose `initialize` has succeeded. */
  private initialized: KitInstance | undefined;
  /** The end of the last login's instance; `initialize` of the next one waits for it. */
  private ended: Promise<unknown> = Promise.resolve();
  /** What is under way; a newer one, or none, makes the older fall silent. */
  private attempt: object | null = null;
  /** The kit was signed in when the switch began, so it signs in for the next account. */
  private resume = false;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly deps: MeetingDependencies,
    private readonly root: Pick<RootStore, 'session' | 'connection' | 'appServer'>,
    readonly kit: RoomKit | undefined,
  ) {
    makeObservable<this, 'phase'>(this, {
      error: observableRef,
      phase: observableRef,
      status: computed,
    });
    if (!kit) return;
    const share = new ImShare(deps, kit);
    this.share = share;
    this.stops.push(
      () => share.dispose(),
      share.onChange(() => this.onOtherLogin()),
      deps.manager.beforeEnd(async ({ switching }) => {
        this.resume = switching && this.phase === 'signedIn';
        await this.signOut();
      }),
      deps.manager.on('state', ({ to }) => {
        if (to.name === 'online' && this.resume) void this.signIn();
      }),
      reaction(
        () => root.session.status,
        (status) => {
          if (status === 'signedOut') this.resume = false;
        },
      ),
    );
  }

  get status(): MeetingStatus {
    if (!this.kit) return 'noKit';
    if (this.phase !== 'signedOut') return this.phase;
    return this.root.connection.isOnline ? 'signedOut' : 'imOffline';
  }

  /**
   * Signs the kit in: with `login`, else with the room account that the app server says belongs to the IM
   * account. Resolves when it is done; the outcome is in `status` and `error`, which names the step.
   */
  async signIn(login?: KitLogin): Promise<void> {
    this.resume = false;
    if (this.phase !== 'signedOut') return;
    const attempt = {};
    this.attempt = attempt;
    this.enter('signingIn', null);
    try {
      await this.runSteps(login, () => this.attempt === attempt);
      if (this.attempt === attempt) this.enter('signedIn', null);
    } catch (cause) {
      if (this.attempt !== attempt) return;
      const error = RoomKitError.at('kitLogin', cause);
      this.note(error.message);
      this.enter('signedOut', error);
    }
  }

  /** Signs the kit out; IM stays. Resolves when the kit has answered, or after 2.5 s. */
  async signOut(): Promise<void> {
    if (this.phase !== 'signedIn' && this.phase !== 'signingIn') return;
    const attempt = {};
    this.attempt = attempt;
    this.enter('signingOut', null);
    if (this.initialized) await this.logOut(this.initialized);
    if (this.attempt === attempt) this.enter('signedOut', null);
  }

  /** With a shared IM nobody joins anonymously (seed 002): the kit is not even asked. */
  async joinAnonymously(): Promise<void> {
    runInAction(() => {
      this.error = this.kit
        ? new RoomKitError(NO_ANONYMOUS, 'join')
        : new RoomKitError(NO_KIT, 'plugIn');
    });
  }

  /** The user has read it. */
  dismissError(): void {
    runInAction(() => (this.error = null));
  }

  dispose(): void {
    this.attempt = null;
    for (const stop of this.stops) stop();
  }

  private async runSteps(login: KitLogin | undefined, isWanted: () => boolean): Promise<void> {
    const { share, deps } = this;
    if (!share) throw new RoomKitError(NO_KIT, 'plugIn');
    const { connection } = deps.manager;
    if (!connection) throw new RoomKitError(IM_FIRST, 'imLogin', 'nobody is signed in to IM');
    // Throws when a step of reuse is missing: that stays wrong when IM comes online.
    const { im, kit } = share.current;
    if (connection.state.name !== 'online')
      throw new RoomKitError(IM_FIRST, 'imLogin', `IM is ${connection.state.name}`);
    const account: KitLogin =
      login ?? ({ way: 'token', ...(await this.roomAccount(connection)) } as const);
    sameAccount(account.imAccid, connection);
    if (!isWanted()) return;
    if (this.initialized !== kit) {
      await this.ended;
      const { appkey: appKey } = deps.env;
      await this.limited('initialize', STEP_MS, () => kit.initialize({ appKey, im }));
      this.initialized = kit;
    }
    if (!isWanted()) return;
    await this.limited('kitLogin', STEP_MS, () => kit.login(account));
    if (!isWanted()) return await this.logOut(kit);
    try {
      sameAccount(kit.imAccount?.(), connection);
    } catch (error) {
      // NERoom 3.4 and 3.12 for mini-programs accept the room account of another IM account.
      await this.logOut(kit);
      throw error;
    }
  }

  private async roomAccount({ accountId }: ImConnection) {
    try {
      return await this.root.appServer.roomAccount(accountId);
    } catch (cause) {
      throw RoomKitError.at('kitLogin', cause);
    }
  }

  private async logOut(kit: KitInstance): Promise<void> {
    try {
      await this.limited('kitLogout', LOGOUT_MS, () => kit.logout());
    } catch (error) {
      this.note(RoomKitError.at('kitLogout', error).message);
    }
  }

  /** The login that was shared is over, or the next one has begun: the kit's instance is of no more use. */
  private onOtherLogin(): void {
    this.attempt = null;
    const { initialized: old } = this;
    // After a kick or a loss of the login nobody could ask the kit before; the kit has heard `ondisconnect`.
    const isIn = this.phase === 'signedIn' || this.phase === 'signingIn';
    this.initialized = undefined;
    if (old) this.ended = this.end(old, isIn);
    runInAction(() => (this.phase = 'signedOut'));
  }

  /** Lets an instance go. Never rejects; takes 5 s at most. */
  private async end(kit: KitInstance, isSignedIn: boolean): Promise<void> {
    if (isSignedIn) await this.logOut(kit);
    try {
      await this.limited('kitLogout', LOGOUT_MS, async () => void (await kit.end?.()));
    } catch (error) {
      this.note(RoomKitError.at('kitLogout', error).message);
    }
  }

  /** One call of the kit. It may throw, reject, or never answer; each is an error of that step. */
  private async limited(step: KitStep, limitMs: number, call: () => Promise<void>): Promise<void> {
    try {
      await foreignCall(call, {
        clock: this.deps.platform.clock,
        limitMs,
        onLimit: () => new RoomKitError(TIMEOUT, step, `no answer within ${limitMs} ms`),
      });
    } catch (error) {
      throw RoomKitError.at(step, error);
    }
  }

  private enter(phase: Phase, error: RoomKitError | null): void {
    runInAction(() => {
      this.phase = phase;
      this.error = error;
    });
  }

  private note(text: string): void {
    this.deps.journal.record('kit', text);
  }
}

/** @throws RoomKitError 100005 when a room account belongs to another IM account than the signed-in one. */
function sameAccount(imAccount: string | undefined, { accountId }: ImConnection): void {
  if (imAccount === undefined || imAccount === accountId) return;
  throw new RoomKitError(
    OTHER_ACCOUNT,
    'kitLogin',
    'the room account belongs to another IM account',
  );
}
