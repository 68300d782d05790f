import { ConnectionError, type ImConnection } from '@/connection';
import { type Clock, foreignCall } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { lastOf } from './last-of';

/** Rows of one page: two screens. */
export const PAGE = 30;
const GAP_PAGE = 100;
/** A gap of more messages is not filled: the chat begins anew with its newest page. */
const GAP_MESSAGES = 500;
/** The SDK gives a request up after 8 s. */
const ANSWER_MS = 10_000;
const NO_ANSWER = 191005;
/** Pushes may have overtaken each other before the link broke; so much before the last one is asked for again. */
const GAP_OVERLAP_MS = 30_000;

/** The SDK's V2NIMQueryDirection. It must always be given: with an anchor the SDK's own default does nothing. */
const NEWEST_FIRST = 0;
const OLDEST_FIRST = 1;

export interface HistoryPage {
  messages: readonly V2NIMMessage[];
  /** There may be more in the direction asked for: the page was not empty. */
  hasMore: boolean;
}

/** The server's messages of one conversation; a mini-program has no database of its own. */
export class ChatHistory {
  constructor(
    private readonly connection: ImConnection,
    private readonly conversationId: string,
    private readonly clock: Clock,
  ) {}

  /**
   * The messages before `anchor`, or the newest.
   * @throws ConnectionError
   */
  async older(anchor?: V2NIMMessage): Promise<HistoryPage> {
    return await this.page({
      direction: NEWEST_FIRST,
      limit: PAGE,
      ...(anchor ? { anchorMessage: anchor } : {}),
    });
  }

  /**
   * Everything since `time`; null when that is too much to fetch.
   * @throws ConnectionError
   */
  async since(time: number): Promise<readonly V2NIMMessage[] | null> {
    const found: V2NIMMessage[] = [];
    let from: { beginTime: number } | { anchorMessage: V2NIMMessage } = {
      beginTime: Math.max(1, time - GAP_OVERLAP_MS),
    };
    while (found.length <= GAP_MESSAGES) {
      const page = await this.page({ direction: OLDEST_FIRST, limit: GAP_PAGE, ...from });
      found.push(...page.messages);
      const last = lastOf(page.messages);
      if (!page.hasMore || !last) return found;
      from = { anchorMessage: last };
    }
    return null;
  }

  private async page(option: {
    direction: number;
    limit: number;
    beginTime?: number;
    anchorMessage?: V2NIMMessage;
  }): Promise<HistoryPage> {
    try {
      const messages = await foreignCall(
        () =>
          this.connection.services.message.getMessageList({
            conversationId: this.conversationId,
            ...option,
          }),
        {
          clock: this.clock,
          limitMs: ANSWER_MS,
          onLimit: () => new ConnectionError(NO_ANSWER),
        },
      );
      const anchorId = option.anchorMessage?.messageClientId;
      // A server may count the anchor, or leave messages out after it cut the page: a short page is no end.
      const hasMore = messages.some(({ messageClientId }) => messageClientId !== anchorId);
      return { messages, hasMore };
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
  }
}
