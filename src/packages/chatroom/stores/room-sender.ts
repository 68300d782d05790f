import type { Sender } from '@/stores/messages/sender';
import { hasAddress } from '@/stores/messages/sender';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import type { RoomMessage } from '../sdk-types';

/** Maximum time of one send. A file is uploaded before its message; the SDK gives the message up after 8 s. */
const SEND_MS = 10 * 60_000;

/** Sends the messages of one room through the chatroom SDK. */
export class RoomSender implements Sender<RoomMessage> {
  constructor(private readonly connection: ChatroomConnection) {}

  get isOpen(): boolean {
    return this.connection.state.name === 'inside';
  }

  onOpen(handler: () => void): () => void {
    return this.connection.on('open', handler);
  }

  async send(
    original: RoomMessage,
    _roomId: string,
    onProgress: (percent: number) => void,
  ): Promise<RoomMessage> {
    const { message } = await this.connection.call(
      ({ room }) => room.sendMessage(original, undefined, onProgress),
      SEND_MS,
    );
    this.connection.rememberMessage(message);
    return message;
  }

  cancelUpload(original: RoomMessage): void {
    // The SDK refuses when the upload has ended meanwhile.
    this.connection
      .call(({ room }) => room.cancelMessageAttachmentUpload(original))
      .catch(() => undefined);
  }

  onUploaded(handler: (message: RoomMessage) => void): () => void {
    return this.connection.listen('sending', (message) => {
      if (hasAddress(message)) handler(message);
    });
  }
}
