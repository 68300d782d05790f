import type { AppLifecycle, Clock, Network, TimerHandle } from '@/platform';
import type { ImServiceEvents, ImServices, LoginAttempt, NimPort, SdkError } from '@/sdk';
import { ConnectStatus, LoginStatus } from '@/sdk/constants';
import { describeLbs } from '@/sdk/lbs-guard';
import { ConnectionError } from './connection-error';
import {
  type ConnectionState,
  endOf,
  isFinal,
  type StateChange,
  StateMachine,
} from './state-machine';
import { type Credentials, prepareAttempt } from './credentials';
import { ATTEMPT_WATCH_MS, FirstLogin } from './first-login';
import type { Journal } from './journal';
import { isLinkAlive, whenShownAgain } from './link-check';
import { DomainRefusals } from './domain-refusals';
import { reasonOf } from './reasons';
import type { RetryPolicy } from './retry-policy';
import { listenGuarded, type ServiceEventArgs } from './service-events';
import type { SocketGate, SocketOwner } from './socket-gate';

export interface ImConnectionOptions {
  /** Reconnect after a lost link. Seed 001: needReconnect, default true. */
  needReconnect: boolean;
  /** Failed reconnects in a row after which it is over. Seed 001: reconnectionAttempts. */
  reconnectionAttempts: number;
}

export interface ImConnectionDependencies {
  nim: NimPort;
  credentials: Credentials;
  generation: number;
  owner: SocketOwner;
  gate: SocketGate;
  clock: Clock;
  network: Network;
  lifecycle: AppLifecycle;
  retry: RetryPolicy;
  journal: Journal;
  options: ImConnectionOptions;
}

/** How long to wait for the last socket's `onClose` before trying anyway (the gate still holds the limits). */
const CLOSE_WAIT_MS = 10_000;
/** Main sync that never reports its end. */
const SYNC_WATCH_MS = 20_000;
/** After this long in the background WeChat may have cut the network without a word. */
const HIDDEN_CHECK_MS = 4_000;
/** How long a link may be silent before it is taken for dead on return to the foreground. */
const PROBE_MS = 1_000;

const CANCELLED = 191002;
const CONNECT_FAILED = 192001;
const DISCONNECTED = 192003;
const OFFLINE = 600103;

type Wake = () => void;

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
  private lastError: SdkError | undefined;
  private readonly refusals: DomainRefusals;
  private timer: TimerHandle | null = null;
  /** Ends the wait between two first-login attempts early. */
  private wake: Wake | undefined;
  private readonly attempt: FirstLogin;
  private closing: Promise<void> | undefined;
  private token = '';
  private options: ImConnectionOptions;

  constructor(private readonly deps: ImConnectionDependencies) {
    const { credentials, nim, network, lifecycle } = deps;
    this.accountId = credentials.accountId;
    this.generation = deps.generation;
    this.machine = new StateMachine(deps.journal);
    this.options = deps.options;
    this.attempt = new FirstLogin(nim, deps.clock);
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
   * with the same account and token. Empty before the first attempt, and for a third-party login without.
   */
  get loginToken(): string {
    return this.token;
  }

  /** What this login proves itself with; a chatroom is entered with the same. */
  get credentials(): Credentials {
    return this.deps.credentials;
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
      this.machine.enter(
        { name: 'connecting', attempt },
        attempt === 1 ? 'sign-in' : 'next attempt',
      );
      const failure = await this.tryLogin();
      if (!failure) return await this.machine.reach('online');
      if (this.isOver()) throw endOf(this.state);
      if (!reasonOf(failure.code).retry) {
        this.finish(
          { name: 'refused', code: failure.code },
          failure.desc ?? 'refused by the server',
        );
        throw new ConnectionError(failure.code, failure.desc);
      }
      await this.pause(attempt, this.reasonCode(failure));
    }
  }

  /** New bounds on reconnecting; they hold from the next lost link or failed attempt. */
  setOptions(options: ImConnectionOptions): void {
    this.options = options;
  }

  /** Reconnects, or tries the next login attempt, without waiting for the timer. */
  retryNow(): void {
    if (this.wake) this.wake();
    else if (this.state.name === 'waiting') void this.reconnect();
  }

  /**
   * Ends the login, the instance and its sockets. Resolves when the sockets fired `onClose`, or after
   * 10 s with a note in the journal when one never does.
   */
  close(reason = 'signed out'): Promise<void> {
    this.closing ??= this.shutDown(reason);
    return this.closing;
  }

  private async shutDown(reason: string): Promise<void> {
    const { nim, gate, owner, journal } = this.deps;
    if (!isFinal(this.state)) this.finish({ name: 'loggedOut' }, reason);
    for (const stop of this.unsubscribe.splice(0)) stop();
    await nim.destroy();
    const left = await gate.whenClosed(owner, CLOSE_WAIT_MS);
    if (left > 0) journal.record('close', `${left} socket(s) of ${owner} never fired onClose`);
  }

  // --- first login -------------------------------------------------------------------------------

  /** One attempt. Resolves with undefined on success, else with the error. Never hangs. */
  private async tryLogin(): Promise<SdkError | undefined> {
    const { gate, owner } = this.deps;
    this.lastError = undefined;
    this.refusals.link = undefined;
    try {
      const attempt = await this.prepare();
      await gate.whenClosed(owner, CLOSE_WAIT_MS);
      if (this.isOver()) return { code: CANCELLED };
      const ended = await this.attempt.run(attempt);
      return ended === 'in'
        ? undefined
        : (this.refusals.link ?? this.lastError ?? { code: CONNECT_FAILED });
    } catch (error) {
      return this.refusals.link ?? (error as SdkError);
    }
  }

  private async prepare(): Promise<LoginAttempt> {
    const attempt = await prepareAttempt(this.deps.credentials);
    this.token = attempt.token;
    return attempt;
  }

  private async pause(attempt: number, reason: number): Promise<void> {
    const { clock, retry } = this.deps;
    const delayMs = retry.delayMs(attempt);
    this.machine.enter(
      { name: 'waiting', attempt, delayMs, until: clock.now() + delayMs, reason },
      reasonOf(reason).cause,
    );
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, delayMs);
      this.wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }

  // --- what the SDK says -------------------------------------------------------------------------

  private onConnectStatus(status: number): void {
    if (status === ConnectStatus.CONNECTED && this.state.name === 'connecting') {
      this.machine.enter({ name: 'authenticating', attempt: this.state.attempt }, 'link is up');
    } else if (status === ConnectStatus.DISCONNECTED) {
      this.attempt.linkBroke();
    } else if (status === ConnectStatus.WAITING && this.everOnline) {
      this.scheduleReconnect(this.reasonCode(this.lastError ?? { code: DISCONNECTED }));
    }
  }

  private onLoginStatus(status: number): void {
    if (status === LoginStatus.LOGINED) {
      this.everOnline = true;
      this.lastError = undefined;
      this.machine.enter({ name: 'syncing' }, 'logged in');
      this.arm(SYNC_WATCH_MS, () => this.onSynced({ code: 191005, desc: 'no end of sync' }));
    } else if (status === LoginStatus.LOGOUT && this.everOnline && !this.isOver()) {
      // A kick and a terminal code have their own events, in the same turn; this is for all else.
      const code = this.lastError?.code ?? DISCONNECTED;
      void Promise.resolve().then(() => this.finish({ name: 'lost', code }, 'the SDK logged out'));
    }
  }

  private onLoginFailed(error: SdkError): void {
    this.noteError(error);
    if (!this.everOnline || reasonOf(error.code).retry || this.isOver()) return;
    this.finish({ name: 'refused', code: error.code }, error.desc ?? 'refused on reconnect');
    void this.deps.nim.logout();
  }

  private noteError(error: SdkError): void {
    this.lastError = error;
    this.deps.journal.record('link', `${error.code} ${error.desc ?? ''}`.trim());
  }

  private onSynced(error: SdkError | undefined): void {
    if (this.state.name !== 'syncing') return;
    if (error) this.deps.journal.record('sync', `ended with ${error.code}`);
    this.failures = 0;
    this.disarm();
    this.machine.enter({ name: 'online' }, 'synchronised');
  }

  // --- reconnecting ------------------------------------------------------------------------------

  private scheduleReconnect(reason: number): void {
    if (this.isOver()) return;
    const { clock, retry, network } = this.deps;
    const { options } = this;
    if (this.state.name === 'waiting') return;
    this.failures++;
    if (!options.needReconnect || this.failures > options.reconnectionAttempts) {
      this.finish(
        { name: 'lost', code: reason },
        options.needReconnect ? 'too many attempts' : 'needReconnect is off',
      );
      void this.deps.nim.logout();
      return;
    }
    const delayMs = retry.delayMs(this.failures);
    const state = {
      name: 'waiting',
      attempt: this.failures,
      delayMs,
      until: clock.now() + delayMs,
    } as const;
    this.machine.enter(
      { ...state, reason: network.current().isConnected ? reason : OFFLINE },
      reasonOf(reason).cause,
    );
    this.arm(delayMs, () => void this.reconnect());
  }

  private async reconnect(): Promise<void> {
    const { nim, gate, owner, clock } = this.deps;
    if (this.state.name !== 'waiting') return;
    const { attempt } = this.state;
    this.disarm();
    this.machine.enter({ name: 'connecting', attempt }, 'reconnecting');
    try {
      nim.renew(await this.prepare());
    } catch (error) {
      if (this.isConnecting(attempt)) this.scheduleReconnect(ConnectionError.from(error).code);
      return;
    }
    await gate.whenClosed(owner, CLOSE_WAIT_MS);
    if (!this.isConnecting(attempt)) return;
    const since = clock.now();
    this.arm(ATTEMPT_WATCH_MS, () => {
      this.deps.journal.record('watch', `reconnect silent for ${clock.now() - since} ms`);
      nim.dropLink();
      if (this.isReconnecting()) this.scheduleReconnect(191005);
    });
    nim.reconnect();
  }

  private onNetwork(isConnected: boolean): void {
    const { nim, journal } = this.deps;
    journal.record('network', isConnected ? 'connected' : 'none');
    if (this.isOver()) return;
    if (!isConnected) {
      if (this.everOnline) {
        this.lastError = { code: OFFLINE };
        nim.dropLink();
      }
    } else if (this.state.name === 'waiting') {
      this.retryNow();
    } else if (this.state.name === 'online') {
      // Another network: the old socket may be dead without knowing it.
      void this.checkLink();
    }
  }

  private onShow(hiddenMs: number): void {
    if (this.isOver()) return;
    if (this.state.name === 'waiting') this.retryNow();
    else if (this.state.name === 'online' && hiddenMs >= HIDDEN_CHECK_MS) void this.checkLink();
  }

  /** Asks for one round trip; a link that does not answer in a second is dropped and rebuilt at once. */
  private async checkLink(): Promise<void> {
    const { nim, clock, journal } = this.deps;
    const alive = await isLinkAlive(nim, clock, PROBE_MS);
    if (alive || this.state.name !== 'online') return;
    journal.record('check', `no answer within ${PROBE_MS} ms: rebuilding the link`);
    nim.dropLink();
    this.retryNow();
  }

  // --- the machine -------------------------------------------------------------------------------

  /** The one way down. */
  private finish(state: ConnectionState, reason: string): void {
    if (this.isOver()) return;
    this.disarm();
    this.machine.enter(state, reason);
    this.wake?.();
    this.attempt.linkBroke();
  }

  private isOver(): boolean {
    return this.closing !== undefined || isFinal(this.state);
  }

  private isConnecting(attempt: number): boolean {
    return !this.isOver() && this.state.name === 'connecting' && this.state.attempt === attempt;
  }

  private isReconnecting(): boolean {
    return (
      !this.isOver() && (this.state.name === 'connecting' || this.state.name === 'authenticating')
    );
  }

  private reasonCode(error: SdkError): number {
    return this.deps.network.current().isConnected ? error.code : OFFLINE;
  }

  private arm(ms: number, then: () => void): void {
    this.disarm();
    this.timer = this.deps.clock.setTimeout(then, ms);
  }

  private disarm(): void {
    this.deps.clock.clearTimeout(this.timer);
    this.timer = null;
  }
}
