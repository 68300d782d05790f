import { action, makeObservable, observableRef } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { Chat } from './chat';
import type { MessagePlace } from './chat-history';

/** With fewer unread messages all of them are on the first screen. */
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
}

/**
 * The messages that were unread when a chat was opened: their number, the place of the first, and a walk through the
 * mentions. Create the walk before the first page of the chat is loaded, because the page moves the read position.
 */
export class UnreadWalk {
  /** Number of unread messages; 0 when there is nothing to lead to. */
  count: number;
  /** The mentions that the walk has not reached. */
  mentions: readonly MessagePlace[];
  private readonly readUntil: Promise<number>;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly chat: Chat,
    { count, mentions }: UnreadAtOpening,
  ) {
    this.count = count > SCREEN ? count : 0;
    this.mentions = count > SCREEN ? mentions : [];
    makeObservable(this, {
      count: observableRef,
      mentions: observableRef,
      nextMention: action,
      end: action,
    });
    const { conversation } = connection.services;
    this.readUntil = this.count
      ? answered(this.clock, () => conversation.getConversationReadTime(chat.conversationId))
      : Promise.resolve(0);
    // `first` reports the failure.
    void this.readUntil.catch(() => undefined);
  }

  /**
   * The first unread message, from memory or with one request; null when it does not exist any more.
   * @throws ConnectionError
   */
  async first(): Promise<MessagePlace | null> {
    const readUntil = await this.readUntil;
    return this.inMemory(readUntil) ?? (await this.onServer(readUntil));
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

  private inMemory(readUntil: number): MessagePlace | undefined {
    const { history, live, hasOlder } = this.chat;
    const rows = [...[...history].reverse(), ...live];
    const isComplete = !hasOlder || rows.some(({ createTime }) => createTime <= readUntil);
    return isComplete
      ? rows.find(({ createTime, mine }) => createTime > readUntil && !mine)
      : undefined;
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
