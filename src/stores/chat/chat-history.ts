import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { Around, FeedSource, Page } from '../messages/feed';
import { lastOf } from '../messages/last-of';

/** Messages of one page: two screens. */
export const PAGE = 30;
const GAP_PAGE = 100;
/** Maximum of messages that fill a gap; with more the chat loads its newest page instead. */
const GAP_MESSAGES = 500;
/** Overlap with the messages before the lost link, since pushes may have overtaken each other. */
const GAP_OVERLAP_MS = 30_000;

/**
 * The SDK's V2NIMQueryDirection. The direction must always be given: with an anchor the SDK's default does nothing.
 */
const NEWEST_FIRST = 0;
const OLDEST_FIRST = 1;

/** Which message, and when it was sent; the fields of a V2NIMMessageRefer. */
export interface MessagePlace {
  readonly messageClientId: string;
  /** Server time, milliseconds. */
  readonly createTime: number;
}

/** The messages in memory, between which the pages fit. */
export interface LoadedMessages {
  /** The page of older messages ends before this message. */
  readonly olderAnchor: V2NIMMessage | undefined;
  readonly newerAnchor: V2NIMMessage | undefined;
}

/** The server's messages of one conversation; a mini-program has no database of its own. */
export class ChatHistory implements FeedSource<V2NIMMessage> {
  constructor(
    private readonly connection: ImConnection,
    private readonly conversationId: string,
    private readonly clock: Clock,
    private readonly loaded: LoadedMessages,
  ) {}

  async newest(): Promise<Page<V2NIMMessage>> {
    return await this.page({ direction: NEWEST_FIRST, limit: PAGE });
  }

  async older(): Promise<Page<V2NIMMessage>> {
    const anchor = anchored(this.loaded.olderAnchor);
    return await this.page({ direction: NEWEST_FIRST, limit: PAGE, ...anchor });
  }

  async newer(): Promise<Page<V2NIMMessage>> {
    const anchor = anchored(this.loaded.newerAnchor);
    return await this.page({ direction: OLDEST_FIRST, limit: PAGE, ...anchor });
  }

  /**
   * A message with the page before it and the page after it, in two requests; null when the server does not have
   * the message.
   * @throws ConnectionError
   */
  async around({
    messageClientId,
    createTime,
  }: MessagePlace): Promise<Around<V2NIMMessage> | null> {
    const [before, after] = await Promise.all([
      this.page({ direction: NEWEST_FIRST, limit: PAGE, endTime: createTime + 1 }),
      this.page({ direction: OLDEST_FIRST, limit: PAGE, beginTime: Math.max(1, createTime - 1) }),
    ]);
    const messages = [...before.messages, ...after.messages];
    if (!messages.some((message) => message.messageClientId === messageClientId)) return null;
    const last = lastOf(after.messages);
    return {
      messages,
      hasOlder: before.hasMore,
      // The next page tells: a short page is not the last.
      hasNewer: last !== undefined && last.messageClientId !== messageClientId,
    };
  }

  /**
   * Every message since `time`; null when there are too many to fetch.
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
    endTime?: number;
    anchorMessage?: V2NIMMessage;
  }): Promise<Page<V2NIMMessage>> {
    const messages = await answered(this.clock, () =>
      this.connection.services.message.getMessageList({
        conversationId: this.conversationId,
        ...option,
      }),
    );
    const anchorId = option.anchorMessage?.messageClientId;
    // A short page is not the last: a server may count the anchor, or leave messages out after it cut the page.
    const hasMore = messages.some(({ messageClientId }) => messageClientId !== anchorId);
    return { messages, hasMore };
  }
}

function anchored(message: V2NIMMessage | undefined) {
  return message ? { anchorMessage: message } : {};
}
