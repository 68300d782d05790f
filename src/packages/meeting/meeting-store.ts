import { computed, makeObservable, observableRef, reaction, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { ImShare } from './im-share';
import type { KitLogin, RoomKit } from './room-kit';
import { type KitStep, RoomKitError } from './room-kit-error';

export type MeetingStatus =
  /** No kit is plugged in. */
  | 'noKit'
  /** The kit came after the login began: one has to sign in again. */
  | 'signInAgain'
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
const NO_ANONYMOUS = 112001;
const NO_KIT = 600112;

/**
 * The one room kit on the application's one IM login, and the order of its steps: `reuseIM` before the
 * login begins, `initialize` when IM is online, then the kit's login; its logout before IM's. An account
 * switch makes all of them again for the next account.
 */
export class MeetingStore {
  error: RoomKitError | null = null;
  private phase: Phase = 'signedOut';
  private isLate = false;
  private readonly share: ImShare | undefined;
  private initialized: ImConnection | undefined;
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
    makeObservable<this, 'phase' | 'isLate'>(this, {
      error: observableRef,
      phase: observableRef,
      isLate: observableRef,
      status: computed,
    });
    if (!kit) return;
    const share = new ImShare(deps, kit);
    this.share = share;
    this.isLate = share.isLate;
    this.stops.push(
      () => share.dispose(),
      share.onChange(() => this.onOtherLogin(share)),
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
    if (this.isLate) return 'signInAgain';
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
    const { kit } = this;
    if (!kit || (this.phase !== 'signedIn' && this.phase !== 'signingIn')) return;
    const attempt = {};
    this.attempt = attempt;
    this.enter('signingOut', null);
    await this.logOut(kit);
    if (this.attempt === attempt) this.enter('signedOut', null);
  }

  /** Signs in to IM again, now with the kit wrapped around it, and then to the kit. */
  async signInAgain(): Promise<void> {
    await this.deps.manager.logout();
    this.resume = true;
    await this.root.session.signInAgain();
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
    const { kit, share, deps } = this;
    if (!kit || !share) throw new RoomKitError(NO_KIT, 'plugIn');
    const { connection } = deps.manager;
    if (!connection) throw new RoomKitError(IM_FIRST, 'imLogin', 'nobody is signed in to IM');
    // Throws when a step of reuse is missing: that stays wrong when IM comes online.
    const { im } = share;
    if (connection.state.name !== 'online')
      throw new RoomKitError(IM_FIRST, 'imLogin', `IM is ${connection.state.name}`);
    const account: KitLogin =
      login ?? ({ way: 'token', ...(await this.roomAccount(connection)) } as const);
    if (!isWanted()) return;
    if (this.initialized !== connection) {
      const { appkey: appKey } = deps.env;
      await this.limited('initialize', STEP_MS, () => kit.initialize({ appKey, im }));
      this.initialized = connection;
    }
    if (!isWanted()) return;
    await this.limited('kitLogin', STEP_MS, () => kit.login(account));
    // Signed out meanwhile: the kit's logout came before its login was done.
    if (!isWanted()) await this.logOut(kit);
  }

  private async roomAccount({ accountId }: ImConnection) {
    try {
      return await this.root.appServer.roomAccount(accountId);
    } catch (cause) {
      throw RoomKitError.at('kitLogin', cause);
    }
  }

  private async logOut(kit: RoomKit): Promise<void> {
    try {
      await this.limited('kitLogout', LOGOUT_MS, () => kit.logout());
    } catch (error) {
      this.note(RoomKitError.at('kitLogout', error).message);
    }
  }

  /** The login that was shared is over, or the next one has begun. */
  private onOtherLogin(share: ImShare): void {
    this.attempt = null;
    // Kicked or lost: nobody could ask the kit before. It has heard `ondisconnect` and now cleans up.
    if (this.kit && (this.phase === 'signedIn' || this.phase === 'signingIn'))
      void this.logOut(this.kit);
    this.initialized = undefined;
    runInAction(() => {
      this.phase = 'signedOut';
      this.isLate = share.isLate;
    });
  }

  /** One call of the kit. It may throw, reject, or never answer; each is an error of that step. */
  private limited(step: KitStep, ms: number, call: () => Promise<void>): Promise<void> {
    const { clock } = this.deps.platform;
    return new Promise((resolve, reject) => {
      const timer = clock.setTimeout(
        () => reject(new RoomKitError(TIMEOUT, step, `no answer within ${ms} ms`)),
        ms,
      );
      Promise.resolve()
        .then(call)
        .finally(() => clock.clearTimeout(timer))
        .then(resolve, (error: unknown) => reject(RoomKitError.at(step, error)));
    });
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
