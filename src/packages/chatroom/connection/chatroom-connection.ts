import '@/connection/room-reasons';
import { ConnectionError, reasonOf, type RoomLease, whenShownAgain } from '@/connection';
import type { TimerHandle } from '@/platform';
import type { SdkError } from '@/sdk';
import { Code } from '@/sdk/codes';
import type { RoomMessage, RoomMessageCreator } from '../sdk-types';
import { BoundedWaits } from './bounded-waits';
import { QueryDirection, RoomStatus } from './constants';
import { checkEnterParams, checkSignIn, DEFAULT_TIMEOUT_SECONDS } from './enter-params';
import type { ChatroomConnectionDependencies } from './connection-dependencies';
import { EntryAttempts } from './entry-attempts';
import { VisitAbort } from './visit-abort';
import { OwnParams } from './own-params';
import { type RoomEvent, RoomEvents } from './room-events';
import { RoomInstance } from './room-instance';
import type { EnterResult, RoomPort, RoomPortEvents, RoomServices } from './room-port';
import { ProviderThrew } from './room-sign-in';
import {
  causeOfCode,
  causeOfError,
  causeOfKick,
  errorOfExit,
  type ExitCause,
  type RoomState,
  type RoomStateChange,
  RoomStateMachine,
} from './room-state';
import { type VisitMessageEvents, VisitMessages } from './visit-messages';

/** Time in the background after which WeChat may have cut the network without an event. */
const HIDDEN_CHECK_MS = 4_000;
/** Delay of the first attempt after a lost link; later attempts follow the retry policy. */
const FIRST_DELAY_MS = 500;

const GO_ELSEWHERE = 399;

/**
 * The connection of one visit to a room: a state machine with one setter (`RoomStateMachine.enter`) and one end
 * (`end`). Each attempt to enter, also each reconnect, uses a new SDK instance with one freshly fetched address and
 * a fresh token, and begins without an open socket of the visit. The SDK's own reconnect is not used: it retries
 * after exactly 1, 2, 3 s in every client of a room at once, on old addresses, without waiting for its old socket,
 * and never at all when a socket is refused after the handshake.
 */
export class ChatroomConnection {
  readonly roomId: string;
  readonly accountId: string;
  readonly anonymous: boolean;
  private readonly machine: RoomStateMachine;
  private readonly onThrow = (error: unknown) => this.deps.journal.record('handler', String(error));
  private readonly events = new RoomEvents(this.onThrow);
  private readonly messages = new VisitMessages(this.onThrow);
  /** Aborted when the visit is over; ends every wait of the visit. */
  private readonly visitAbort = new VisitAbort();
  private readonly waits: BoundedWaits;
  private readonly unsubscribe: (() => void)[] = [];
  private lease: RoomLease | undefined;
  /** The instance in force, entering or inside. */
  private instance: RoomInstance | undefined;
  private readonly attempts: EntryAttempts;
  private latest: EnterResult | undefined;
  /** Why the link of the instance in force is down; undefined while it is up or is made for the first time. */
  private brokenBy: number | undefined;
  readonly params: OwnParams;
  /** The next attempt begins without a pause. */
  private skipsPause = false;
  private deadline: TimerHandle | null = null;
  private ending: Promise<void> | undefined;

  constructor(private readonly deps: ChatroomConnectionDependencies) {
    this.roomId = deps.roomId;
    this.accountId = deps.signIn.accountId;
    this.anonymous = deps.signIn.way === 'anonymous';
    this.params = new OwnParams(deps.params);
    this.waits = new BoundedWaits(deps.clock, this.visitAbort);
    this.attempts = new EntryAttempts({
      deps,
      waits: this.waits,
      isOver: () => this.isOver(),
      attach: (port) => this.attach(port),
      dropInstance: () => this.dropInstance(),
    });
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

  /** The server's answer to the last entry. */
  get entered(): EnterResult | undefined {
    return this.latest;
  }

  /**
   * `state`: every change. `messages`: each message once, in the server's order, across reconnects.
   * `gap`: missed messages are not fetched, because there are too many or the server refused repeatedly.
   * `open`: after a reconnect requests may be sent again: it is known which own messages the server has, or that
   * this cannot be known now. `caughtUp`: no message is missing.
   */
  on(event: 'state', handler: (change: RoomStateChange) => void): () => void;
  on<K extends keyof VisitMessageEvents>(event: K, handler: VisitMessageEvents[K]): () => void;
  on(event: 'state' | keyof VisitMessageEvents, handler: (...args: never[]) => void): () => void {
    return event === 'state'
      ? this.machine.on(handler as (change: RoomStateChange) => void)
      : this.messages.on(event, handler as VisitMessageEvents['open']);
  }

  /** Listens to an event of the room for the whole visit, across SDK instances. */
  listen<K extends RoomEvent>(event: K, handler: (...args: RoomPortEvents[K]) => void): () => void {
    return this.events.on(event, handler);
  }

  /**
   * Calls a service of the room, for at most `limitMs` (default 20 s). A request without an answer makes the
   * connection probe the link.
   * @throws ConnectionError with the server's code; 190002 when not inside; 192003 when the link is lost meanwhile;
   * 192004 without an answer
   */
  async call<T>(work: (services: RoomServices) => Promise<T>, limitMs?: number): Promise<T> {
    const { instance } = this;
    if (!instance || this.state.name !== 'inside')
      throw new ConnectionError(Code.illegalState, 'not inside the room');
    return await instance.call(work, limitMs);
  }

  /** The message creator, also while reconnecting. @throws ConnectionError 190002 before the first attempt */
  get creator(): RoomMessageCreator {
    const { creator } = this.attempts;
    if (creator) return creator;
    throw new ConnectionError(Code.illegalState, 'not inside the room');
  }

  /** Remembers a message of another source than a push, so that the message is not reported again. */
  rememberMessage(message: RoomMessage): void {
    this.messages.rememberMessage(message);
  }

  /**
   * Enters, with retries while a retry can succeed, for at most `params.timeout` seconds. Called once.
   * @throws ConnectionError (InvalidParameter before a socket is opened), else with the row of the exit cause
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
      () => void this.end({ kind: 'refused', code: Code.timeout }),
      seconds * 1000,
    );
    let lease: RoomLease;
    try {
      lease = await leases.lease(roomId, { signal: this.visitAbort });
    } catch {
      // A newer lease took the place, or the visit was ended while waiting.
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

  /** Leaves, or stops entering. Resolves when the room's socket fired `onClose`. */
  leave(): Promise<void> {
    return this.end({ kind: 'left' });
  }

  /** Tries again now instead of after the pause, and asks a late provider again. */
  retryNow(): void {
    if (this.waits.endNow()) this.skipsPause = true;
  }

  // --- attempts ------------------------------------------------------------------------------------

  /** Makes attempts until the room is entered or the visit is over. */
  private async tryUntilInside(
    stateOf: (attempt: number, delayMs: number, reason: number) => RoomState,
    reason = 0,
  ): Promise<void> {
    const { retry, network } = this.deps;
    const isFirst = this.state.name === 'entering';
    for (let attempt = 1; !this.isOver(); attempt++) {
      const pauseMs = attempt > 1 ? retry.delayMs(attempt - 1) : isFirst ? 0 : FIRST_DELAY_MS;
      const delayMs = this.skipsPause ? 0 : pauseMs;
      this.skipsPause = false;
      const why = network.current().isConnected ? reason : Code.offline;
      this.machine.enter(stateOf(attempt, delayMs, why), `attempt ${attempt}`);
      if (delayMs > 0) await this.waits.pause(delayMs);
      if (this.isOver()) return;
      const failure = (await this.tryOnce()) ?? this.failureOfBrokenLink();
      if (this.isOver()) return;
      if (!failure) {
        this.machine.enter({ name: 'inside' }, 'entered');
        this.attempts.accepted();
        this.events.release();
        this.skipsPause = false;
        return;
      }
      if (this.attempts.renewAfter(failure.code)) {
        this.skipsPause = true;
        continue;
      }
      if (isFinal(failure, isFirst)) {
        void this.end(causeOfError(failure));
        return;
      }
      if (failure.code === GO_ELSEWHERE) this.deps.addresses.dropAddresses();
      reason = failure.code;
    }
  }

  /** Resolves with undefined when inside, else with the error. Never hangs, never rejects. */
  private async tryOnce(): Promise<ConnectionError | undefined> {
    const owner = this.lease?.owner;
    const isFirst = this.state.name === 'entering';
    if (!owner) return ConnectionError.cancelled('the visit is over');
    const result = await this.attempts.enterOnce(owner, this.params.now, !isFirst);
    if (result instanceof ConnectionError) return result;
    this.latest = result;
    if (isFirst) this.messages.begin(result.selfMember.enterTime ?? 0);
    return undefined;
  }

  /**
   * The link may break after the server's answer and before `enter` of the SDK resolves. The SDK then reconnects
   * by itself, with a socket that the gate cannot count for the room: the instance is dropped instead.
   */
  private failureOfBrokenLink(): ConnectionError | undefined {
    if (this.brokenBy === undefined) return undefined;
    void this.dropInstance();
    return new ConnectionError(this.brokenBy, 'the link broke while the room was entered');
  }

  /** Listens to an instance until `dropInstance` ends it. */
  private attach(port: RoomPort): void {
    const { clock, journal } = this.deps;
    this.brokenBy = undefined;
    const instance: RoomInstance = new RoomInstance({
      port,
      clock,
      journal,
      accountId: this.accountId,
      isUp: () => this.instance === instance && this.state.name === 'inside',
      onDead: () => {
        this.linkLost(Code.disconnect);
        this.retryNow();
      },
    });
    this.instance = instance;
    instance.listen(
      port.on('status', (status, error) => this.onStatus(status, error)),
      port.on('kicked', (reason, extension) => this.onKicked(reason, extension)),
      port.on('exited', (error) => this.onExited(error)),
      port.on('message', (message) => this.messages.push(message)),
      port.on('unreadable', (error) => {
        if (this.lease) this.deps.gate.unreadable(this.lease.owner, error);
      }),
      this.events.follow(port),
    );
  }

  private async dropInstance(): Promise<void> {
    const { instance } = this;
    this.instance = undefined;
    await instance?.drop();
  }

  // --- events of the SDK ---------------------------------------------------------------------------

  private onStatus(status: number, error: SdkError | undefined): void {
    const isBroken = status === RoomStatus.DISCONNECTED || status === RoomStatus.WAITING;
    this.brokenBy = isBroken ? (error?.code ?? this.brokenBy ?? Code.disconnect) : undefined;
    if (this.attempts.handleStatus(status, error)) return;
    if (isBroken) this.linkLost(error?.code ?? Code.disconnect);
  }

  /** Ends the visit one turn later: the event of a kick follows in the same turn and has the reason. */
  private onExited(error: SdkError | undefined): void {
    void Promise.resolve().then(() => this.end(causeOfCode(error?.code ?? Code.disconnect)));
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
      // The SDK does not watch the network for us: it keeps one listener for all its rooms, and loses that listener
      // with the first room that ends.
      network.onChange(({ isConnected }) => {
        if (!isConnected) this.linkLost(Code.offline);
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
    return this.visitAbort.aborted;
  }

  /** Ends the visit; every end passes here. Resolves when the visit's sockets fired `onClose`. */
  private end(cause: ExitCause): Promise<void> {
    this.ending ??= this.shutDown(cause);
    return this.ending;
  }

  private async shutDown(cause: ExitCause): Promise<void> {
    const { clock } = this.deps;
    clock.clearTimeout(this.deadline);
    this.machine.enter({ name: 'exited', cause, at: clock.now() }, cause.kind);
    this.messages.hold();
    this.visitAbort.abort();
    for (const stop of this.unsubscribe.splice(0)) stop();
    this.attempts.giveUp();
    await this.dropInstance();
    await this.lease?.release();
  }

  private whyEnded(): ConnectionError {
    const { state } = this;
    return errorOfExit(state.name === 'exited' ? state.cause : { kind: 'left' });
  }
}

/** Whether no further attempt follows. `isEntering`: the room was not entered yet. */
function isFinal(failure: ConnectionError, isEntering: boolean): boolean {
  // Code 114303 is retryable for an operation (sign in first), but final for an entry.
  const isLastWord =
    !reasonOf(failure.code).retry || failure.code === Code.anonymousMemberForbidden;
  return isLastWord || (isEntering && failure instanceof ProviderThrew);
}
