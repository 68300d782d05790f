import type { ConnectionState, ImConnection, StateChange } from '@/connection';
import { Listeners, type Platform } from '@/platform';
import type { V2NIMMessage, V2NIMMessageListOption } from '@/sdk/types';
import { FakeClock, settle } from '../../fakes/fake-clock';
import { memoryStorage, type Refusal } from '../../fakes/memory-storage';
import { ME } from './builders';

type Handler = (...args: never[]) => void;

/** One call of an SDK service, waiting for its answer. */
export interface Call {
  name: string;
  args: unknown[];
  resolve: (value?: unknown) => void;
  reject: (error: { code: number }) => void;
}

/** A connection in the hands of a test: it says what happens and answers every call. */
export class FakeConnection {
  readonly accountId = ME;
  readonly generation = 1;
  state: ConnectionState = { name: 'idle' };
  /** What the SDK takes for read, whether the server knows or not. */
  readonly readHere = new Map<string, number>();
  /** Calls nobody has answered yet. */
  readonly calls: Call[] = [];
  /** Answers at once, by method name. */
  readonly answers = new Map<string, (...args: never[]) => unknown>();
  private readonly changes = new Listeners<[StateChange]>();
  private readonly handlers = new Map<string, Set<Handler>>();

  readonly services = {
    message: this.service([
      'sendMessage',
      'getMessageList',
      'getP2PMessageReceipt',
      'sendP2PMessageReceipt',
      'revokeMessage',
      'deleteMessage',
      'clearHistoryMessage',
    ]),
    conversation: this.service([
      'getConversationList',
      'deleteConversation',
      'stickTopConversation',
    ]),
    readPosition: {
      // As the SDK: it moves its own position forward, tells of it, and knows nothing of the server.
      setLocally: (conversationId: string, until: number) => {
        if (until <= (this.readHere.get(conversationId) ?? 0)) return;
        this.readHere.set(conversationId, until);
        this.emit('conversation', 'onConversationReadTimeUpdated', conversationId, until);
      },
      ...this.service(['tell']),
    },
    user: this.service(['getUserList']),
    friend: this.service(['getFriendList']),
    team: this.service(['getTeamInfoByIds', 'getTeamMemberListByIds']),
  };

  on(_event: 'state', handler: (change: StateChange) => void): () => void {
    return this.changes.add(handler);
  }

  listen(service: string, event: string, handler: Handler): () => void {
    const key = `${service}.${event}`;
    const set = this.handlers.get(key) ?? new Set();
    this.handlers.set(key, set.add(handler));
    return () => set.delete(handler);
  }

  emit(service: string, event: string, ...args: unknown[]): void {
    for (const handler of this.handlers.get(`${service}.${event}`) ?? [])
      handler(...(args as never[]));
  }

  async enter(to: ConnectionState): Promise<void> {
    const from = this.state;
    this.state = to;
    this.changes.emit({ from, to, reason: 'test' });
    await settle();
  }

  online(): Promise<void> {
    return this.enter({ name: 'online' });
  }

  /** The link is gone; what was under way fails as the SDK fails it. */
  async lose(): Promise<void> {
    for (const call of this.calls.splice(0)) call.reject({ code: 192003 });
    await this.enter({ name: 'waiting', attempt: 0, delayMs: 1000, until: 0, reason: 192003 });
  }

  /** The oldest unanswered call of a method. */
  next(name: string): Call {
    const index = this.calls.findIndex((call) => call.name === name);
    const [call] = this.calls.splice(index, index < 0 ? 0 : 1);
    if (!call)
      throw new Error(`${name} was not called; open: ${this.names().join(', ') || 'none'}`);
    return call;
  }

  names(): string[] {
    return this.calls.map(({ name }) => name);
  }

  /** Answers getMessageList from a server's log, oldest first, as the server does. */
  serveHistory(log: V2NIMMessage[]): void {
    this.answers.set('getMessageList', (option: V2NIMMessageListOption) => {
      const { anchorMessage, beginTime = 0, limit = 50 } = option;
      const anchor = log.findIndex((one) => one.messageClientId === anchorMessage?.messageClientId);
      if (option.direction === (1 as number)) {
        const from =
          anchor < 0 ? log.filter((one) => one.createTime >= beginTime) : log.slice(anchor + 1);
        return from.slice(0, limit);
      }
      const until = anchor < 0 ? log : log.slice(0, anchor);
      return until.slice(-limit).reverse();
    });
  }

  asConnection(): ImConnection {
    return this as unknown as ImConnection;
  }

  private service(names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
      names.map((name) => [
        name,
        (...args: unknown[]) => {
          const answer = this.answers.get(name);
          if (answer) return Promise.resolve(answer(...(args as never[])));
          return new Promise((resolve, reject) => this.calls.push({ name, args, resolve, reject }));
        },
      ]),
    );
  }
}

/** A platform without a host: fake time, storage in memory. */
export function fakePlatform(clock = new FakeClock()) {
  const entries = new Map<string, string>();
  const storage: { refuses: Refusal | undefined } = { refuses: undefined };
  const hide = new Listeners<[]>();
  const update = new Listeners<[]>();
  const restarts: number[] = [];
  const platform: Platform = {
    name: 'weapp',
    clock,
    storage: memoryStorage(entries, () => storage.refuses),
    network: {
      current: () => ({ isConnected: true, networkType: 'wifi' }),
      onChange: () => () => undefined,
    },
    lifecycle: { onHide: (handler) => hide.add(handler), onShow: () => () => undefined },
    updates: {
      onReady: (handler) => update.add(handler),
      restart: () => void restarts.push(clock.now()),
    },
    random: () => 0.5,
    loginCode: () => Promise.resolve('code'),
    request: () => Promise.resolve({ status: 200, body: {} }),
    language: () => 'zh_CN',
  };
  return {
    platform,
    clock,
    entries,
    /** What the device's storage refuses from now on. */
    refuseStorage: (refuses: Refusal | undefined) => void (storage.refuses = refuses),
    restarts,
    hide: () => hide.emit(),
    updateReady: () => update.emit(),
  };
}
