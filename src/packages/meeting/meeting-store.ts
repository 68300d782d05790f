import '@/connection/room-reasons';
import { computed, makeObservable, observableRef, reaction, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { Core } from '@/connection/boot';
import { foreignCall } from '@/platform';
import { Code } from '@/sdk/codes';
import type { RootStore } from '@/stores';
import { ImShare } from './im-share';
import type { KitInstance, KitLogin, MeetingKit } from './meeting-kit';
import { type KitStep, MeetingKitError } from './meeting-kit-error';

export type MeetingStatus =
  /** No kit is plugged in. */
  | 'noKit'
  /** IM is not online; the kit needs it. */
  | 'imOffline'
  | 'signedOut'
  | 'signingIn'
  | 'signedIn'
  | 'signingOut';

export type MeetingDependencies = Pick<Core, 'env' | 'manager' | 'gate' | 'journal' | 'platform'>;

type Phase = 'signedOut' | 'signingIn' | 'signedIn' | 'signingOut';

/** Time limit of a step: the logins of some builds never settle and must not block the page. */
const STEP_MS = 30_000;
/** Less than ConnectionManager waits for it, so that this store's own note names the slow step. */
const LOGOUT_MS = 2500;

/**
 * The meeting kit on the application's IM login, and the order of its steps: `reuseIM` before the kit gets an
 * IM object, `initialize` when IM is online, then the kit's login; its logout before IM's. After an account
 * switch all steps run again for the next account, with a new instance of the kit.
 */
export class MeetingStore {
  error: MeetingKitError | null = null;
  private phase: Phase = 'signedOut';
  private readonly share: ImShare | undefined;
  /** The instance whose `initialize` has succeeded. */
  private initialized: KitInstance | undefined;
  /** The end of the last login's instance; `initialize` of the next instance waits for it. */
  private ended: Promise<unknown> = Promise.resolve();
  /** The running attempt; a newer attempt, or none, makes the older attempt stop without an effect. */
  private attempt: object | null = null;
  /** Whether the kit was signed in when the switch began, so that it signs in for the next account. */
  private resume = false;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly deps: MeetingDependencies,
    private readonly root: Pick<RootStore, 'session' | 'connection' | 'appServer'>,
    readonly kit: MeetingKit | undefined,
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
   * Signs the kit in: with `login`, else with the room account that the app server has for the IM account.
   * Resolves when finished; the outcome is in `status` and `error`, which names the step.
   */
  async signIn(login?: KitLogin): Promise<void> {
    this.resume = false;
    if (this.phase !== 'signedOut') return;
    const attempt = {};
    this.attempt = attempt;
    this.setPhase('signingIn', null);
    try {
      await this.runSteps(login, () => this.attempt === attempt);
      if (this.attempt === attempt) this.setPhase('signedIn', null);
    } catch (cause) {
      if (this.attempt !== attempt) return;
      const error = MeetingKitError.at('kitLogin', cause);
      this.record(error.message);
      this.setPhase('signedOut', error);
    }
  }

  /** Signs the kit out; IM stays signed in. Resolves when the kit has answered, or after 2.5 s. */
  async signOut(): Promise<void> {
    if (this.phase !== 'signedIn' && this.phase !== 'signingIn') return;
    const attempt = {};
    this.attempt = attempt;
    this.setPhase('signingOut', null);
    if (this.initialized) await this.logOut(this.initialized);
    if (this.attempt === attempt) this.setPhase('signedOut', null);
  }

  /** Reports that a shared IM allows no anonymous joining (docs/seed-map.md, seed 002); the kit is not asked. */
  async joinAnonymously(): Promise<void> {
    runInAction(() => {
      this.error = this.kit
        ? new MeetingKitError(Code.anonymousJoinWithReuse, 'join')
        : new MeetingKitError(Code.noKit, 'plugIn');
    });
  }

  /** Called when the user has read the error. */
  dismissError(): void {
    runInAction(() => (this.error = null));
  }

  dispose(): void {
    this.attempt = null;
    for (const stop of this.stops) stop();
  }

  private async runSteps(login: KitLogin | undefined, isWanted: () => boolean): Promise<void> {
    const { share, deps } = this;
    if (!share) throw new MeetingKitError(Code.noKit, 'plugIn');
    const { connection } = deps.manager;
    if (!connection)
      throw new MeetingKitError(Code.imNotSignedIn, 'imLogin', 'nobody is signed in to IM');
    // Throws when a step of reuse is missing: IM coming online would not change that.
    const { im, kit } = share.current;
    if (connection.state.name !== 'online')
      throw new MeetingKitError(Code.imNotSignedIn, 'imLogin', `IM is ${connection.state.name}`);
    const account: KitLogin =
      login ?? ({ way: 'token', ...(await this.roomAccount(connection)) } as const);
    requireSameAccount(account.imAccid, connection);
    if (!isWanted()) return;
    if (this.initialized !== kit) {
      await this.ended;
      const { appkey: appKey } = deps.env;
      await this.callKit('initialize', STEP_MS, () => kit.initialize({ appKey, im }));
      this.initialized = kit;
    }
    if (!isWanted()) return;
    await this.callKit('kitLogin', STEP_MS, () => kit.login(account));
    if (!isWanted()) return await this.logOut(kit);
    try {
      requireSameAccount(kit.imAccount?.(), connection);
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
      throw MeetingKitError.at('kitLogin', cause);
    }
  }

  private async logOut(kit: KitInstance): Promise<void> {
    try {
      await this.callKit('kitLogout', LOGOUT_MS, () => kit.logout());
    } catch (error) {
      this.record(MeetingKitError.at('kitLogout', error).message);
    }
  }

  /** Handles the end of the shared login or the start of the next login: the kit's instance is not used any more. */
  private onOtherLogin(): void {
    this.attempt = null;
    const { initialized: old } = this;
    // After a kick or a loss of the login the kit could not be asked before; it has received `ondisconnect`.
    const isIn = this.phase === 'signedIn' || this.phase === 'signingIn';
    this.initialized = undefined;
    if (old) this.ended = this.endInstance(old, isIn);
    runInAction(() => (this.phase = 'signedOut'));
  }

  /** Ends an instance. Never rejects; takes 5 s at most. */
  private async endInstance(kit: KitInstance, isSignedIn: boolean): Promise<void> {
    if (isSignedIn) await this.logOut(kit);
    try {
      await this.callKit('kitLogout', LOGOUT_MS, async () => void (await kit.end?.()));
    } catch (error) {
      this.record(MeetingKitError.at('kitLogout', error).message);
    }
  }

  /** Calls the kit. A call that throws, rejects or never answers is an error of that step. */
  private async callKit(step: KitStep, limitMs: number, call: () => Promise<void>): Promise<void> {
    try {
      await foreignCall(call, {
        clock: this.deps.platform.clock,
        limitMs,
        onLimit: () => new MeetingKitError(Code.timeout, step, `no answer within ${limitMs} ms`),
      });
    } catch (error) {
      throw MeetingKitError.at(step, error);
    }
  }

  private setPhase(phase: Phase, error: MeetingKitError | null): void {
    runInAction(() => {
      this.phase = phase;
      this.error = error;
    });
  }

  private record(text: string): void {
    this.deps.journal.record('kit', text);
  }
}

/** @throws MeetingKitError 100005 when a room account belongs to another IM account than the signed-in account. */
function requireSameAccount(imAccount: string | undefined, { accountId }: ImConnection): void {
  if (imAccount === undefined || imAccount === accountId) return;
  throw new MeetingKitError(
    Code.otherImAccount,
    'kitLogin',
    'the room account belongs to another IM account',
  );
}
