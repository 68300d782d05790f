import { fullJitter, Journal, RoomLeases, SocketGate } from '@/connection';
import { Listeners, type NetworkStatus } from '@/platform';
import type { SdkError } from '@/sdk';
import { ChatroomConnection } from '@/packages/chatroom/connection/chatroom-connection';
import type { EnterParams } from '@/packages/chatroom/connection/enter-params';
import { RoomAddresses } from '@/packages/chatroom/connection/room-addresses';
import type {
  EnterRequest,
  EnterResult,
  RoomPort,
  RoomPortEvents,
  RoomServices,
} from '@/packages/chatroom/connection/room-port';
import type { RoomSignIn } from '@/packages/chatroom/connection/room-sign-in';
import { Mutex } from '@/packages/chatroom/connection/mutex';
import type { RoomMessage } from '@/packages/chatroom/sdk-types';
import {
  acknowledgeRoomMessage,
  ArrivalOrder,
  type RoomEntry,
} from '@/packages/chatroom/stores/room-entry';
import { RoomSender } from '@/packages/chatroom/stores/room-sender';
import { Outbox } from '@/stores/messages/outbox';
import { FakeClock, settle } from '../../fakes/fake-clock';

export const ROOM = '9000';
export const ME = 'me';

let count = 0;

/** Creates a message as the SDK delivers it, from another account by default. */
export function said(text: string, fields: Partial<RoomMessage> = {}): RoomMessage {
  const number = ++count;
  const senderId = fields.senderId ?? 'anna';
  return {
    messageClientId: `c${number}`,
    createTime: 1_700_000_000_000 + number,
    senderId,
    roomId: ROOM,
    isSelf: senderId === ME,
    messageType: 0,
    sendingState: 0,
    senderClientType: 16,
    text,
    userInfoConfig: { senderNick: senderId.toUpperCase() },
    ...fields,
  } as RoomMessage;
}

/** Creates a notification of the SDK's type about these accounts. */
export function notice(type: number, attachment: object = {}, fields: Partial<RoomMessage> = {}) {
  const operatorId = fields.senderId ?? 'anna';
  return said('', {
    messageType: 5 as never,
    attachment: {
      type,
      operatorId,
      operatorNick: operatorId.toUpperCase(),
      ...attachment,
    } as never,
    ...fields,
  });
}

/** The fake server's reaction to an attempt to enter. */
export type Outcome = 'ok' | 'silent' | { code: number };

/** An SDK instance under a test's control. */
export class FakeRoomPort implements RoomPort {
  readonly services: RoomServices;
  readonly requests: EnterRequest[] = [];
  destroyed = false;
  private readonly events = new Map<string, Listeners<never[]>>();
  private reject: (error: SdkError) => void = () => undefined;
  private resolve: (result: EnterResult) => void = () => undefined;

  constructor(private readonly visit: Visit) {
    this.services = {
      room: this.service(),
      queue: this.service(),
      creator: { createTextMessage: (text: string) => said(text, { senderId: ME }) },
    } as unknown as RoomServices;
  }

  on<K extends keyof RoomPortEvents>(
    event: K,
    handler: (...args: RoomPortEvents[K]) => void,
  ): () => void {
    let listeners = this.events.get(event);
    if (!listeners) this.events.set(event, (listeners = new Listeners()));
    return listeners.add(handler as never);
  }

  emit<K extends keyof RoomPortEvents>(event: K, ...args: RoomPortEvents[K]): void {
    this.events.get(event)?.emit(...(args as never[]));
  }

  /** Number of handlers that are still attached. */
  get listening(): number {
    return [...this.events.values()].reduce((sum, { size }) => sum + size, 0);
  }

  enter(request: EnterRequest): Promise<EnterResult> {
    this.requests.push(request);
    const outcome = this.visit.script.shift() ?? 'ok';
    return new Promise((resolve, reject) => {
      this.reject = reject;
      this.resolve = resolve;
      if (outcome === 'ok') resolve(this.visit.result());
      else if (outcome !== 'silent') reject(outcome);
    });
  }

  /** The server admits an instance that waits because of `silent`. */
  answer(): void {
    this.resolve(this.visit.result());
  }

  destroy(): Promise<void> {
    this.destroyed = true;
    this.reject({ code: 191002 });
    return Promise.resolve();
  }

  private service(): object {
    return new Proxy(
      {},
      {
        get:
          (_, name: string) =>
          (...args: never[]) => {
            this.visit.calls.push([name, ...args]);
            const answer = this.visit.answers.get(name);
            return answer
              ? Promise.resolve().then(() => answer(...args))
              : Promise.resolve(undefined);
          },
      },
    );
  }
}

interface VisitOptions {
  signIn?: RoomSignIn;
  params?: EnterParams;
  leases?: RoomLeases;
  clock?: FakeClock;
  gate?: SocketGate;
  connectMutex?: Mutex;
  appServer?: (roomId: string) => Promise<readonly string[]>;
}

/** A ChatroomConnection on a fake clock with fake SDK instances. */
export class Visit {
  readonly clock: FakeClock;
  readonly gate: SocketGate;
  readonly leases: RoomLeases;
  readonly journal: Journal;
  readonly connection: ChatroomConnection;
  readonly ports: FakeRoomPort[] = [];
  /** Outcomes of the next attempts; `ok` when the list is empty. */
  script: Outcome[] = [];
  /** Calls of services, oldest first. */
  readonly calls: unknown[][] = [];
  readonly answers = new Map<string, (...args: never[]) => unknown>();
  /** The server's history, oldest first. */
  log: RoomMessage[] = [];
  readonly states: string[] = [];
  /** Time of the entry, by the server. */
  serverTime = 1_700_000_000_000;
  /** Times at which an address was requested. */
  addressesAsked = 0;
  /** Number of calls of a service. */
  callsOf(name: string): number {
    return this.calls.filter(([called]) => called === name).length;
  }

  private network: NetworkStatus = { isConnected: true, networkType: 'wifi' };
  private readonly networkChanges = new Listeners<[NetworkStatus]>();

  constructor(options: VisitOptions = {}) {
    this.clock = options.clock ?? new FakeClock();
    this.gate = options.gate ?? new SocketGate(this.clock);
    this.leases = options.leases ?? new RoomLeases(this.gate);
    this.journal = new Journal(this.clock);
    const appServer = options.appServer ?? (() => Promise.resolve(['link.example']));
    this.connection = new ChatroomConnection({
      roomId: ROOM,
      signIn: options.signIn ?? { way: 'static', accountId: ME, token: 'token' },
      params: options.params ?? {},
      addresses: new RoomAddresses(ROOM, {
        im: () => null,
        appServer: (roomId) => {
          this.addressesAsked++;
          return appServer(roomId);
        },
      }),
      leases: this.leases,
      gate: this.gate,
      createPort: () => {
        const port = new FakeRoomPort(this);
        this.ports.push(port);
        return port;
      },
      clock: this.clock,
      network: {
        current: () => this.network,
        onChange: (handler) => this.networkChanges.add(handler),
      },
      lifecycle: { onHide: () => () => undefined, onShow: () => () => undefined },
      connectMutex: options.connectMutex ?? new Mutex(),
      retry: fullJitter(() => 0.5),
      journal: this.journal,
    });
    this.connection.on('state', ({ to }) => this.states.push(to.name));
    this.answers.set('getMessageList', (option: HistoryOption) => this.history(option));
  }

  get port(): FakeRoomPort {
    const port = this.ports[this.ports.length - 1];
    if (!port) throw new Error('no SDK instance yet');
    return port;
  }

  async enter(): Promise<void> {
    const entering = this.connection.enter();
    await settle();
    await entering;
  }

  /** The server pushes messages, each as its own event. */
  push(...messages: RoomMessage[]): void {
    this.log.push(...messages);
    for (const message of messages) this.port.emit('message', message);
  }

  /** The link breaks; messages sent meanwhile exist only in the log. */
  async loseLink(): Promise<void> {
    this.port.emit('status', 0, { code: 192003 });
    await settle();
  }

  setNetwork(isConnected: boolean): void {
    this.network = { isConnected, networkType: isConnected ? 'wifi' : 'none' };
    this.networkChanges.emit(this.network);
  }

  result(): EnterResult {
    return {
      chatroom: { roomId: ROOM, roomName: 'Room', onlineUserCount: 1, chatBanned: false },
      selfMember: {
        accountId: ME,
        roomId: ROOM,
        roomNick: 'Me',
        memberRole: 0,
        enterTime: this.serverTime,
      },
    } as EnterResult;
  }

  private history({ direction, beginTime = 0, limit = 100 }: HistoryOption): RoomMessage[] {
    if (direction === 1)
      return this.log.filter(({ createTime }) => createTime >= beginTime).slice(0, limit);
    const until = beginTime
      ? this.log.filter(({ createTime }) => createTime <= beginTime)
      : this.log;
    return until.slice(-limit).reverse();
  }
}

/** The outbox of a visit. */
export function roomOutbox(
  { connection, clock }: Visit,
  onChange: (entry: RoomEntry) => void = () => undefined,
): Outbox<RoomMessage, RoomEntry> {
  const order = new ArrivalOrder();
  return new Outbox({
    sender: new RoomSender(connection),
    clock,
    acknowledge: (entry, message) => acknowledgeRoomMessage(entry, message, order.next()),
    onChange,
  });
}

interface HistoryOption {
  direction?: number;
  beginTime?: number;
  limit?: number;
}
