import { makeObservable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError } from '@/connection';
import { systemClock, type Clock } from '@/platform';
import { Code } from '@/sdk/codes';
import { ConversationType, MessageType } from '@/sdk/constants';
import type { V2NIMMessage, V2NIMMessageSearchParams } from '@/sdk/types';
import { addressOf, type AccountStores } from '@/stores';

/** Pause after the last letter before the server is asked. */
const DEBOUNCE_MS = 300;
/** V2NIMQueryDirection */
const NEWEST_FIRST = 0;
/** Messages of a page. */
const PAGE = 20;
/** Conversations of a search over all. */
const CONVERSATIONS = 20;
/** Messages that a search over all asks of each conversation: whether there is one or there are more. */
const EACH = 2;

/** V2NIMMessageType of the kinds that are searched together. */
const TYPES = {
  media: [MessageType.IMAGE, MessageType.VIDEO],
  files: [MessageType.FILE],
} as const;

export type SearchKinds = keyof typeof TYPES;

export interface MessageQuery {
  readonly keyword: string;
  /** Only this conversation. */
  readonly conversationId?: string | undefined;
  /** Only messages of this account. */
  readonly senderId?: string | undefined;
  /** Server time in milliseconds of the oldest message. */
  readonly since?: number | undefined;
  /** Only these kinds of messages. In one conversation they are listed without a keyword. */
  readonly kinds?: SearchKinds | undefined;
}

export type SearchState = 'idle' | 'loading' | 'ready' | 'error';

/** Searches the messages on the server: over all conversations, or in one with pages. */
export class MessageSearch {
  state: SearchState = 'idle';
  error: ConnectionError | null = null;
  found: readonly V2NIMMessage[] = [];
  hasMore = false;
  query: MessageQuery = { keyword: '' };
  private timer: ReturnType<Clock['setTimeout']> | null = null;
  /** Counts the searches: an answer to an earlier search is dropped. */
  private turn = 0;

  constructor(
    private readonly account: AccountStores,
    private readonly clock: Clock = systemClock,
  ) {
    makeObservable(this, {
      state: observableRef,
      error: observableRef,
      found: observableRef,
      hasMore: observableRef,
      query: observableRef,
    });
  }

  /** Starts a search 0.3 s after the last call; without keyword and kinds there is none. */
  search(query: MessageQuery): void {
    this.turn++;
    this.clock.clearTimeout(this.timer);
    const isEmpty = query.keyword === '' && !isListing(query);
    runInAction(() => {
      this.query = query;
      this.found = [];
      this.hasMore = false;
      this.error = null;
      this.state = isEmpty ? 'idle' : 'loading';
    });
    if (!isEmpty) this.timer = this.clock.setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  /** Asks again after an error. */
  retry(): void {
    if (this.state === 'error') void this.load();
  }

  /** Loads the next page of a search in one conversation. */
  more(): void {
    if (this.state === 'ready' && this.hasMore) void this.load();
  }

  dispose(): void {
    this.turn++;
    this.clock.clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    const { query, found } = this;
    runInAction(() => {
      this.state = 'loading';
      this.error = null;
    });
    try {
      const page = await answered(this.clock, () => this.ask(query, found.at(-1)));
      if (turn === this.turn) this.add(query, page);
    } catch (cause) {
      if (turn !== this.turn) return;
      runInAction(() => {
        this.state = 'error';
        this.error = ConnectionError.from(cause);
      });
    }
  }

  private ask(query: MessageQuery, last: V2NIMMessage | undefined): Promise<V2NIMMessage[]> {
    const { keyword, conversationId, senderId, since } = query;
    const { connection } = this.account;
    if (connection.state.name !== 'online')
      return Promise.reject(new ConnectionError(Code.offline));
    const types = query.kinds && [...TYPES[query.kinds]];
    if (isListing(query)) return this.list(query, last);
    const place = conversationId === undefined ? null : addressOf(conversationId);
    const isP2p = place?.type === ConversationType.P2P;
    const params: Partial<V2NIMMessageSearchParams> & { keyword: string } = {
      keyword,
      ...(place
        ? { messageLimit: PAGE }
        : { conversationLimit: CONVERSATIONS, messageLimit: EACH }),
      ...(place && (isP2p ? { p2pAccountIds: [place.targetId] } : { teamIds: [place.targetId] })),
      ...(senderId !== undefined && { senderAccountIds: [senderId] }),
      ...(since !== undefined && { beginTime: since }),
      ...(types && { messageTypes: types }),
      // The end is part of the answer, and several messages can have the same time.
      ...(last && { endTime: last.createTime }),
    };
    return connection.services.message.searchCloudMessages(params as V2NIMMessageSearchParams);
  }

  /** The messages of the kinds, the newest first, by the filter of the server. */
  private list(
    { conversationId = '', kinds = 'media', since }: MessageQuery,
    anchorMessage: V2NIMMessage | undefined,
  ): Promise<V2NIMMessage[]> {
    return this.account.connection.services.message.getMessageList({
      conversationId,
      messageTypes: [...TYPES[kinds]],
      direction: NEWEST_FIRST as number,
      limit: PAGE,
      ...(since !== undefined && { beginTime: since }),
      ...(anchorMessage && { anchorMessage }),
    });
  }

  /** A recalled or deleted message is not shown; the server may still find it. */
  private add(query: MessageQuery, page: readonly V2NIMMessage[]): void {
    const { removed } = this.account.conversations;
    const known = new Set(this.found.map(({ messageClientId }) => messageClientId));
    const fresh = page.filter(({ messageClientId }) => !known.has(messageClientId));
    // The list of kinds has no filter of its own for senders.
    const { senderId } = query;
    const shown = fresh.filter(
      (message) =>
        (senderId === undefined || message.senderId === senderId) &&
        !removed.isRemoved(message, message.conversationId) &&
        !removed.recallOf(message.messageClientId),
    );
    runInAction(() => {
      this.found = [...this.found, ...shown];
      this.hasMore = query.conversationId !== undefined && fresh.length > 0;
      this.state = 'ready';
    });
  }
}

/** Whether the kinds of a conversation are listed, because no word is searched. */
export function isListing({ keyword, conversationId, kinds }: MessageQuery): boolean {
  return keyword === '' && conversationId !== undefined && kinds !== undefined;
}

/** The messages of a search over all, by conversation, in the order of the first message of each. */
export function byConversation(
  messages: readonly V2NIMMessage[],
): readonly (readonly [V2NIMMessage, ...V2NIMMessage[]])[] {
  const groups = new Map<string, [V2NIMMessage, ...V2NIMMessage[]]>();
  for (const message of messages) {
    const group = groups.get(message.conversationId);
    if (group) group.push(message);
    else groups.set(message.conversationId, [message]);
  }
  return [...groups.values()];
}
