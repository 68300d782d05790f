import { ConnectionError, type ImConnection, reasonOf } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import { Code } from '@/sdk/codes';
import { isLinkLost } from '../messages/link-lost';
import { UntilTold } from '../messages/until-told';

/** Refusals that another attempt does not change. */
const REFUSED: readonly number[] = [
  Code.senderOrManagerPermissionOnlyRevoke,
  Code.revokeExceedTimeLimit,
  Code.revokeMessageNotAllowed,
];

/**
 * Recalls messages: own messages, and those of others where the account is owner or manager of the team. The server
 * reports a recall to the requesting device in its answer alone: after a lost answer the request is repeated until it
 * is answered.
 */
export class Recalls {
  private readonly later: UntilTold<V2NIMMessage>;
  private readonly stop: () => void;

  /** `onGone`: the message is recalled, but the SDK does not know this. */
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
   * Resolves when the message is recalled, or when the answer is lost and the request will be repeated.
   * @throws ConnectionError, 107314 when the message is too old
   */
  async recall(message: V2NIMMessage): Promise<void> {
    const wasOnline = this.isOnline;
    try {
      await this.ask(message);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // Without a link no request was sent.
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
      // The server has no such message: it is recalled already.
      if (error.code !== Code.messageNotExist) throw error;
      this.onGone(message);
    }
  }

  /** Resolves when the server has answered, with success or with a final refusal. */
  private async askAgain(message: V2NIMMessage): Promise<void> {
    try {
      await this.ask(message);
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      if (reasonOf(code).retry && !REFUSED.includes(code)) throw cause;
    }
  }
}
