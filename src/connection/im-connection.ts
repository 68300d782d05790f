import type { ImServiceEvents, ImServices, LoginAttempt, SdkError } from '@/sdk';
import { ConnectStatus, LoginStatus } from '@/sdk/constants';
import { describeLbs } from '@/sdk/lbs-guard';
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
import { DomainRefusals } from './domain-refusals';
import { Pauses } from './pauses';
import { reasonOf } from './reasons';
import { listenGuarded, type ServiceEventArgs } from './service-events';
import { SyncLimit } from './sync-limit';

/** After this long in the background WeChat may have cut the network without a word. */
const HIDDEN_CHECK_MS = 4_000;

const CANCELLED = 191002;
const CONNECT_FAILED = 192001;
const TIMEOUT = 191005;
const DISCONNECTED = 192003;
const OFFLINE = 600103;

/**
 * The life of one IM login on one SDK instance: a state machine with one setter (`StateMachine.enter`) and one way
 * down (`finish`). First-login retries and reconnects are both timed here; the SDK's own reconnect timer
 * is parked (see sdk/nim.ts), because it ignores sockets that are still closing, and never fires at all
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
  private lastError: SdkError | undefined;
  private readonly refusals: DomainRefusals;
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
    this.firstLogin = new FirstLogin(nim, deps.clock);
    this.sockets = new ImSockets(deps);
    this.run = new AttemptRun(deps.clock);
    this.watch = new LinkWatch({
      link: nim,
      clock: deps.clock,
      journal: deps.journal,
      isUp: () => this.state.name === 'online',
      onDead: () => {
        this.rebuild(DISCONNECTED);
        this.retryNow();
      },
    });
    this.refusals = new DomainRefusals(deps);
    this.unsubscribe.push(
      nim.on('connectStatus', (status) => this.onConnectStatus(status)),
      nim.on('loginStatus', (status) => this.onLoginStatus(status)),
      nim.on('linkError', (error) => this.noteError(error)),
      nim.on('loginFailed', (error) => this.onLoginFailed(error)),
      nim.on('kicked', (detail) => {
        this.finish({ name: 'kicked', detail, at: deps.clock.now() }, `reason ${detail.reason}`);
      }),
      nim.on('synced', (error) => this.onSynced(error)),
      nim.on('unanswered', () => this.suspectLink()),
      () => this.refusals.stop(),
      nim.on('lbs', (report) => deps.journal.record('lbs', describeLbs(report))),
      network.onChange(({ isConnected }) => this.onNetwork(isConnected)),
      whenShownAgain(lifecycle, deps.clock, (hiddenMs) => this.onShow(hiddenMs)),
    );
  }

  get state(): ConnectionState {
    return this.machine.current;
  }

  /** The SDK's services. Asking for them before the login makes the SDK instance at once. */
  get services(): ImServices {
    return this.deps.nim.services;
  }

  /**
   * The token of the newest attempt, for IM reuse alone: a kit that shares this login enters its rooms
   * with the same account and token. Empty before the first attempt, after the end, and for a third-party
   * login without.
   */
  get loginToken(): string {
    return this.token;
  }

  /** What this login proves itself with; a chatroom is entered with the same. Without a token after the end. */
  get credentials(): Credentials {
    return this.proof.current;
  }

  on(_event: 'state', handler: (change: StateChange) => void): () => void {
    return this.machine.on(handler);
  }

  /**
   * Listens to an event of an SDK service for the life of this connection. A handler that throws (a
   * malformed push) is reported in the journal and stops nothing; nothing arrives after the end.
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
   * Logs in; keeps trying while trying may help. Resolves when online.
   * @throws ConnectionError with the code that ended it; 191002 when closed meanwhile.
   */
  async open(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (this.isOver()) throw endOf(this.state);
      const run = this.begin(attempt, attempt === 1 ? 'sign-in' : 'next attempt');
      const failure = await this.tryLogin(run);
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

  /** New bounds on reconnecting; they hold from the next lost link or failed attempt. */
  setOptions(options: ImConnectionOptions): void {
    this.options = options;
  }

  /**
   * Reconnects, or tries the next login attempt, without waiting for the timer. An attempt that is under way
   * begins anew when that may be quicker: a provider has not answered, or the attempt is 3 s old.
   */
  retryNow(): void {
    if (this.pauses.skip()) return;
    if (this.state.name === 'waiting') void this.reconnect();
    else if (this.state.name === 'connecting' && this.run.mayRestart) this.restart();
  }

  /**
   * A request got no answer (192004): looks at the link with one round trip, and rebuilds the link when that gets
   * no answer either, within a second on a quick link. Does nothing while a look is under way and in every
   * state but `online`. Requests of the SDK do this by themselves, whoever sent them.
   */
  suspectLink(): void {
    this.watch.suspect();
  }

  /**
   * Ends the login, the instance and its sockets. Resolves when the sockets fired `onClose`, or after
   * 10 s with a note in the journal when one never does.
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

  /** Enters `connecting`, with a new attempt in place of the last one. */
  private begin(attempt: number, reason: string): AttemptRun {
    this.run.end();
    this.run = new AttemptRun(this.deps.clock);
    this.machine.enter({ name: 'connecting', attempt }, reason);
    return this.run;
  }

  /** Ends the attempt that is under way in favour of another, without a pause. */
  private restart(): void {
    const { run } = this;
    const isAsking = run.isAsking;
    run.isReplaced = true;
    run.end();
    if (!this.everOnline) {
      this.firstLogin.linkBroke();
      return;
    }
    // Asking a provider again is no failed attempt, and there is no link yet to give up.
    if (!isAsking) this.rebuild(CONNECT_FAILED);
    void this.reconnect();
  }

  // --- first login -------------------------------------------------------------------------------

  /** One attempt. Resolves with undefined on success, else with the error; no socket is left then. Never hangs. */
  private async tryLogin(run: AttemptRun): Promise<SdkError | undefined> {
    this.lastError = undefined;
    this.refusals.link = undefined;
    let failure: SdkError | undefined;
    try {
      const attempt = await this.prepare(run);
      await this.sockets.whenClosed();
      if (this.isOver() || run.isEnded) return { code: CANCELLED };
      if ((await this.firstLogin.run(attempt)) === 'in') return undefined;
      failure = this.lastError;
    } catch (error) {
      failure = ConnectionError.toSdkError(error);
    }
    this.sockets.drop();
    return this.refusals.link ?? failure ?? { code: CONNECT_FAILED };
  }

  private async prepare(run: AttemptRun): Promise<LoginAttempt> {
    const attempt = await run.prepare(this.proof);
    if (!run.isEnded) {
      this.proof.use(attempt.token);
      this.token = attempt.token;
    }
    return attempt;
  }

  // --- what the SDK says -------------------------------------------------------------------------

  private onConnectStatus(status: number): void {
    if (status === ConnectStatus.CONNECTED && this.state.name === 'connecting') {
      this.loginSentAt = this.deps.clock.now();
      this.machine.enter({ name: 'authenticating', attempt: this.state.attempt }, 'link is up');
    } else if (status === ConnectStatus.DISCONNECTED) {
      this.firstLogin.linkBroke();
    } else if (status === ConnectStatus.WAITING && this.everOnline) {
      this.scheduleReconnect(this.lastError?.code ?? DISCONNECTED);
    }
  }

  private onLoginStatus(status: number): void {
    if (status === LoginStatus.LOGINED) {
      this.everOnline = true;
      this.lastError = undefined;
      if (this.state.name === 'authenticating')
        this.watch.noteRoundTrip(this.deps.clock.now() - this.loginSentAt);
      this.machine.enter({ name: 'syncing' }, 'logged in');
      this.pauses.arm(this.syncLimit.limitMs, () => this.onSynced({ code: TIMEOUT }));
    } else if (status === LoginStatus.LOGOUT && this.everOnline && !this.isOver()) {
      // A kick and a terminal code have their own events, in the same turn; this is for all else.
      const code = this.lastError?.code ?? DISCONNECTED;
      void Promise.resolve().then(() => {
        if (this.everOnline) this.finish({ name: 'lost', code }, 'the SDK logged out');
      });
    }
  }

  private onLoginFailed(error: SdkError): void {
    this.noteError(error);
    if (!this.everOnline || reasonOf(error.code).retry || this.isOver()) return;
    if (this.proof.renewAfter(error.code)) this.loginAnew();
    else this.refuse(error);
  }

  /** The SDK has signed out by itself, and comes back by a login alone, as at the beginning. */
  private loginAnew(): void {
    this.everOnline = false;
    this.pauses.enterRenewal(1);
    // How it ends is in the state.
    this.open().catch(() => undefined);
  }

  private noteError(error: SdkError): void {
    this.lastError = error;
    this.deps.journal.record('link', `${error.code} ${error.desc ?? ''}`.trim());
  }

  /** A sync that failed in part, or has no end, has not brought everything: only a new link syncs again. */
  private onSynced(error: SdkError | undefined): void {
    if (this.state.name !== 'syncing') return;
    if (error) {
      this.deps.journal.record('sync', `ended with ${error.code}`);
      this.syncLimit.failed();
      this.rebuild(error.code);
      return;
    }
    this.failures = 0;
    this.proof.accepted();
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
      if (this.isReconnecting()) this.rebuild(TIMEOUT);
    });
    nim.reconnect();
  }

  private onProviderFailed(error: SdkError): void {
    if (reasonOf(error.code).retry) this.scheduleReconnect(error.code);
    else this.refuse(error);
  }

  /** The server, or the app server, has said a final no to a login that was online before. */
  private refuse({ code, desc }: SdkError): void {
    this.finish({ name: 'refused', code }, desc ?? 'refused on reconnect');
    void this.deps.nim.logout();
  }

  /** Gives the link up; the next one follows after the usual pause. */
  private rebuild(reason: number): void {
    this.scheduleReconnect(reason);
    this.deps.nim.dropLink();
  }

  private onNetwork(isConnected: boolean): void {
    this.deps.journal.record('network', isConnected ? 'connected' : 'none');
    if (this.isOver()) return;
    if (!isConnected) {
      if (this.everOnline) this.rebuild(OFFLINE);
    } else if (this.state.name === 'online') {
      // Another network: the old socket may be dead without knowing it.
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

  /** The one way down. */
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
