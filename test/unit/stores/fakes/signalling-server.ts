import type { ConnectionState, ImConnection, StateChange } from '@/connection';
import { Listeners } from '@/platform';
import type { V2NIMSignallingEvent } from '@/sdk/types';
import { Refusal } from '../../../../emulator/protocol/reasons';
import {
  type ChannelMember,
  type SignalEvent,
  Signalling,
  type SignallingChannel,
  SignalType,
} from '../../../../emulator/world/signalling';
import type { World } from '../../../../emulator/world/world';
import type { FakeClock } from '../../fakes/fake-clock';

type Handler = (...args: never[]) => void;
type Request = Record<string, never> & {
  channelId?: string;
  channelName?: string;
  requestId?: string;
  serverExtension?: string;
};

const DISCONNECTED = { code: 192003 };
const NOT_LOGGED_IN = { code: 190002 };

/**
 * The signalling server on a fake clock: the emulator's rules without sockets. Every packet takes `latency()`
 * ms, in order on its link. A packet on a link that is cut may be lost before or behind the server, as on a
 * real link.
 */
export class SignallingServer {
  readonly signalling: Signalling;
  readonly clients = new Set<ServerClient>();

  constructor(
    readonly clock: FakeClock,
    public latency: () => number = () => 1,
  ) {
    this.signalling = new Signalling({
      now: () => clock.now(),
      requireAccount: () => undefined,
    } as unknown as World);
  }

  client(accountId: string, deviceId = accountId): ServerClient {
    return new ServerClient(this, accountId, deviceId);
  }

  /** Carries out a request of a client. @throws Refusal */
  perform(client: ServerClient, name: string, args: readonly unknown[]): unknown {
    const { signalling } = this;
    const { accountId, deviceId } = client;
    if (name === 'getRoomInfoByChannelName')
      return roomOf(signalling.requireChannelNamed(args[0] as string));
    const isById = typeof args[0] === 'string';
    const request = (isById ? { channelId: args[0] } : args[0]) as Request;
    const { requestId = '', serverExtension = '' } = request;
    if (name === 'call') {
      const channel = signalling.createChannel({
        creatorId: accountId,
        channelType: request.channelType ?? 0,
        channelName: request.channelName ?? '',
        channelExtension: '',
      });
      signalling.joinChannel(channel, { accountId, deviceId, uid: 0 });
      const inviteeId: string = request.calleeAccountId ?? '';
      signalling.addInvitation(channel, { inviterId: accountId, inviteeId, requestId });
      this.tell(client, channel, SignalType.invite, [inviteeId], { requestId, serverExtension });
      return joinedOf(channel);
    }
    const channel = signalling.requireChannel(request.channelId ?? '');
    const others = () =>
      channel.members.map((one) => one.accountId).filter((one) => one !== accountId);
    const answer = (inviterId: string, state: 'accepted' | 'rejected') => {
      signalling.answerInvitation(channel, { inviterId, inviteeId: accountId, requestId }, state);
      const type = state === 'accepted' ? SignalType.accept : SignalType.reject;
      this.tell(client, channel, type, [inviterId], { requestId, serverExtension });
      const event = this.event(client, channel, type, inviterId, { requestId });
      for (const other of this.clients)
        if (other.accountId === accountId && other !== client) other.push('multi', event);
    };
    switch (name) {
      case 'callSetup': {
        answer(request.callerAccountId ?? '', 'accepted');
        const member = signalling.joinChannel(channel, { accountId, deviceId, uid: 0 });
        this.tell(client, channel, SignalType.join, others(), { member });
        return joinedOf(channel);
      }
      case 'rejectInvite':
        return answer(request.inviterAccountId ?? '', 'rejected');
      case 'cancelInvite': {
        const inviteeId: string = request.inviteeAccountId ?? '';
        signalling.answerInvitation(
          channel,
          { inviterId: accountId, inviteeId, requestId },
          'cancelled',
        );
        return this.tell(client, channel, SignalType.cancel, [inviteeId], { requestId });
      }
      case 'closeRoom': {
        const told = others();
        signalling.closeChannel(channel, accountId);
        return this.tell(client, channel, SignalType.close, told, {});
      }
      case 'leaveRoom':
        signalling.leaveChannel(channel, accountId);
        return this.tell(client, channel, SignalType.leave, others(), {});
      case 'sendControl':
        return this.tell(client, channel, SignalType.control, [args[1] as string], {
          serverExtension: args[2] as string,
        });
      default:
        throw new Error(`the model does not know ${name}`);
    }
  }

  /** An event such as a rejection by an account that is not a client of the test. */
  tell(
    from: { accountId: string },
    channel: SignallingChannel,
    type: number,
    receivers: readonly string[],
    details: { requestId?: string; serverExtension?: string; member?: ChannelMember },
  ): void {
    for (const receiver of receivers) {
      const event = this.event(from, channel, type, receiver, details);
      this.signalling.keepEvent(receiver, event);
      for (const client of this.clients)
        if (client.accountId === receiver) client.push('online', event);
    }
  }

  private event(
    { accountId }: { accountId: string },
    channel: SignallingChannel,
    type: number,
    toId: string,
    details: { requestId?: string; serverExtension?: string; member?: ChannelMember },
  ): SignalEvent {
    return this.signalling.createEvent({
      type,
      channel,
      fromId: accountId,
      toId,
      requestId: '',
      serverExtension: '',
      ...details,
    });
  }

  isOpen(channel: SignallingChannel): boolean {
    return this.signalling.isOpen(channel);
  }
}

/** The connection of a client: the part of the SDK and its link that the call store uses. */
export class ServerClient {
  state: ConnectionState = { name: 'idle' };
  /** Requests to the server, by method. */
  readonly asked: string[] = [];
  private link = 0;
  private freeAt = { up: 0, down: 0 };
  private readonly changes = new Listeners<[StateChange]>();
  private handlers = new Map<string, Set<Handler>>();
  private readonly pending = new Set<(error: { code: number }) => void>();

  readonly services = {
    signalling: Object.fromEntries(
      [
        'call',
        'callSetup',
        'rejectInvite',
        'cancelInvite',
        'closeRoom',
        'leaveRoom',
        'sendControl',
        'getRoomInfoByChannelName',
      ].map((name) => [name, (...args: unknown[]) => this.request(name, args)]),
    ),
  };

  constructor(
    private readonly server: SignallingServer,
    readonly accountId: string,
    readonly deviceId: string,
  ) {}

  on(_event: 'state', handler: (change: StateChange) => void): () => void {
    return this.changes.add(handler);
  }

  listen(service: string, event: string, handler: Handler): () => void {
    const key = `${service}.${event}`;
    const set = this.handlers.get(key) ?? new Set();
    this.handlers.set(key, set.add(handler));
    return () => set.delete(handler);
  }

  asConnection(): ImConnection {
    return this as unknown as ImConnection;
  }

  /** Signed in and synchronised: missed events arrive first. */
  connect(): void {
    if (this.state.name === 'online') return;
    this.link++;
    this.server.clients.add(this);
    this.enter({ name: 'syncing' });
    const { signalling } = this.server;
    const missed = signalling.keptEvents(this.accountId);
    if (missed.length > 0)
      this.emit(
        'onOfflineEvent',
        missed.map((event) => this.toSdk(event)),
      );
    signalling.acknowledgeEvents(this.accountId, new Set(missed.map((one) => String(one.eventId))));
    this.enter({ name: 'online' });
  }

  /** The link is lost, with all packets in flight. */
  cut(): void {
    if (this.state.name !== 'online') return;
    this.drop();
    this.enter({ name: 'waiting', attempt: 1, delayMs: 1000, until: 0, reason: 192003 });
  }

  /** Signed out, or kicked: reports the state first, as the connection does, then drops the link. */
  end(state: ConnectionState): void {
    this.enter(state);
    // Requests of the same turn are still sent.
    const { link, server } = this;
    const rest = Math.max(0, this.freeAt.up - server.clock.now());
    server.clock.setTimeout(() => link === this.link && this.drop(), rest);
    server.clients.delete(this);
  }

  /** The app is killed without a message to the server. */
  vanish(): void {
    this.handlers = new Map();
    this.changes.clear();
    this.drop();
    this.state = { name: 'lost', code: 0 };
  }

  push(kind: 'online' | 'multi', event: SignalEvent): void {
    const { link } = this;
    this.later('down', () => {
      if (link !== this.link) return;
      this.server.signalling.acknowledgeEvents(this.accountId, new Set([String(event.eventId)]));
      this.emit(kind === 'online' ? 'onOnlineEvent' : 'onMultiClientEvent', this.toSdk(event));
    });
  }

  private request(name: string, args: unknown[]): Promise<unknown> {
    this.asked.push(name);
    if (!this.server.clients.has(this) || this.state.name === 'waiting')
      return Promise.reject(NOT_LOGGED_IN);
    return new Promise((resolve, reject) => {
      this.pending.add(reject);
      const { link } = this;
      this.later('up', () => {
        if (link !== this.link) return;
        let settle: () => void;
        try {
          const result = this.server.perform(this, name, args);
          settle = () => resolve(result);
        } catch (error) {
          const code = error instanceof Refusal ? error.code : 500;
          settle = () => reject({ code });
        }
        this.later('down', () => {
          if (link !== this.link || !this.pending.delete(reject)) return;
          settle();
        });
      });
    });
  }

  /** A direction of a link keeps its order. */
  private later(direction: 'up' | 'down', action: () => void): void {
    const { clock } = this.server;
    const at = Math.max(this.freeAt[direction], clock.now() + this.server.latency());
    this.freeAt[direction] = at;
    clock.setTimeout(action, at - clock.now());
  }

  private drop(): void {
    this.link++;
    this.server.clients.delete(this);
    for (const reject of [...this.pending]) reject(DISCONNECTED);
    this.pending.clear();
  }

  private enter(to: ConnectionState): void {
    const from = this.state;
    this.state = to;
    this.changes.emit({ from, to, reason: 'test' });
  }

  private emit(event: string, payload: unknown): void {
    for (const handler of this.handlers.get(`signalling.${event}`) ?? []) handler(payload as never);
  }

  private toSdk(event: SignalEvent): V2NIMSignallingEvent {
    const { type, channel, fromId, toId, member, requestId, serverExtension, time } = event;
    const isAnswer = type === SignalType.accept || type === SignalType.reject;
    return {
      eventType: type,
      channelInfo: channelOf(channel, this.server.isOpen(channel)),
      operatorAccountId: fromId,
      inviterAccountId: isAnswer ? toId : fromId,
      inviteeAccountId: isAnswer ? fromId : toId,
      requestId,
      serverExtension,
      time,
      ...(member ? { member } : {}),
    } as unknown as V2NIMSignallingEvent;
  }
}

function channelOf(channel: SignallingChannel, channelValid: boolean) {
  const { channelId, channelName, channelType, createTime, expireTime, creatorId } = channel;
  return {
    channelId,
    channelName,
    channelType,
    createTime,
    expireTime,
    channelValid,
    creatorAccountId: creatorId,
  };
}

function roomOf(channel: SignallingChannel) {
  return {
    channelInfo: channelOf(channel, true),
    members: channel.members.map((one) => ({ ...one })),
  };
}

function joinedOf(channel: SignallingChannel) {
  return {
    roomInfo: roomOf(channel),
    rtcInfo: { rtcToken: `rtc-${channel.channelId}`, rtcTokenTtl: 600 },
    callStatus: 200,
  };
}
