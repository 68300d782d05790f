import { ConnectionError, type ImConnection, reasonOf } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { isLinkLost } from './link-lost';
import { UntilTold } from './until-told';

/** The server knows no such message: it is recalled already. */
const NOT_EXIST = 107404;

/**
 * Takes messages of mine back. The server tells the device that asked for a recall in its answer alone: when
 * that answer is lost, the server is asked again until it answers.
 */
export class Recalls {
  private readonly later: UntilTold<V2NIMMessage>;
  private readonly stop: () => void;

  /** `onGone`: the message is recalled, and the SDK does not know it. */
  constructor(
    private readonly connection: ImConnection,
    clock: Clock,
    private readonly onGone: (message: V2NIMMessage) => void,
  ) {
    this.later = new UntilTold({
      clock,
      tell: (_, message) => this.askAgain(message),
      isOnline: () => this.isOnline,
      isNewer: () => false,
    });
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.later.resume();
    });
  }

  /**
   * Resolves when the message is recalled, or when the answer is lost and asked for again.
   * @throws ConnectionError, 107314 when the message is too old
   */
  async recall(message: V2NIMMessage): Promise<void> {
    const wasOnline = this.isOnline;
    try {
      await this.ask(message);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // Without a link nothing was sent.
      if (!wasOnline || !isLinkLost(error.code)) throw error;
      this.later.want(message.messageClientId, message);
    }
  }

  dispose(): void {
    this.stop();
    this.later.dispose();
  }

  private get isOnline(): boolean {
    return this.connection.state.name === 'online';
  }

  private async ask(message: V2NIMMessage): Promise<void> {
    try {
      await this.connection.services.message.revokeMessage(message);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      if (error.code !== NOT_EXIST) throw error;
      this.onGone(message);
    }
  }

  /** Resolves with the server's last word, whatever it is. */
  private async askAgain(message: V2NIMMessage): Promise<void> {
    try {
      await this.ask(message);
    } catch (cause) {
      if (reasonOf(ConnectionError.from(cause).code).retry) throw cause;
    }
  }
}
