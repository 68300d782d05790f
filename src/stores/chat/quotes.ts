import { observable, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage, V2NIMMessageRefer } from '@/sdk/types';
import type { Quote } from '../messages/kinds/quote';
import { isLinkLost } from '../messages/link-lost';
import type { RemovedMessages } from '../messages/removed-messages';
import { addressOf } from '../conversations/conversation-id';
import type { Chat } from './chat';

/**
 * A quoted message: the message itself; `loading` until it is known; `gone` when it was recalled or deleted; `unknown`
 * when the reply does not say enough to request it.
 */
export type Original = V2NIMMessage | 'loading' | 'gone' | 'unknown';

export interface QuotesOptions {
  chat: Pick<Chat, 'conversationId' | 'row'>;
  connection: ImConnection;
  removed: RemovedMessages<V2NIMMessage>;
  clock: Clock;
}

/** Time in which the originals of one request are collected; a page of rows is rendered in less. */
const COLLECT_MS = 50;
/** Most originals of one request. */
const BATCH = 20;
/** Most originals that are kept, and that wait for a request; the oldest are dropped first. */
const KEPT = 300;

/**
 * The messages that the replies of a chat quote: rows of the chat, or requested from the server in batches, one request
 * at a time. A request that failed is repeated when the link is back. Observable: recalls, deletions and changes of a
 * quoted message reach the reader.
 */
export class Quotes {
  /** Null: the server does not have the message. */
  private readonly fetched = observable.map<string, V2NIMMessage | null>({}, { deep: false });
  private readonly wanted = new Map<string, V2NIMMessageRefer>();
  private timer: TimerHandle | null = null;
  private isAsking = false;
  /** 1 after a refusal: the server refuses a batch for one of its originals. */
  private batch = BATCH;
  private disposed = false;
  private readonly stop: () => void;

  constructor(private readonly options: QuotesOptions) {
    this.stop = options.connection.on('state', ({ to }) => {
      if (to.name === 'online') this.askSoon();
    });
  }

  of(quote: Quote): Original {
    const { chat, removed } = this.options;
    const { messageClientId: id } = quote;
    // A message whose time is unknown is no part of a cleared history.
    const createTime = quote.createTime || Infinity;
    if (removed.isGone({ ...quote, createTime }, chat.conversationId)) return 'gone';
    const row = chat.row(id);
    if (row) return row.recalled ? 'gone' : row.message;
    const found = this.fetched.get(id);
    if (found) return removed.newestOf(found);
    if (found === null) return 'gone';
    const refer = this.referOf(quote);
    if (!refer) return 'unknown';
    if (!this.wanted.has(id)) {
      this.wanted.set(id, refer);
      dropOldest(this.wanted);
      this.askSoon();
    }
    return 'loading';
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    this.options.clock.clearTimeout(this.timer);
  }

  /** Only messages of this conversation are requested; null without the fields that the SDK insists on. */
  private referOf(quote: Quote): V2NIMMessageRefer | null {
    const { conversationId } = this.options.chat;
    const { messageServerId, createTime, senderId, receiverId } = quote;
    if (!messageServerId || createTime === 0 || !senderId || !receiverId) return null;
    return { ...quote, conversationId, conversationType: addressOf(conversationId).type };
  }

  private askSoon(): void {
    if (this.timer || this.isAsking || this.disposed || this.wanted.size === 0) return;
    this.timer = this.options.clock.setTimeout(() => {
      this.timer = null;
      void this.ask();
    }, COLLECT_MS);
  }

  private async ask(): Promise<void> {
    const { connection, clock, chat } = this.options;
    if (connection.state.name !== 'online') return;
    const refers = [...this.wanted.values()].slice(0, this.batch);
    this.isAsking = true;
    let messages: readonly V2NIMMessage[] = [];
    let code = 0;
    try {
      messages = await answered(clock, () =>
        connection.services.message.getMessageListByRefers(refers),
      );
    } catch (cause) {
      code = ConnectionError.from(cause).code;
    }
    this.isAsking = false;
    // The request is repeated when the link is back.
    if (this.disposed || isLinkLost(code)) return;
    if (code !== 0 && refers.length > 1) {
      this.batch = 1;
      this.askSoon();
      return;
    }
    const byId = new Map(messages.map((message) => [message.messageClientId, message]));
    runInAction(() => {
      for (const { messageClientId: id } of refers) {
        const message = byId.get(id);
        this.wanted.delete(id);
        this.fetched.set(id, message?.conversationId === chat.conversationId ? message : null);
      }
      dropOldest(this.fetched);
    });
    if (this.wanted.size === 0) this.batch = BATCH;
    this.askSoon();
  }
}

function dropOldest(map: Pick<Map<string, unknown>, 'size' | 'keys' | 'delete'>): void {
  for (const key of map.keys()) {
    if (map.size <= KEPT) return;
    map.delete(key);
  }
}
