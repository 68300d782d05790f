import {
  ConnectionError,
  type Journal,
  reasonOf,
  type RetryPolicy,
  type RoomLease,
  type RoomLeases,
  type SocketGate,
  whenShownAgain,
} from '@/connection';
import { type AppLifecycle, type Clock, type Network, type TimerHandle } from '@/platform';
import type { SdkError } from '@/sdk';
import type { RoomMessage, RoomMessageCreator } from '../sdk';
import { BoundedWaits } from './bounded-waits';
import { QueryDirection, RoomStatus } from './constants';
import {
  checkEnterParams,
  checkSignIn,
  DEFAULT_TIMEOUT_SECONDS,
  type EnterParams,
} from './enter-params';
import { EntryAttempt } from './entry-attempt';
import { Gone } from './gone';
import { OwnParams } from './own-params';
import { type RoomEvent, RoomEvents } from './room-events';
import type { RoomAddresses } from './room-addresses';
import { RoomInstance } from './room-instance';
import type {
  CreateRoomPort,
  EnterResult,
  RoomPort,
  RoomPortEvents,
  RoomServices,
} from './room-port';
import { prepareProof, ProviderThrew, type RoomSignIn } from './room-sign-in';
import {
  causeOfCode,
  causeOfError,
  errorOfExit,
  type ExitCause,
  type RoomState,
  type RoomStateChange,
  RoomStateMachine,
} from './room-state';
import type { Turns } from './turns';
import { type VisitMessageEvents, VisitMessages } from './visit-messages';

export interface ChatroomConnectionDependencies {
  roomId: string;
  signIn: RoomSignIn;
  params: EnterParams;
  addresses: RoomAddresses;
  leases: RoomLeases;
  gate: SocketGate;
  createPort: CreateRoomPort;
  clock: Clock;
  network: Network;
  lifecycle: AppLifecycle;
  retry: RetryPolicy;
  /** Shared by all rooms. */
  turns: Turns;
  journal: Journal;
}

/** How long to wait for the last socket's `onClose` before trying anyway (the gate still holds the limits). */
const CLOSE_WAIT_MS = 10_000;
/** After this long in the background WeChat may have cut the network without a word. */
const HIDDEN_CHECK_MS = 4_000;
/** The first attempt after a lost link; later ones follow the retry policy. */
const FIRST_DELAY_MS = 500;

const TIMEOUT = 191005;
const CALLBACK_FAILED = 191003;
const UNREACHABLE = 600104;
const ILLEGAL_STATE = 190002;
const DISCONNECTED = 192003;
const GO_ELSEWHERE = 399;
/** Said of an operation one may try again as somebody; said of entering it is the last word. */
const NOT_FOR_GUESTS = 114303;
const OFFLINE = 600103;

/**
 * The life of one visit to a room: a state machine with one setter (`RoomStateMachine.enter`) and one way
 * down (`end`). Each attempt to enter, the first and every reconnect alike, is a new SDK instance with one
 * freshly fetched address, a fresh token, and no socket of the visit left over. The SDK's own reconnect is
 * not used: it retries after exactly 1, 2, 3 s in every client of a room at once, on old addresses, without
 * waiting for its old socket, and never at all when a socket is refused after the handshake.
 */
export class ChatroomConnection {
  readonly roomId: string;
  readonly accountId: string;
  readonly anonymous: boolean;
  private readonly machine: RoomStateMachine;
  private readonly onThrow = (error: unknown) => this.deps.journal.record('handler', String(error));
  private readonly events = new RoomEvents(this.onThrow);
  private readonly messages = new VisitMessages(this.onThrow);
  /** Fired once the visit is over; everything that waits, waits on it too. */
  private readonly gone = new Gone();
  private readonly waits: BoundedWaits;
  private readonly unsubscribe: (() => void)[] = [];
  private lease: RoomLease | undefined;
  /** The instance in force: entering, or inside. */
  private instance: RoomInstance | undefined;
  private attempt: EntryAttempt | undefined;
  private lastCreator: RoomMessageCreator | undefined;
  private latest: EnterResult | undefined;
  readonly params: OwnParams;
  /** The next attempt follows without a pause. */
  private isHurried = false;
  private deadline: TimerHandle | null = null;
  private ending: Promise<void> | undefined;

  constructor(private readonly deps: ChatroomConnectionDependencies) {
    this.roomId = deps.roomId;
    this.accountId = deps.signIn.accountId;
    this.anonymous = deps.signIn.way === 'anonymous';
    this.params = new OwnParams(deps.params);
    this.waits = new BoundedWaits(deps.clock, this.gone);
    this.machine = new RoomStateMachine(deps.roomId, deps.journal);
    this.events.on('tagsChanged', (tags) => this.params.changeTags(tags));
    this.events.on('memberChanged', ({ accountId, roomNick, roomAvatar, serverExtension }) => {
      if (accountId === this.accountId)
        this.params.change({ roomNick, roomAvatar, serverExtension });
    });
  }

  get state(): RoomState {
    return this.machine.current;
  }

  /** What the server said when the room was last entered. */
  get entered(): EnterResult | undefined {
    return this.latest;
  }

  /**
   * `state`: every change. `messages`: each message once, in the server's order, across reconnects.
   * `gap`: what was missed is not fetched: too much, or refused again and again.
   * `open`: after a reconnect, once it is known which of my messages the server has, or that this cannot be
   * known now; requests may go out. `caughtUp`: nothing is missing (any more).
   */
  on(event: 'state', handler: (change: RoomStateChange) => void): () => void;
  on<K extends keyof VisitMessageEvents>(event: K, handler: VisitMessageEvents[K]): () => void;
  on(event: 'state' | keyof VisitMessageEvents, handler: (...args: never[]) => void): () => void {
    return event === 'state'
      ? this.machine.on(handler as (change: RoomStateChange) => void)
      : this.messages.on(event, handler as VisitMessageEvents['open']);
  }

  /** Listens to an event of the room for the whole visit, whatever instance it comes from. */
  listen<K extends RoomEvent>(event: K, handler: (...args: RoomPortEvents[K]) => void): () => void {
    return this.events.on(event, handler);
  }

  /**
   * Calls a service of the room, for at most `limitMs` (20 s unless told). A request without an answer has the link probed.
   * @throws ConnectionError with the server's code; 190002 when not inside; 192003 when the link is lost
   * meanwhile; 192004 without an answer
   */
  async call<T>(work: (services: RoomServices) => Promise<T>, limitMs?: number): Promise<T> {
    const { instance } = this;
    if (!instance || this.state.name !== 'inside')
      throw new ConnectionError(ILLEGAL_STATE, 'not inside the room');
    return await instance.call(work, limitMs);
  }

  /** Makes messages, also while reconnecting. @throws ConnectionError 190002 before the first attempt */
  get creator(): RoomMessageCreator {
    if (this.lastCreator) return this.lastCreator;
    throw new ConnectionError(ILLEGAL_STATE, 'not inside the room');
  }

  /** A message that came another way than as a push: it is not reported again. */
  note(message: RoomMessage): void {
    this.messages.note(message);
  }

  /**
   * Enters; keeps trying while trying may help, at most `params.timeout` seconds. Called once.
   * @throws ConnectionError (InvalidParameter before anything is opened), else with the row of the exit cause
   */
  async enter(): Promise<EnterResult> {
    const { roomId, params, signIn, leases, clock } = this.deps;
    try {
      checkEnterParams(roomId, params);
      checkSignIn(signIn);
    } catch (error) {
      void this.end(causeOfError(ConnectionError.from(error)));
      throw error;
    }
    this.machine.enter({ name: 'entering', attempt: 1 }, signIn.way);
    const seconds = params.timeout ?? DEFAULT_TIMEOUT_SECONDS;
    this.deadline = clock.setTimeout(
      () => void this.end({ kind: 'refused', code: TIMEOUT }),
      seconds * 1000,
    );
    let lease: RoomLease;
    try {
      lease = await leases.lease(roomId, { signal: this.gone });
    } catch {
      // A newer wish than this one; or it was given up.
      await this.end({ kind: 'replaced' });
      throw this.whyEnded();
    }
    this.lease = lease;
    if (this.isOver()) {
      await lease.release();
      throw this.whyEnded();
    }
    lease.onRevoked(() => void this.end({ kind: 'replaced' }));
    this.watchHost();
    await this.tryUntilInside((attempt) => ({ name: 'entering', attempt }));
    clock.clearTimeout(this.deadline);
    await this.ending;
    if (!this.latest || this.isOver()) throw this.whyEnded();
    return this.latest;
  }

  /** Leaves, or gives up entering. Resolves when the room's socket fired `onClose`. */
  leave(): Promise<void> {
    return this.end({ kind: 'left' });
  }

  /** Tries again now instead of at the end of the wait; a provider that is late is asked again. */
  retryNow(): void {
    if (this.waits.hurry()) this.isHurried = true;
  }

  // --- attempts ------------------------------------------------------------------------------------

  /** One attempt after the other until inside, or over. */
  private async tryUntilInside(
    stateOf: (attempt: number, delayMs: number, reason: number) => RoomState,
    reason = 0,
  ): Promise<void> {
    const { retry, network } = this.deps;
    const isFirst = this.state.name === 'entering';
    for (let attempt = 1; !this.isOver(); attempt++) {
      const pauseMs = attempt > 1 ? retry.delayMs(attempt - 1) : isFirst ? 0 : FIRST_DELAY_MS;
      const delayMs = this.isHurried ? 0 : pauseMs;
      this.isHurried = false;
      const why = network.current().isConnected ? reason : OFFLINE;
      this.machine.enter(stateOf(attempt, delayMs, why), `attempt ${attempt}`);
      if (delayMs > 0) await this.waits.pause(delayMs);
      if (this.isOver()) return;
      const failure = await this.tryOnce();
      if (this.isOver()) return;
      if (!failure) {
        this.machine.enter({ name: 'inside' }, 'entered');
        this.events.release();
        this.isHurried = false;
        return;
      }
      if (isFinal(failure, isFirst)) {
        void this.end(causeOfError(failure));
        return;
      }
      if (failure.code === GO_ELSEWHERE) this.deps.addresses.forget();
      reason = failure.code;
    }
  }

  /** Resolves with undefined when inside, else with the error. Never hangs, never rejects. */
  private async tryOnce(): Promise<ConnectionError | undefined> {
    const { roomId, signIn, addresses, gate, clock, journal, createPort, turns } = this.deps;
    const params = this.params.now;
    const owner = this.lease?.owner;
    const isFirst = this.state.name === 'entering';
    let endTurn: () => void = () => undefined;
    if (!owner) return over();
    try {
      const address = await addresses.next((whom, question) =>
        this.waits.wait(question, whom, UNREACHABLE),
      );
      if (this.isOver()) return over();
      const proof = await prepareProof(signIn, roomId, (name, provider) =>
        this.waits.wait(provider, name, CALLBACK_FAILED),
      );
      await gate.whenClosed(owner, CLOSE_WAIT_MS);
      if (this.isOver()) return over();
      endTurn = await turns.take();
      if (this.isOver()) return over();
      const port = createPort();
      this.lastCreator = port.services.creator;
      this.attach(port);
      this.attempt = new EntryAttempt(port, clock, gate, owner, endTurn);
      this.latest = await this.attempt.run({
        roomId,
        address,
        proof,
        params,
        isReconnect: !isFirst,
        // Ours ends first: on its own the SDK leaves its socket open when the time is up during login.
        timeoutSeconds: (params.timeout ?? DEFAULT_TIMEOUT_SECONDS) + 5,
      });
      if (isFirst) this.messages.begin(this.latest.selfMember.enterTime ?? 0);
      return undefined;
    } catch (cause) {
      const error = ConnectionError.from(cause);
      journal.record(
        'room',
        `${roomId} attempt failed: ${error.code} ${error.detail ?? ''}`.trim(),
      );
      await this.dropInstance();
      return error;
    } finally {
      endTurn();
      this.attempt = undefined;
    }
  }

  /** Every event of an instance counts as long as it is the one in force: `dropInstance` ends them all. */
  private attach(port: RoomPort): void {
    const { clock, journal } = this.deps;
    const instance: RoomInstance = new RoomInstance({
      port,
      clock,
      journal,
      accountId: this.accountId,
      isUp: () => this.instance === instance && this.state.name === 'inside',
      onDead: () => {
        this.linkLost(DISCONNECTED);
        this.retryNow();
      },
    });
    this.instance = instance;
    instance.listen(
      port.on('status', (status, error) => this.onStatus(status, error)),
      port.on('kicked', (reason, extension) => this.onKicked(reason, extension)),
      port.on('exited', (error) => this.onExited(error)),
      port.on('message', (message) => this.messages.push(message)),
      this.events.follow(port),
    );
  }

  private async dropInstance(): Promise<void> {
    const { instance } = this;
    this.instance = undefined;
    await instance?.drop();
  }

  // --- what the SDK says ---------------------------------------------------------------------------

  private onStatus(status: number, error: SdkError | undefined): void {
    if (this.attempt) this.attempt.onStatus(status, error);
    else if (status === RoomStatus.DISCONNECTED || status === RoomStatus.WAITING)
      this.linkLost(error?.code ?? DISCONNECTED);
  }

  /** A kick has its own event, in the same turn, after this one: it says more. */
  private onExited(error: SdkError | undefined): void {
    void Promise.resolve().then(() => this.end(causeOfCode(error?.code ?? DISCONNECTED)));
  }

  private onKicked(reason: number, extension: string): void {
    const { journal, roomId } = this.deps;
    journal.record('room', `${roomId} kicked, reason ${reason}`);
    void this.end(causeOfKick(reason, extension));
  }

  // --- reconnecting --------------------------------------------------------------------------------

  private linkLost(code: number): void {
    if (this.state.name !== 'inside') return;
    this.messages.hold();
    const { clock } = this.deps;
    const stateOf = (attempt: number, delayMs: number, reason: number): RoomState => ({
      name: 'reconnecting',
      attempt,
      until: clock.now() + delayMs,
      reason,
    });
    const dropped = this.dropInstance();
    void this.tryUntilInside(stateOf, code)
      .then(() => dropped)
      .then(() => this.catchUp());
  }

  private async catchUp(): Promise<void> {
    if (this.state.name !== 'inside') return;
    const { retry } = this.deps;
    await this.messages.catchUp(
      (beginTime, limit) =>
        this.call(({ room }) =>
          room.getMessageList({ direction: QueryDirection.ASC as never, beginTime, limit }),
        ),
      (attempt) => this.waits.pause(retry.delayMs(attempt), false),
    );
  }

  private watchHost(): void {
    const { network, lifecycle, clock } = this.deps;
    this.unsubscribe.push(
      // Not left to the SDK: it keeps one listener for all its rooms, and loses it with the first that ends.
      network.onChange(({ isConnected }) => {
        if (!isConnected) this.linkLost(OFFLINE);
        else if (this.state.name === 'inside') this.instance?.doubt();
        else this.retryNow();
      }),
      whenShownAgain(lifecycle, clock, (hiddenMs) => {
        this.retryNow();
        if (hiddenMs >= HIDDEN_CHECK_MS) this.instance?.doubt();
      }),
    );
  }

  // --- the end -------------------------------------------------------------------------------------

  private isOver(): boolean {
    return this.gone.aborted;
  }

  /** The one way down. Resolves when the visit's sockets fired `onClose`. */
  private end(cause: ExitCause): Promise<void> {
    this.ending ??= this.shutDown(cause);
    return this.ending;
  }

  private async shutDown(cause: ExitCause): Promise<void> {
    const { clock } = this.deps;
    clock.clearTimeout(this.deadline);
    this.machine.enter({ name: 'exited', cause, at: clock.now() }, cause.kind);
    this.messages.hold();
    this.gone.fire();
    for (const stop of this.unsubscribe.splice(0)) stop();
    this.attempt?.giveUp();
    await this.dropInstance();
    await this.lease?.release();
  }

  private whyEnded(): ConnectionError {
    const { state } = this;
    return errorOfExit(state.name === 'exited' ? state.cause : { kind: 'left' });
  }
}

/** Whether a failed attempt is the last one. `isEntering`: the room was not entered yet. */
function isFinal(failure: ConnectionError, isEntering: boolean): boolean {
  const isLastWord = !reasonOf(failure.code).retry || failure.code === NOT_FOR_GUESTS;
  return isLastWord || (isEntering && failure instanceof ProviderThrew);
}

function over(): ConnectionError {
  return ConnectionError.cancelled('the visit is over');
}

/** Wire protocol, 5: -1 unknown, 1 room closed, 2 by a manager, 3 own client, 4 the same silently, 5 blocked. */
function causeOfKick(reason: number, extension: string): ExitCause {
  if (reason === 1) return { kind: 'closed' };
  if (reason === 5) return { kind: 'blocked' };
  return { kind: 'kicked', reason, extension };
}
