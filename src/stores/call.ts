import { action, computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection, isFinal, type StateChange } from '@/connection';
import type { Platform, TimerHandle } from '@/platform';
import type { V2NIMSignallingEvent } from '@/sdk/types';
import { CallDevices } from './call/call-devices';
import type { CallMediaPlug } from './call/call-media';
import { type CallRecord, recordOf } from './call/call-record';
import { CallRooms, type Joined, SignallingCode } from './call/call-rooms';
import { type CallSignal, readSignal } from './call/call-signal';
import {
  activeCall,
  type Call,
  type CallState,
  type CallType,
  type EndCause,
  mayEnter,
} from './call/call-state';

export interface CallDependencies {
  connection: ImConnection;
  platform: Pick<Platform, 'clock' | 'storage' | 'random'>;
  media: CallMediaPlug;
  /** Writes the message that stands in the chat; called once for each call of mine. */
  record: (call: Call, record: CallRecord) => void;
  /** How long it rings. */
  timeoutMs?: number;
}

const RING_MS = 30_000;
/** From the answer to the engine being in the room. */
const CONNECT_MS = 20_000;
/** Invitations of so many calls are remembered: one that is delivered again does not ring again. */
const SEEN = 50;
const NO_LINK = 190002;
const TIMEOUT = 191005;
/** My answer came too late: what had happened, by the server's code. */
const ANSWERED: Readonly<Record<number, EndCause>> = {
  [SignallingCode.inviteAccepted]: 'answeredElsewhere',
  [SignallingCode.inviteRejected]: 'rejectedElsewhere',
  [SignallingCode.inviteNotExist]: 'cancelled',
  [SignallingCode.roomNotExist]: 'cancelled',
};
/** Another client of mine has the channel, or nobody: it is not for this one to close. */
const NOT_MINE: readonly EndCause[] = ['answeredElsewhere', 'rejectedElsewhere'];

/**
 * The one call this client can be in. Every change of state goes through `enter`, every end through
 * `finish`; whatever comes back from server or engine asks first whether its call is still the one.
 * Which of two racing wishes won (accept and cancel, accept on two clients) the server says.
 */
export class CallStore {
  state: CallState = { name: 'idle' };
  readonly devices: CallDevices;
  private readonly rooms: CallRooms;
  private readonly timeoutMs: number;
  private readonly seen: string[] = [];
  private readonly stops: (() => void)[];
  /** The server's answer for the call in force. */
  private joined: Joined | null = null;
  private timer: TimerHandle | null = null;
  private generation = 0;

  constructor(private readonly deps: CallDependencies) {
    makeObservable<this, 'enter'>(this, {
      state: observableRef,
      active: computed,
      incoming: computed,
      enter: action,
    });
    const { connection, platform, media, timeoutMs = RING_MS } = deps;
    this.timeoutMs = timeoutMs;
    this.rooms = new CallRooms(connection, platform.storage, platform.clock);
    this.devices = new CallDevices(media, (control) => {
      if (this.state.name === 'inCall') this.rooms.control(this.state.call, control);
    });
    this.stops = [
      connection.listen('signalling', 'onOnlineEvent', (event) => this.onEvent(event)),
      connection.listen('signalling', 'onOfflineEvent', (events) => this.onMissed(events)),
      connection.listen('signalling', 'onMultiClientEvent', (event) => this.onMyOther(event)),
      connection.on('state', (change) => this.onConnection(change)),
    ];
  }

  /** The call under way, ringing included; null when there is none. */
  get active(): Call | null {
    return activeCall(this.state);
  }

  /** The call I am being asked to take. */
  get incoming(): Call | null {
    return this.state.name === 'ringing' ? this.state.call : null;
  }

  /** Calls somebody. False when a call is under way. The outcome is in `state`. */
  start(peerId: string, type: CallType): boolean {
    if (this.active) return false;
    const id = this.newId();
    const call = this.begin(
      { peerId, direction: 'outgoing', requestId: id, channelName: id },
      type,
    );
    this.enter({ name: 'calling', call });
    if (this.deps.connection.state.name !== 'online') this.finish(call, 'failed', NO_LINK);
    else {
      this.arm(this.timeoutMs, () => this.finish(call, 'timeout'));
      void this.open(call);
    }
    return true;
  }

  accept(): void {
    const { state } = this;
    if (state.name !== 'ringing') return;
    const { call } = state;
    this.enter({ name: 'connecting', call });
    this.arm(CONNECT_MS, () => this.finish(call, 'failed', TIMEOUT));
    void this.join(call);
  }

  /** Says no to the call that rings. */
  reject(): void {
    if (this.state.name !== 'ringing') return;
    const { call } = this.state;
    void this.rooms.reject(call);
    this.finish(call, 'rejected');
  }

  /** Ends the call, whatever it is doing: gives up, says no, or hangs up. */
  hangUp(): void {
    const { state } = this;
    if (state.name === 'ringing') this.reject();
    else if (state.name === 'calling') this.finish(state.call, 'cancelled');
    else if (state.name === 'connecting' || state.name === 'inCall')
      this.finish(state.call, 'hungUp');
  }

  /** The user has seen how it ended. */
  dismiss(): void {
    if (this.state.name === 'ended') this.enter({ name: 'idle' });
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.disarm();
    this.devices.leave();
    this.rooms.dispose();
    runInAction(() => (this.state = { name: 'idle' }));
  }

  // --- one setter, one end --------------------------------------------------------------------------

  /** The only place that changes the state. A change the table does not have changes nothing. */
  private enter(next: CallState): boolean {
    if (!mayEnter(this.state, next)) return false;
    this.disarm();
    this.state = next;
    return true;
  }

  /** The only way a call ends. */
  private finish(call: Call, cause: EndCause, code = 0): void {
    const { state } = this;
    if (!this.isInForce(call)) return;
    const durationMs = state.name === 'inCall' ? Math.max(1, this.now() - state.since) : 0;
    const ended = { name: 'ended', call, cause, code, durationMs } as const;
    if (!this.enter(ended)) return;
    this.devices.leave();
    if (NOT_MINE.includes(cause)) this.rooms.forget(call);
    else this.rooms.shut(call);
    const record = call.direction === 'outgoing' ? recordOf(ended, this.devices.type) : null;
    if (record) this.deps.record(call, record);
  }

  private begin(
    parts: Omit<Call, 'generation' | 'channelId'> & { channelId?: string },
    type: CallType,
  ): Call {
    const call: Call = { channelId: '', ...parts, generation: ++this.generation };
    this.note(call.requestId);
    this.joined = null;
    this.devices.reset(type);
    return call;
  }

  /** Whether this call still has a say. */
  private isInForce(call: Call): boolean {
    return this.active?.generation === call.generation;
  }

  // --- my own calls ---------------------------------------------------------------------------------

  private async open(call: Call): Promise<void> {
    try {
      const joined = await this.rooms.open(call, this.devices.type);
      if (!this.isInForce(call)) return;
      this.joined = joined;
      // The answer may have overtaken this one.
      if (this.state.name === 'connecting') void this.connect(call, joined);
    } catch (cause) {
      this.finish(call, 'failed', ConnectionError.from(cause).code);
    }
  }

  /** The other side has accepted. */
  private answered(call: Call): void {
    if (!this.enter({ name: 'connecting', call })) return;
    this.arm(CONNECT_MS, () => this.finish(call, 'failed', TIMEOUT));
    if (this.joined) void this.connect(call, this.joined);
  }

  // --- calls of others ------------------------------------------------------------------------------

  private invited(signal: Extract<CallSignal, { kind: 'invited' }>, ageMs: number): void {
    const { requestId, channelId, from, type } = signal;
    if (this.seen.includes(requestId) || !signal.valid) return;
    if (this.active) {
      this.note(requestId);
      void this.rooms.reject({ channelId, requestId, peerId: from }, 'busy');
      return;
    }
    // Without a name of the caller's the id has to do; looking it up will then find nothing to say.
    const channelName = signal.channelName || channelId;
    const call = this.begin(
      { peerId: from, direction: 'incoming', requestId, channelName, channelId },
      type,
    );
    this.enter({ name: 'ringing', call });
    this.arm(this.timeoutMs - ageMs, () => this.finish(call, 'timeout'));
  }

  private async join(call: Call): Promise<void> {
    try {
      const joined = await this.rooms.accept(call);
      if (!this.isInForce(call)) return;
      this.joined = joined;
      await this.connect(call, joined);
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      const elsewhere = ANSWERED[code];
      if (elsewhere) this.finish(call, elsewhere);
      else this.finish(call, 'failed', code);
    }
  }

  // --- sound and picture ----------------------------------------------------------------------------

  private async connect(call: Call, joined: Joined): Promise<void> {
    try {
      const isIn = await this.devices.join(
        { ...joined, peerId: call.peerId },
        {
          onPeerLeft: () => this.finish(call, 'hungUp'),
          onLost: () => this.finish(call, 'lost'),
        },
      );
      if (isIn && this.isInForce(call)) this.enter({ name: 'inCall', call, since: this.now() });
    } catch (cause) {
      this.finish(call, 'failed', ConnectionError.from(cause).code);
    }
  }

  // --- what the server says -------------------------------------------------------------------------

  private onEvent(event: V2NIMSignallingEvent): void {
    const signal = readSignal(event);
    if (!signal) return;
    if (signal.kind === 'invited') this.invited(signal, 0);
    else this.onSignal(signal);
  }

  /** What happened while this client was away, in its order: an invitation may be over by its end. */
  private onMissed(events: readonly V2NIMSignallingEvent[]): void {
    const signals = events
      .map(readSignal)
      .filter((signal): signal is CallSignal => signal !== null)
      .sort((a, b) => a.at - b.at);
    for (const signal of signals) {
      if (signal.kind !== 'invited') {
        this.onSignal(signal);
        continue;
      }
      const ageMs = Math.max(0, this.now() - signal.at);
      const isOver = signals.some(
        ({ kind, requestId }) => kind === 'cancelled' && requestId === signal.requestId,
      );
      if (!isOver && ageMs < this.timeoutMs) this.invited(signal, ageMs);
    }
  }

  /** Another client of mine has answered. */
  private onMyOther(event: V2NIMSignallingEvent): void {
    const signal = readSignal(event);
    const call = this.active;
    if (!signal || !call || call.direction !== 'incoming') return;
    if (signal.requestId !== call.requestId || this.state.name === 'inCall') return;
    if (signal.kind === 'accepted') this.finish(call, 'answeredElsewhere');
    if (signal.kind === 'rejected') this.finish(call, 'rejectedElsewhere');
  }

  private onSignal(signal: Exclude<CallSignal, { kind: 'invited' }>): void {
    const call = this.active;
    if (!call) return;
    const isMine = call.direction === 'outgoing';
    const isRequest = signal.requestId === call.requestId;
    const isRoom = signal.channelId === call.channelId || signal.channelName === call.channelName;
    const isPeer = signal.from === call.peerId;
    switch (signal.kind) {
      case 'cancelled':
        if (isRequest && !isMine) this.finish(call, 'cancelled');
        break;
      case 'rejected':
        if (isRequest && isMine) this.finish(call, signal.busy ? 'busy' : 'rejected');
        break;
      case 'accepted':
        if (isRequest && isMine) this.answered(call);
        break;
      case 'joined':
        // Says the same as the acceptance, should that have been lost.
        if (isRoom && isMine && signal.member === call.peerId) this.answered(call);
        break;
      case 'left':
        if (isRoom && isPeer) this.finish(call, 'hungUp');
        break;
      case 'closed':
        if (isRoom) this.roomClosed(call);
        break;
      case 'control':
        if (isRoom && isPeer) this.devices.receive(signal.control);
        break;
    }
  }

  private roomClosed(call: Call): void {
    this.rooms.forget(call);
    const asked: Partial<Record<CallState['name'], EndCause>> = {
      calling: 'lost',
      ringing: 'cancelled',
    };
    this.finish(call, asked[this.state.name] ?? 'hungUp');
  }

  // --- the link -------------------------------------------------------------------------------------

  private onConnection({ from, to: state }: StateChange): void {
    const call = this.active;
    if (state.name === 'online' && call) void this.checkRoom(call);
    if (!isFinal(state)) return;
    if (state.name === 'loggedOut' && from.name === 'online') this.rooms.shutAtOnce();
    if (!call) return;
    if (state.name === 'loggedOut') this.finish(call, 'hungUp');
    else this.finish(call, 'lost', 'code' in state ? state.code : 0);
  }

  /** The link is back: is the channel still there, and who is in it? */
  private async checkRoom(call: Call): Promise<void> {
    let members: readonly string[];
    try {
      const room = await this.rooms.look(call);
      members = room.members.map(({ accountId }) => accountId);
    } catch (cause) {
      if (ConnectionError.from(cause).code !== SignallingCode.roomNotExist) return;
      if (!this.isInForce(call) || call.channelName === call.channelId) return;
      this.rooms.forget(call);
      this.finish(call, this.state.name === 'ringing' ? 'cancelled' : 'lost');
      return;
    }
    if (!this.isInForce(call)) return;
    const isPeerIn = members.includes(call.peerId);
    const amIIn = members.includes(this.deps.connection.accountId);
    if (this.state.name === 'ringing') {
      // Another client of mine has answered while this one had no link; the channel is that client's.
      if (amIIn) this.finish(call, 'answeredElsewhere');
    } else if (!amIIn) {
      // A callee whose acceptance is on its way is not in yet.
      if (this.joined) this.finish(call, 'lost');
    } else if (this.state.name === 'calling') {
      if (isPeerIn) this.answered(call);
    } else if (this.joined && !isPeerIn) {
      this.finish(call, 'hungUp');
    } else {
      this.devices.tellAll();
    }
  }

  // --- mechanics ------------------------------------------------------------------------------------

  private arm(delayMs: number, handler: () => void): void {
    this.disarm();
    this.timer = this.deps.platform.clock.setTimeout(handler, delayMs);
  }

  private disarm(): void {
    this.deps.platform.clock.clearTimeout(this.timer);
    this.timer = null;
  }

  private note(requestId: string): void {
    this.seen.push(requestId);
    if (this.seen.length > SEEN) this.seen.shift();
  }

  private now(): number {
    return this.deps.platform.clock.now();
  }

  /** Unique among all calls of all clients. */
  private newId(): string {
    const random = () => Math.floor(this.deps.platform.random() * 36 ** 8).toString(36);
    return `${this.now().toString(36)}-${random()}${random()}`;
  }
}
