import type { ConversationType, StoredMessage, WorldState } from './world-state';

/** Key of a conversation's log; the two accounts of a p2p conversation share a log. */
export function logKey(type: ConversationType, a: string, b: string): string {
  return type === 'p2p' ? `p2p|${[a, b].sort().join('|')}` : `${type}|${b}`;
}

/** Query of a history page. Times in ms, inclusive, 0 = open. */
export interface HistoryQuery {
  beginTime: number;
  endTime: number;
  /** Server id of the anchor, a message that is not part of the answer. '0' or '' = none. */
  lastServerId: string;
  limit: number;
  /** true = oldest first, starting at beginTime; false = newest first, starting at endTime. */
  oldestFirst: boolean;
  messageTypes: readonly number[];
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Logs of all conversations with their indexes. The times in a log are strictly increasing. */
export class MessageLogs {
  private readonly byServerId = new Map<string, StoredMessage>();
  private readonly byClientId = new Map<string, StoredMessage>();
  private readonly minimumTimes = new Map<string, number>();
  /** Keys of the p2p conversations by account, so that a sync need not walk every log. */
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
      this.indexConversation(message.senderId, key);
      this.indexConversation(message.receiverId, key);
    }
  }

  private indexConversation(accountId: string, key: string): void {
    const keys = this.keysByAccount.get(accountId) ?? new Set();
    keys.add(key);
    this.keysByAccount.set(accountId, keys);
  }

  /** Returns a time for a new message, after the newest message and the last clearing of its conversation. */
  nextMessageTime(key: string, now: number): number {
    const newest = this.state.logs[key]?.at(-1)?.createTime ?? 0;
    return Math.max(now, Math.max(newest, this.minimumTimes.get(key) ?? 0) + 1);
  }

  /** Makes new messages of a conversation get times after `time`. */
  setMinimumTime(key: string, time: number): void {
    this.minimumTimes.set(key, time);
  }

  appendMessage(key: string, message: StoredMessage): void {
    const log = (this.state.logs[key] ??= []);
    log.push(message);
    this.index(key, message);
  }

  removeMessage(message: StoredMessage): void {
    const key = logKey(message.type, message.senderId, message.receiverId);
    const log = this.state.logs[key];
    const at = log?.indexOf(message) ?? -1;
    if (log && at >= 0) log.splice(at, 1);
    this.byServerId.delete(message.messageServerId);
    // The client id stays known, so that repeating a recalled message does not restore the message.
  }

  /** Returns the log itself, oldest first. Callers must not change the log. */
  readLog(key: string): readonly StoredMessage[] {
    return this.state.logs[key] ?? [];
  }

  findByServerId(messageServerId: string): StoredMessage | undefined {
    return this.byServerId.get(messageServerId);
  }

  findByClientId(senderId: string, messageClientId: string): StoredMessage | undefined {
    return this.byClientId.get(`${senderId}|${messageClientId}`);
  }

  /** Returns the keys of an account's p2p conversations. */
  p2pKeys(accountId: string): string[] {
    return [...(this.keysByAccount.get(accountId) ?? [])];
  }

  /** Returns a page of history; `visible` filters out messages that the account may not see. */
  historyPage(
    key: string,
    query: HistoryQuery,
    visible: (message: StoredMessage) => boolean,
  ): StoredMessage[] {
    const anchor =
      query.lastServerId && query.lastServerId !== '0' ? query.lastServerId : undefined;
    const begin = query.beginTime || 0;
    const end = query.endTime || Number.MAX_SAFE_INTEGER;
    const matches = this.readLog(key).filter((message) => {
      if (message.createTime < begin || message.createTime > end) return false;
      if (query.messageTypes.length && !query.messageTypes.includes(message.messageType)) {
        return false;
      }
      if (anchor) {
        // Times are strictly increasing, so ids matter only in the anchor's own millisecond.
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
