import { ConnectionError, type ImConnection } from '@/connection';
import type { V2NIMMessage } from '@/sdk/types';
import { acceptMessage, applySendEvent, type Entry } from '../messages/entry';
import { hasAddress, type Sender } from '../messages/sender';
import { acknowledgedId } from '../messages/timeline';
import { pushConfigOf } from './push-options';
import { isReceiptDisabled } from './team-receipt';

const SUCCESS = 200;

/** Sends the messages of chats through the IM SDK. */
export class ImSender implements Sender<V2NIMMessage> {
  /** The server refused a message because it asked for receipts: later messages do not ask. */
  private hasNoReceipts = false;

  constructor(
    private readonly connection: ImConnection,
    /** Whether an own message of the conversation asks its readers for receipts. */
    private readonly asksForReads: (conversationId: string) => boolean = () => false,
  ) {}

  get isOpen(): boolean {
    return this.connection.state.name === 'online';
  }

  onOpen(handler: () => void): () => void {
    return this.connection.on('state', ({ to }) => {
      if (to.name === 'online') handler();
    });
  }

  async send(
    original: V2NIMMessage,
    conversationId: string,
    onProgress: (percent: number) => void,
  ): Promise<V2NIMMessage> {
    const asks = !this.hasNoReceipts && this.asksForReads(conversationId);
    try {
      return await this.transmit(original, conversationId, onProgress, asks);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      if (!asks || !isReceiptDisabled(error.code)) throw error;
    }
    this.hasNoReceipts = true;
    try {
      return await this.transmit(original, conversationId, onProgress, false);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
  }

  cancelUpload(original: V2NIMMessage): void {
    const { message } = this.connection.services;
    // The SDK refuses when the upload has ended meanwhile.
    void Promise.resolve(message.cancelMessageAttachmentUpload(original)).catch(() => undefined);
  }

  onUploaded(handler: (message: V2NIMMessage) => void): () => void {
    return this.connection.listen('message', 'onSendMessage', (message) => {
      if (hasAddress(message)) handler(message);
    });
  }

  private async transmit(
    original: V2NIMMessage,
    conversationId: string,
    onProgress: (percent: number) => void,
    asks: boolean,
  ): Promise<V2NIMMessage> {
    const service = this.connection.services.message;
    const { threadReply, threadRoot } = original;
    const pushConfig = pushConfigOf(original, conversationId);
    const params =
      asks || pushConfig
        ? {
            ...(asks && { messageConfig: { readReceiptEnabled: true } }),
            ...(pushConfig && { pushConfig }),
          }
        : undefined;
    // The SDK reads the conversation and the root of the thread from the original.
    const sent = threadReply
      ? await service.replyMessage(
          original,
          { ...threadReply, threadRoot } as V2NIMMessage,
          params,
          onProgress,
        )
      : await service.sendMessage(original, conversationId, params, onProgress);
    return sent.message;
  }
}

/** Takes over the server's copy and its result: 200, or for example that the receiver has blocked the sender. */
export function acknowledgeImMessage(entry: Entry<V2NIMMessage>, message: V2NIMMessage): void {
  const code = message.messageStatus?.errorCode ?? SUCCESS;
  acceptMessage(entry, message, acknowledgedId(message));
  applySendEvent(entry, code === SUCCESS ? { type: 'accepted' } : { type: 'failed', code });
}
