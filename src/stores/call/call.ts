import { action, computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError, type ImConnection, isFinal, type StateChange } from '@/connection';
import type { Platform, TimerHandle } from '@/platform';
import type { V2NIMSignallingEvent } from '@/sdk/types';
import { Code } from '@/sdk/codes';
import { CallDevices } from './call-devices';
import type { CallMediaPlug } from './call-media';
import type { CallRecord } from '../messages/kinds/call';
import { recordOf } from './call-record';
import { CallChannels, type Joined } from './call-channels';
import { CallRequests } from './call-requests';
import { type CallSignal, readSignal, readSignals } from './call-signal';
import {
  activeCall,
  type Call,
  type CallState,
  type CallType,
  type EndCause,
  isOtherClients,
  mayEnter,
} from './call-state';

export interface CallDependencies {
  connection: ImConnection;
  platform: Pick<Platform, 'clock' | 'storage' | 'random'>;
  media: CallMediaPlug;
  /** Writes the call's message to the chat; called once for each outgoing call. */
  record: (call: Call, record: CallRecord) => void;
  /** How long a call rings. */
  timeoutMs?: number;
}

const RING_MS = 30_000;
/** Time limit from the answer until the engine has joined. */
const CONNECT_MS = 20_000;
/** The end of a call that was answered too late, by the server's code. */
const ANSWERED: Readonly<Record<number, EndCause>> = {
  [Code.inviteAccepted]: 'answeredElsewhere',
  [Code.inviteRejected]: 'rejectedElsewhere',
  [Code.inviteNotExist]: 'cancelled',
  [Code.channelNotExist]: 'cancelled',
};

/**
 * The single call that this client can have. Every change of state goes through `enterState`, every end
 * through `endCall`; each answer of the server or the engine is dropped unless its call is still
 * current. The server decides races (accept and cancel, accept on two clients).
 */
export class CallStore {
  state: CallState = { name: 'idle' };
  readonly devices: CallDevices;
  private readonly channels: CallChannels;
  private readonly timeoutMs: number;
  private readonly requests: CallRequests;
  private readonly stops: (() => void)[];
  /** The server's answer for the current call. */
  private joined: Joined | null = null;
  private timer: TimerHandle | null = null;
  private generation = 0;

  constructor(private readonly deps: CallDependencies) {
    makeObservable<this, 'enterState'>(this, {
      state: observableRef,
      active: computed,
      incoming: computed,
      enterState: action,
    });
    const { connection, platform, media, timeoutMs = RING_MS } = deps;
    this.timeoutMs = timeoutMs;
    this.requests = new CallRequests(
      () => this.now(),
      () => platform.random(),
    );
    this.channels = new CallChannels(connection, platform.storage, platform.clock);
    this.devices = new CallDevices(media, (control) => {
      if (this.state.name === 'inCall') this.channels.sendControl(this.state.call, control);
    });
    this.stops = [
      connection.listen('signalling', 'onOnlineEvent', (event) => this.onEvent(event)),
      connection.listen('signalling', 'onOfflineEvent', (events) => this.onMissed(events)),
      connection.listen('signalling', 'onMultiClientEvent', (event) => this.onOtherClient(event)),
      connection.on('state', (change) => this.onConnection(change)),
    ];
  }

  /** The current call, also while it rings; null when there is none. */
  get active(): Call | null {
    return activeCall(this.state);
  }

  /** The incoming call that rings. */
  get incoming(): Call | null {
    return this.state.name === 'ringing' ? this.state.call : null;
  }

  /** Calls an account. Returns false when there is a call already. The outcome is in `state`. */
  start(peerId: string, type: CallType): boolean {
    if (this.active) return false;
    const id = this.requests.newId();
    const call = this.newCall(
      { peerId, direction: 'outgoing', requestId: id, channelName: id },
      type,
    );
    this.enterState({ name: 'calling', call });
    if (this.deps.connection.state.name !== 'online')
      this.endCall(call, 'failed', Code.illegalState);
    else {
      this.startTimer(this.timeoutMs, () => this.endCall(call, 'timeout'));
      void this.open(call);
    }
    return true;
  }

  accept(): void {
    const { state } = this;
    if (state.name !== 'ringing') return;
    const { call } = state;
    this.enterState({ name: 'connecting', call });
    this.startTimer(CONNECT_MS, () => this.endCall(call, 'failed', Code.timeout));
    void this.join(call);
  }

  /** Rejects the ringing call. */
  reject(): void {
    if (this.state.name !== 'ringing') return;
    const { call } = this.state;
    void this.channels.rejectInvitation(call);
    this.endCall(call, 'rejected');
  }

  /** Ends the call in whatever state it is: cancels, rejects or hangs up. */
  hangUp(): void {
    const { state } = this;
    if (state.name === 'ringing') this.reject();
    else if (state.name === 'calling') this.endCall(state.call, 'cancelled');
    else if (state.name === 'connecting' || state.name === 'inCall')
      this.endCall(state.call, 'hungUp');
  }

  /** Ends the call with the login, which ends after this turn of the event loop; no request goes out after it. */
  endNow(): void {
    if (this.deps.connection.state.name === 'online') this.channels.closeAllNow();
    if (this.active) this.endCall(this.active, 'hungUp');
  }

  /** Called when the user has seen how the call ended. */
  dismiss(): void {
    if (this.state.name === 'ended') this.enterState({ name: 'idle' });
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.stopTimer();
    this.devices.leaveMedia();
    this.channels.dispose();
    runInAction(() => (this.state = { name: 'idle' }));
  }

  // --- state transitions ----------------------------------------------------------------------------

  /** The only place that changes the state. A transition that the table does not allow has no effect. */
  private enterState(next: CallState): boolean {
    if (!mayEnter(this.state, next)) return false;
    this.stopTimer();
    this.state = next;
    return true;
  }

  /** The only place that ends a call. */
  private endCall(call: Call, cause: EndCause, code = 0): void {
    const { state } = this;
    if (!this.isInForce(call)) return;
    const durationMs = state.name === 'inCall' ? Math.max(1, this.now() - state.since) : 0;
    const ended = { name: 'ended', call, cause, code, durationMs } as const;
    if (!this.enterState(ended)) return;
    this.devices.leaveMedia();
    if (isOtherClients(cause)) this.channels.dropChannel(call);
    else this.channels.closeChannel(call);
    const record = call.direction === 'outgoing' ? recordOf(ended, this.devices.type) : null;
    if (record) this.deps.record(call, record);
  }

  private newCall(
    parts: Omit<Call, 'generation' | 'channelId'> & { channelId?: string },
    type: CallType,
  ): Call {
    const call: Call = { channelId: '', ...parts, generation: ++this.generation };
    this.requests.rememberRequest(call.requestId);
    this.joined = null;
    this.devices.reset(type);
    return call;
  }

  /** Whether this call is still the current call. */
  private isInForce(call: Call): boolean {
    return this.active?.generation === call.generation;
  }

  // --- outgoing calls -------------------------------------------------------------------------------

  private async open(call: Call): Promise<void> {
    try {
      const joined = await this.channels.openChannel(call, this.devices.type);
      if (!this.isInForce(call)) return;
      this.joined = joined;
      // The peer's acceptance may have arrived before this answer.
      if (this.state.name === 'connecting') void this.connect(call, joined);
    } catch (cause) {
      this.endCall(call, 'failed', ConnectionError.from(cause).code);
    }
  }

  /** Handles the peer's acceptance. */
  private onAccepted(call: Call): void {
    if (!this.enterState({ name: 'connecting', call })) return;
    this.startTimer(CONNECT_MS, () => this.endCall(call, 'failed', Code.timeout));
    if (this.joined) void this.connect(call, this.joined);
  }

  // --- incoming calls -------------------------------------------------------------------------------

  private onInvited(signal: Extract<CallSignal, { kind: 'invited' }>, ageMs: number): void {
    const { requestId, channelId, from, type } = signal;
    if (this.requests.isKnown(requestId) || !signal.valid) return;
    if (this.active) {
      this.requests.rememberRequest(requestId);
      void this.channels.rejectInvitation({ channelId, requestId, peerId: from }, 'busy');
      return;
    }
    // When the caller names no channel, its id takes the place; a lookup by that name then finds nothing and
    // is ignored.
    const channelName = signal.channelName || channelId;
    const call = this.newCall(
      { peerId: from, direction: 'incoming', requestId, channelName, channelId },
      type,
    );
    this.enterState({ name: 'ringing', call });
    this.startTimer(this.timeoutMs - ageMs, () => this.endCall(call, 'timeout'));
  }

  private async join(call: Call): Promise<void> {
    try {
      const joined = await this.channels.acceptInvitation(call);
      if (!this.isInForce(call)) return;
      this.joined = joined;
      await this.connect(call, joined);
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      const elsewhere = ANSWERED[code];
      if (elsewhere) this.endCall(call, elsewhere);
      else this.endCall(call, 'failed', code);
    }
  }

  // --- media ----------------------------------------------------------------------------------------

  private async connect(call: Call, joined: Joined): Promise<void> {
    try {
      const isIn = await this.devices.joinMedia(
        { ...joined, peerId: call.peerId },
        {
          onPeerLeft: () => this.endCall(call, 'hungUp'),
          onLost: () => this.endCall(call, 'lost'),
        },
      );
      if (isIn && this.isInForce(call))
        this.enterState({ name: 'inCall', call, since: this.now() });
    } catch (cause) {
      this.endCall(call, 'failed', ConnectionError.from(cause).code);
    }
  }

  // --- events of the server -------------------------------------------------------------------------

  private onEvent(event: V2NIMSignallingEvent): void {
    const signal = readSignal(event);
    if (!signal) return;
    if (signal.kind === 'invited') this.onInvited(signal, 0);
    else this.onSignal(signal);
  }

  /** Events of the time without a link, in order of time: a later event may have ended an invitation. */
  private onMissed(events: readonly V2NIMSignallingEvent[]): void {
    const signals = readSignals(events);
    for (const signal of signals) {
      if (signal.kind !== 'invited') {
        this.onSignal(signal);
        continue;
      }
      const ageMs = Math.max(0, this.now() - signal.at);
      const isOver = signals.some(
        ({ kind, requestId }) => kind === 'cancelled' && requestId === signal.requestId,
      );
      if (!isOver && ageMs < this.timeoutMs) this.onInvited(signal, ageMs);
    }
  }

  /** Another client of this account has answered. */
  private onOtherClient(event: V2NIMSignallingEvent): void {
    const signal = readSignal(event);
    const call = this.active;
    if (!signal || !call || call.direction !== 'incoming') return;
    if (signal.requestId !== call.requestId || this.state.name === 'inCall') return;
    if (signal.kind === 'accepted') this.endCall(call, 'answeredElsewhere');
    if (signal.kind === 'rejected') this.endCall(call, 'rejectedElsewhere');
  }

  private onSignal(signal: Exclude<CallSignal, { kind: 'invited' }>): void {
    const call = this.active;
    if (!call) return;
    const isMine = call.direction === 'outgoing';
    const isRequest = signal.requestId === call.requestId;
    const isChannel =
      signal.channelId === call.channelId || signal.channelName === call.channelName;
    const isPeer = signal.from === call.peerId;
    switch (signal.kind) {
      case 'cancelled':
        if (isRequest && !isMine) this.endCall(call, 'cancelled');
        break;
      case 'rejected':
        if (isRequest && isMine) this.endCall(call, signal.busy ? 'busy' : 'rejected');
        break;
      case 'accepted':
        if (isRequest && isMine) this.onAccepted(call);
        break;
      case 'joined':
        // Has the meaning of an acceptance that was lost.
        if (isChannel && isMine && signal.member === call.peerId) this.onAccepted(call);
        break;
      case 'left':
        if (isChannel && isPeer) this.endCall(call, 'hungUp');
        break;
      case 'closed':
        if (isChannel) this.onChannelClosed(call);
        break;
      case 'control':
        if (isChannel && isPeer) this.devices.applyControl(signal.control);
        break;
    }
  }

  private onChannelClosed(call: Call): void {
    this.channels.dropChannel(call);
    const { name } = this.state;
    this.endCall(call, name === 'calling' ? 'lost' : name === 'ringing' ? 'cancelled' : 'hungUp');
  }

  // --- the link -------------------------------------------------------------------------------------

  private onConnection({ from, to: state }: StateChange): void {
    const call = this.active;
    if (state.name === 'online' && call) void this.checkChannel(call);
    if (!isFinal(state)) return;
    if (state.name === 'loggedOut' && from.name === 'online') this.channels.closeAllNow();
    if (!call) return;
    if (state.name === 'loggedOut') this.endCall(call, 'hungUp');
    else this.endCall(call, 'lost', 'code' in state ? state.code : 0);
  }

  /** After a reconnect, asks whether the channel still exists and who is in it. */
  private async checkChannel(call: Call): Promise<void> {
    let members: readonly string[];
    try {
      const channel = await this.channels.fetchChannel(call);
      members = channel.members.map(({ accountId }) => accountId);
    } catch (cause) {
      if (ConnectionError.from(cause).code !== Code.channelNotExist) return;
      if (!this.isInForce(call) || call.channelName === call.channelId) return;
      this.channels.dropChannel(call);
      this.endCall(call, this.state.name === 'ringing' ? 'cancelled' : 'lost');
      return;
    }
    if (!this.isInForce(call)) return;
    const isPeerIn = members.includes(call.peerId);
    const amIIn = members.includes(this.deps.connection.accountId);
    if (this.state.name === 'ringing') {
      // Another client of this account answered while this client had no link; the channel is that client's.
      if (amIIn) this.endCall(call, 'answeredElsewhere');
    } else if (!amIIn) {
      // A callee whose acceptance is still on its way is not a member yet.
      if (this.joined) this.endCall(call, 'lost');
    } else if (this.state.name === 'calling') {
      if (isPeerIn) this.onAccepted(call);
    } else if (this.joined && !isPeerIn) {
      this.endCall(call, 'hungUp');
    } else {
      this.devices.sendAll();
    }
  }

  // --- helpers --------------------------------------------------------------------------------------

  private startTimer(delayMs: number, handler: () => void): void {
    this.stopTimer();
    this.timer = this.deps.platform.clock.setTimeout(handler, delayMs);
  }

  private stopTimer(): void {
    this.deps.platform.clock.clearTimeout(this.timer);
    this.timer = null;
  }

  private now(): number {
    return this.deps.platform.clock.now();
  }
}
