import type { ImServiceEvents, ImServices, LoginAttempt, SdkError } from '@/sdk';
import { ConnectStatus, LoginStatus } from '@/sdk/constants';
import { describeLbs } from '@/sdk/lbs-guard';
import { Code } from '@/sdk/codes';
import { AttemptErrors } from './attempt-errors';
import { AttemptRun } from './attempt-run';
import { ConnectionError } from './connection-error';
import {
  type ConnectionState,
  endOf,
  isFinal,
  type StateChange,
  StateMachine,
} from './state-machine';
import type { Credentials } from './credentials';
import { CurrentCredentials } from './current-credentials';
import { ATTEMPT_WATCH_MS, FirstLogin } from './first-login';
import type { ImConnectionDependencies, ImConnectionOptions } from './im-dependencies';
import { ImSockets } from './im-sockets';
import { whenShownAgain } from './link-check';
import { LinkWatch } from './link-watch';
import { Pauses } from './pauses';
import { reasonOf } from './reasons';
import { listenGuarded, type ServiceEventArgs } from './service-events';
import { SyncLimit } from './sync-limit';

/** After this time in the background WeChat may have cut the network without an event. */
const HIDDEN_CHECK_MS = 4_000;

/**
 * Runs one IM login on one SDK instance: a state machine with one setter (`StateMachine.enter`) and one function
 * that enters final states (`finish`). This class times first-login retries and reconnects; the SDK's own reconnect
 * timer is disabled (see sdk/nim.ts), because it ignores sockets that are still closing, and never fires
 * after an LBS failure during a reconnect.
 */
export class ImConnection {
  readonly accountId: string;
  readonly generation: number;
  private readonly machine: StateMachine;
  private readonly unsubscribe: (() => void)[] = [];
  private everOnline = false;
  private failures = 0;
  private readonly syncLimit = new SyncLimit();
  private loginSentAt = 0;
  private readonly errors: AttemptErrors;
  private readonly pauses: Pauses;
  private readonly firstLogin: FirstLogin;
  private readonly sockets: ImSockets;
  private run: AttemptRun;
  private readonly watch: LinkWatch;
  private closing: Promise<void> | undefined;
  private token = '';
  private options: ImConnectionOptions;
  private readonly proof: CurrentCredentials;

  private readonly deps: Omit<ImConnectionDependencies, 'credentials'>;

  constructor({ credentials, ...deps }: ImConnectionDependencies) {
    const { nim, network, lifecycle } = deps;
    this.deps = deps;
    this.accountId = credentials.accountId;
    this.proof = new CurrentCredentials(credentials);
    this.generation = deps.generation;
    this.machine = new StateMachine(deps.journal);
    this.options = deps.options;
    this.pauses = new Pauses(deps, this.machine);
    this.errors = new AttemptErrors(deps);
    this.sockets = new ImSockets(deps);
    this.firstLogin = new FirstLogin(nim, deps.clock, this.sockets, this.errors);
    this.run = new AttemptRun(deps.clock);
    this.watch = new LinkWatch({
      link: nim,
      clock: deps.clock,
      journal: deps.journal,
      isUp: () => this.state.name === 'online',
      onDead: () => {
        this.rebuild(Code.disconnect);
        this.retryNow();
      },
    });
    this.unsubscribe.push(
      nim.on('connectStatus', (status) => this.onConnectStatus(status)),
      nim.on('loginStatus', (status) => this.onLoginStatus(status)),
      nim.on('linkError', (error) => this.errors.record(error)),
      nim.on('loginFailed', (error) => this.onLoginFailed(error)),
      nim.on('kicked', (detail) => {
        this.finish({ name: 'kicked', detail, at: deps.clock.now() }, `reason ${detail.reason}`);
      }),
      nim.on('synced', (error) => this.onSynced(error)),
      nim.on('unanswered', () => this.watch.suspect()),
      () => this.errors.stop(),
      nim.on('lbs', (report) => deps.journal.record('lbs', describeLbs(report))),
      network.onChange(({ isConnected }) => this.onNetwork(isConnected)),
      whenShownAgain(lifecycle, deps.clock, (hiddenMs) => this.onShow(hiddenMs)),
    );
  }

  get state(): ConnectionState {
    return this.machine.current;
  }

  /** The SDK's services. @throws SdkError before the SDK has been loaded, which pages wait for. */
  get services(): ImServices {
    return this.deps.nim.services;
  }

  /**
   * The token of the newest attempt, for IM reuse only: a kit that shares this login enters its rooms
   * with the same account and token. Empty before the first attempt, after the end, and for a third-party
   * login without a token.
   */
  get loginToken(): string {
    return this.token;
  }

  /** The credentials of this login; a chatroom is entered with them too. They have no token after the end. */
  get credentials(): Credentials {
    return this.proof.current;
  }

  on(_event: 'state', handler: (change: StateChange) => void): () => void {
    return this.machine.on(handler);
  }

  /**
   * Listens to an event of an SDK service until this connection ends. The journal records what a handler throws
   * (for example on a malformed push); other handlers still run. No event is delivered after the end.
   */
  listen<K extends keyof ImServiceEvents, E extends keyof ImServiceEvents[K] & string>(
    service: K,
    event: E,
    handler: (...args: ServiceEventArgs<K, E>) => void,
  ): () => void {
    const stop = listenGuarded(this.deps.nim, service, event, handler, {
      isOver: () => this.closing !== undefined,
      onThrow: (text) => this.deps.journal.record('handler', text),
    });
    this.unsubscribe.push(stop);
    return stop;
  }

  /**
   * Logs in, and retries while the last failure is retryable. Resolves when online.
   * @throws ConnectionError with the code that ended it; 191002 when closed meanwhile.
   */
  async open(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (this.isOver()) throw endOf(this.state);
      const run = this.begin(attempt, attempt === 1 ? 'sign-in' : 'next attempt');
      const failure = await this.firstLogin.try(run, () => this.prepare(run));
      if (!failure) return await this.machine.reach('online');
      if (this.isOver()) throw endOf(this.state);
      if (run.isReplaced) continue;
      if (this.proof.renewAfter(failure.code)) {
        this.pauses.enterRenewal(attempt);
        continue;
      }
      if (!reasonOf(failure.code).retry) {
        this.finish(
          { name: 'refused', code: failure.code },
          failure.desc ?? 'refused by the server',
        );
        throw new ConnectionError(failure.code, failure.desc);
      }
      await this.pauses.next(attempt, failure.code);
    }
  }

  /** Sets new bounds on reconnecting; they apply from the next lost link or failed attempt. */
  setOptions(options: ImConnectionOptions): void {
    this.options = options;
  }

  /**
   * Reconnects, or starts the next login attempt, without waiting for the timer. A running attempt is restarted
   * when a new attempt may be quicker: a provider has not answered, or the attempt is 3 s old.
   */
  retryNow(): void {
    if (this.pauses.skip()) return;
    if (this.state.name === 'waiting') void this.reconnect();
    else if (this.state.name === 'connecting' && this.run.mayRestart) this.restart();
  }

  /**
   * Ends the login, the instance and its sockets. Resolves when the sockets fired `onClose`, or after
   * 10 s with a line in the journal when a socket never fires it.
   */
  close(reason = 'signed out'): Promise<void> {
    this.closing ??= this.shutDown(reason);
    return this.closing;
  }

  private shutDown(reason: string): Promise<void> {
    if (!isFinal(this.state)) this.finish({ name: 'loggedOut' }, reason);
    for (const stop of this.unsubscribe.splice(0)) stop();
    this.token = '';
    this.proof.forget();
    return this.sockets.end();
  }

  /** Enters `connecting` with a new attempt; ends the last attempt. */
  private begin(attempt: number, reason: string): AttemptRun {
    this.run.end();
    this.run = new AttemptRun(this.deps.clock);
    this.machine.enter({ name: 'connecting', attempt }, reason);
    return this.run;
  }

  /** Replaces the running attempt by a new one without a pause. */
  private restart(): void {
    const { run } = this;
    const isAsking = run.isAsking;
    run.isReplaced = true;
    run.end();
    if (!this.everOnline) {
      this.firstLogin.linkBroke();
      return;
    }
    // A second call of a provider is not a failed attempt, and there is no link to drop yet.
    if (!isAsking) this.rebuild(Code.connectFailed);
    void this.reconnect();
  }

  // --- first login -------------------------------------------------------------------------------

  private async prepare(run: AttemptRun): Promise<LoginAttempt> {
    const attempt = await run.prepare(this.proof);
    if (!run.isEnded) {
      this.proof.use(attempt.token);
      this.token = attempt.token;
    }
    return attempt;
  }

  // --- events of the SDK -------------------------------------------------------------------------

  private onConnectStatus(status: number): void {
    if (status === ConnectStatus.CONNECTED && this.state.name === 'connecting') {
      this.loginSentAt = this.deps.clock.now();
      this.machine.enter({ name: 'authenticating', attempt: this.state.attempt }, 'link is up');
    } else if (status === ConnectStatus.DISCONNECTED) {
      this.firstLogin.linkBroke();
    } else if (status === ConnectStatus.WAITING && this.everOnline) {
      this.scheduleReconnect(this.errors.last?.code ?? Code.disconnect);
    }
  }

  private onLoginStatus(status: number): void {
    if (status === LoginStatus.LOGINED) {
      this.everOnline = true;
      this.errors.last = undefined;
      this.proof.accepted();
      if (this.state.name === 'authenticating')
        this.watch.addRoundTrip(this.deps.clock.now() - this.loginSentAt);
      this.machine.enter({ name: 'syncing' }, 'logged in');
      this.pauses.arm(this.syncLimit.limitMs, () => this.onSynced({ code: Code.timeout }));
    } else if (status === LoginStatus.LOGOUT && this.everOnline && !this.isOver()) {
      // A kick and a terminal code have their own events in the same turn; this covers every other logout.
      const code = this.errors.last?.code ?? Code.disconnect;
      void Promise.resolve().then(() => {
        if (this.everOnline) this.finish({ name: 'lost', code }, 'the SDK logged out');
      });
    }
  }

  private onLoginFailed(error: SdkError): void {
    this.errors.record(error);
    if (!this.everOnline || reasonOf(error.code).retry || this.isOver()) return;
    if (this.proof.renewAfter(error.code)) this.loginAnew();
    else this.refuse(error);
  }

  /** The SDK has logged itself out; only a new first login brings it back. */
  private loginAnew(): void {
    this.everOnline = false;
    this.pauses.enterRenewal(1);
    // The state tells the result.
    this.open().catch(() => undefined);
  }

  /** Enters `online`. After a failed or timed-out sync data is missing, and only a new link syncs again. */
  private onSynced(error: SdkError | undefined): void {
    if (this.state.name !== 'syncing') return;
    if (error) {
      this.deps.journal.record('sync', `ended with ${error.code}`);
      this.syncLimit.failed();
      this.rebuild(error.code);
      return;
    }
    this.failures = 0;
    this.syncLimit.succeeded();
    this.pauses.disarm();
    this.watch.newLink();
    this.machine.enter({ name: 'online' }, 'synchronised');
  }

  // --- reconnecting ------------------------------------------------------------------------------

  private scheduleReconnect(reason: number): void {
    if (this.isOver()) return;
    const { options } = this;
    if (this.state.name === 'waiting') return;
    this.run.end();
    this.sockets.drop();
    this.failures++;
    if (!options.needReconnect || this.failures > options.reconnectionAttempts) {
      this.finish(
        { name: 'lost', code: reason },
        options.needReconnect ? 'too many attempts' : 'needReconnect is off',
      );
      void this.deps.nim.logout();
      return;
    }
    const delayMs = this.pauses.enterWaiting(this.failures, reason);
    this.pauses.arm(delayMs, () => void this.reconnect());
  }

  private async reconnect(): Promise<void> {
    const { nim, clock, journal } = this.deps;
    const { state } = this;
    if (state.name !== 'waiting' && !(state.name === 'connecting' && this.run.isReplaced)) return;
    this.pauses.disarm();
    const run = this.begin(state.attempt, 'reconnecting');
    try {
      nim.renew(await this.prepare(run));
    } catch (error) {
      if (!run.isEnded) this.onProviderFailed(ConnectionError.toSdkError(error));
      return;
    }
    await this.sockets.whenClosed();
    if (run.isEnded) return;
    const since = clock.now();
    this.pauses.arm(ATTEMPT_WATCH_MS, () => {
      journal.record('watch', `reconnect silent for ${clock.now() - since} ms`);
      if (this.isReconnecting()) this.rebuild(Code.timeout);
    });
    nim.reconnect();
  }

  private onProviderFailed(error: SdkError): void {
    if (reasonOf(error.code).retry) this.scheduleReconnect(error.code);
    else this.refuse(error);
  }

  /** The IM server or the app server refused, with a final code, a login that was online before. */
  private refuse({ code, desc }: SdkError): void {
    this.finish({ name: 'refused', code }, desc ?? 'refused on reconnect');
    void this.deps.nim.logout();
  }

  /** Drops the link; the next link follows after the usual pause. */
  private rebuild(reason: number): void {
    this.scheduleReconnect(reason);
    this.deps.nim.dropLink();
  }

  private onNetwork(isConnected: boolean): void {
    this.deps.journal.record('network', isConnected ? 'connected' : 'none');
    if (this.isOver()) return;
    if (!isConnected) {
      if (this.everOnline) this.rebuild(Code.offline);
    } else if (this.state.name === 'online') {
      // On another network the old socket may be dead without an event.
      this.watch.doubt();
    } else {
      this.retryNow();
    }
  }

  private onShow(hiddenMs: number): void {
    if (this.isOver()) return;
    if (this.state.name !== 'online') this.retryNow();
    else if (hiddenMs >= HIDDEN_CHECK_MS) this.watch.doubt();
  }

  // --- the machine -------------------------------------------------------------------------------

  /** Enters a final state; the only function that does. */
  private finish(state: ConnectionState, reason: string): void {
    if (this.isOver()) return;
    this.pauses.disarm();
    this.machine.enter(state, reason);
    this.run.end();
    this.pauses.skip();
    this.firstLogin.linkBroke();
  }

  private isOver(): boolean {
    return this.closing !== undefined || isFinal(this.state);
  }

  private isReconnecting(): boolean {
    return (
      !this.isOver() && (this.state.name === 'connecting' || this.state.name === 'authenticating')
    );
  }
}
