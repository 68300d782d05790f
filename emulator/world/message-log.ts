import type { ConversationType, StoredMessage, WorldState } from './world-state';

/** Key of a conversation's log; the two accounts of a p2p conversation share one. */
export function logKey(type: ConversationType, a: string, b: string): string {
  return type === 'team' ? `team|${b}` : `p2p|${[a, b].sort().join('|')}`;
}

/** What a history request asks for. Times in ms, inclusive, 0 = open. */
export interface HistoryQuery {
  beginTime: number;
  endTime: number;
  /** The anchor: this message itself is not part of the answer. '0' or '' = none. */
  lastServerId: string;
  limit: number;
  /** true = oldest first, starting at beginTime; false = newest first, starting at endTime. */
  oldestFirst: boolean;
  messageTypes: readonly number[];
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Logs of all conversations with their indexes. Messages of one log are ordered by time, strictly. */
export class MessageLogs {
  private readonly byServerId = new Map<string, StoredMessage>();
  private readonly byClientId = new Map<string, StoredMessage>();
  private readonly floors = new Map<string, number>();
  /** Conversations of one account, so that a sync need not walk every log. */
  private readonly keysByAccount = new Map<string, Set<string>>();

  constructor(private readonly state: WorldState) {
    for (const [key, log] of Object.entries(state.logs)) {
      for (const message of log) this.index(key, message);
    }
  }

  private index(key: string, message: StoredMessage): void {
    this.byServerId.set(message.messageServerId, message);
    this.byClientId.set(`${message.senderId}|${message.messageClientId}`, message);
    if (message.type === 'p2p') {
      this.remember(message.senderId, key);
      this.remember(message.receiverId, key);
    }
  }

  private remember(accountId: string, key: string): void {
    const keys = this.keysByAccount.get(accountId) ?? new Set();
    keys.add(key);
    this.keysByAccount.set(accountId, keys);
  }

  /** Time for a new message: never equal to or before the newest of its conversation, or its last clearing. */
  nextTime(key: string, now: number): number {
    const newest = this.state.logs[key]?.at(-1)?.createTime ?? 0;
    return Math.max(now, Math.max(newest, this.floors.get(key) ?? 0) + 1);
  }

  /** New messages of a conversation get later times than this. */
  continueAfter(key: string, time: number): void {
    this.floors.set(key, time);
  }

  append(key: string, message: StoredMessage): void {
    const log = (this.state.logs[key] ??= []);
    log.push(message);
    this.index(key, message);
  }

  remove(message: StoredMessage): void {
    const key = logKey(message.type, message.senderId, message.receiverId);
    const log = this.state.logs[key];
    const at = log?.indexOf(message) ?? -1;
    if (log && at >= 0) log.splice(at, 1);
    this.byServerId.delete(message.messageServerId);
    // The client id stays known, so that a repeated send of a recalled message does not revive it.
  }

  /** The log itself, oldest first. Do not change it. */
  read(key: string): readonly StoredMessage[] {
    return this.state.logs[key] ?? [];
  }

  findByServerId(messageServerId: string): StoredMessage | undefined {
    return this.byServerId.get(messageServerId);
  }

  findByClientId(senderId: string, messageClientId: string): StoredMessage | undefined {
    return this.byClientId.get(`${senderId}|${messageClientId}`);
  }

  /** Keys of the p2p conversations of an account. */
  p2pKeys(accountId: string): string[] {
    return [...(this.keysByAccount.get(accountId) ?? [])];
  }

  /** One page of history; `visible` leaves out what the asking account may not see. */
  page(
    key: string,
    query: HistoryQuery,
    visible: (message: StoredMessage) => boolean,
  ): StoredMessage[] {
    const anchor =
      query.lastServerId && query.lastServerId !== '0' ? query.lastServerId : undefined;
    const begin = query.beginTime || 0;
    const end = query.endTime || Number.MAX_SAFE_INTEGER;
    const matches = this.read(key).filter((message) => {
      if (message.createTime < begin || message.createTime > end) return false;
      if (query.messageTypes.length && !query.messageTypes.includes(message.messageType)) {
        return false;
      }
      if (anchor) {
        // Times are strictly increasing, so only the anchor's own millisecond needs a look at ids.
        const order = compareIds(message.messageServerId, anchor);
        const edge = query.oldestFirst ? begin : end;
        const beyond = query.oldestFirst ? order > 0 : order < 0;
        if (message.createTime === edge && !beyond) return false;
      }
      return visible(message);
    });
    const limit = query.limit > 0 ? query.limit : 50;
    return query.oldestFirst ? matches.slice(0, limit) : matches.slice(-limit).reverse();
  }
}
