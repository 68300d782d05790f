import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { UntilTold } from '../messages/until-told';

/** The SDK's next state of a conversation follows a live deletion at once, within one batch of the list. */
const PATIENCE_MS = 500;
/** More messages than are deleted at once; the SDK includes deleted messages in the page. */
const PAGE = 30;
/** V2NIMQueryDirection */
const NEWEST_FIRST = 0;

export interface LastMessagesOptions {
  connection: ImConnection;
  clock: Clock;
  /** Whether the list still does not know the last message of this conversation. */
  isUnknown: (conversationId: string) => boolean;
  /** Whether this message was removed for the account. */
  isRemoved: (message: V2NIMMessage) => boolean;
  onFound: (message: V2NIMMessage) => void;
}

/**
 * Asks the server for the last message of a conversation whose last message was deleted: after a deletion
 * that arrives with a sync, the SDK does not name the message before it.
 */
export class LastMessages {
  private readonly wanted: UntilTold<number>;
  private readonly timers = new Map<string, TimerHandle>();
  private count = 0;

  constructor(private readonly options: LastMessagesOptions) {
    const { connection, clock } = options;
    this.wanted = new UntilTold({
      clock,
      tell: (conversationId) => this.find(conversationId),
      isOnline: () => connection.state.name === 'online',
      isNewer: () => true,
    });
  }

  requestLast(conversationId: string): void {
    const { clock } = this.options;
    clock.clearTimeout(this.timers.get(conversationId) ?? null);
    const timer = clock.setTimeout(() => {
      this.timers.delete(conversationId);
      this.wanted.want(conversationId, ++this.count);
    }, PATIENCE_MS);
    this.timers.set(conversationId, timer);
  }

  /** Called when the link is back. */
  resume(): void {
    this.wanted.resume();
  }

  dispose(): void {
    for (const timer of this.timers.values()) this.options.clock.clearTimeout(timer);
    this.wanted.dispose();
  }

  private async find(conversationId: string): Promise<void> {
    const { connection, isUnknown, isRemoved, onFound } = this.options;
    if (!isUnknown(conversationId)) return;
    let page: readonly V2NIMMessage[];
    try {
      page = await connection.services.message.getMessageList({
        conversationId,
        limit: PAGE,
        direction: NEWEST_FIRST,
      });
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
    const last = page.find((message) => !isRemoved(message));
    if (last && isUnknown(conversationId)) onFound(last);
  }
}
