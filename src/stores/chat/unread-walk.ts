import { action, makeObservable, observableRef } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { Chat } from './chat';
import type { MessagePlace } from './chat-history';
import { firstUnreadIn, UnreadLine } from './unread-line';

/** With fewer unread messages all of them are on the first screen, when the chat opens at its end. */
const SCREEN = 10;
/** V2NIMQueryDirection. */
const OLDEST_FIRST = 1;
/** Own messages may lie before the first unread message of another sender. */
const LIMIT = 30;

interface UnreadAtOpening {
  /** Number of unread messages. */
  readonly count: number;
  /** Unread messages that mention the account, the oldest first. */
  readonly mentions: readonly MessagePlace[];
  /** The chat opens where it was left, further up: no unread message is on the first screen. */
  readonly isFurtherUp?: boolean;
}

/**
 * The messages that were unread when a chat was opened: their number, the place of the first with the line above it,
 * and a walk through the mentions. Create the walk before the first page of the chat is loaded, because the page moves
 * the read position.
 */
export class UnreadWalk {
  /** Number of unread messages; 0 when there is nothing to lead to. */
  count: number;
  /** The mentions that the walk has not reached. */
  mentions: readonly MessagePlace[];
  private readonly readUntil: Promise<number>;
  private readonly line: UnreadLine | null;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly chat: Chat,
    { count, mentions, isFurtherUp = false }: UnreadAtOpening,
  ) {
    const isOffScreen = count > (isFurtherUp ? 0 : SCREEN);
    this.count = isOffScreen ? count : 0;
    this.mentions = isOffScreen ? mentions : [];
    makeObservable(this, {
      count: observableRef,
      mentions: observableRef,
      nextMention: action,
      end: action,
    });
    const { conversation } = connection.services;
    this.readUntil = count
      ? answered(this.clock, () => conversation.getConversationReadTime(chat.conversationId))
      : Promise.resolve(0);
    // `first` reports the failure.
    void this.readUntil.catch(() => undefined);
    this.line = count ? new UnreadLine(chat, this.readUntil, count) : null;
  }

  /** Whether the line "new messages below" is above this message. */
  isFirst(messageClientId: string): boolean {
    return this.line?.isAbove(messageClientId) ?? false;
  }

  dispose(): void {
    this.line?.dispose();
  }

  /**
   * The first unread message, from memory or with one request; null when it does not exist any more.
   * @throws ConnectionError
   */
  async first(): Promise<MessagePlace | null> {
    const readUntil = await this.readUntil;
    const inMemory = firstUnreadIn(this.chat, { readUntil, count: Infinity });
    const first = inMemory ?? (await this.onServer(readUntil));
    if (first) this.line?.put(first.messageClientId);
    return first;
  }

  /** The next mention of the walk, from the oldest to the newest. */
  nextMention(): MessagePlace | undefined {
    const [next, ...others] = this.mentions;
    this.mentions = others;
    return next;
  }

  /** The reader has been led to the first unread message. */
  end(): void {
    this.count = 0;
  }

  private async onServer(readUntil: number): Promise<MessagePlace | null> {
    const messages = await answered(this.clock, () =>
      this.connection.services.message.getMessageList({
        conversationId: this.chat.conversationId,
        direction: OLDEST_FIRST,
        limit: LIMIT,
        beginTime: readUntil + 1,
      }),
    );
    return messages.find(({ isSelf, createTime }) => !isSelf && createTime > readUntil) ?? null;
  }
}
