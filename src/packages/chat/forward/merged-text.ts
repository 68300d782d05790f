import { ConversationType, MessageType, SDK_VERSION } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { extensionIn, fieldsIn, textIn } from '@/stores/messages/kinds/fields';

/** The sender of a message, by the name that the conversation shows. */
export interface Sender {
  readonly name: string;
  /** An address, or empty. */
  readonly avatar: string;
}

/** The client type of a web client, which Yunxin's kits expect in the header. */
const TERMINAL = 16;

/** The number of a V2NIMConversationType on the wire. */
const WIRE_TYPES: Readonly<Record<number, number>> = {
  [ConversationType.P2P]: 0,
  [ConversationType.TEAM]: 1,
  [ConversationType.SUPER_TEAM]: 5,
};

/** Fields of an attachment that belong to this device, or have a shorter name in the file. */
const LEFT_OUT = new Set([
  ...['width', 'height', 'duration', 'ext'],
  ...['path', 'file', 'raw', 'ctx', 'payload', 'bucketName', 'objectName', 'token'],
]);

/**
 * The file of forwarded messages: a header, then a line for each message, as `V2NIMMessageConverter` of the SDK writes
 * it (docs/yunxin-protocol.md, section 8.1). The converter itself would add 9.6 KB to the SDK of this client.
 */
export function mergedText(
  messages: readonly V2NIMMessage[],
  senderOf: (message: V2NIMMessage) => Sender,
): string {
  const header = {
    version: 1,
    terminal: TERMINAL,
    sdk_version: SDK_VERSION,
    message_count: messages.length,
  };
  const lines = messages.map((message) => lineOf(message, senderOf(message)));
  return [header, ...lines].map((line) => JSON.stringify(line)).join('\n');
}

function lineOf(message: V2NIMMessage, { name, avatar }: Sender): object {
  const { messageType } = message;
  return {
    0: WIRE_TYPES[message.conversationType],
    1: message.receiverId,
    2: message.senderId,
    7: message.createTime,
    8: messageType,
    9: message.text,
    10: attachmentText(messageType, message.attachment),
    11: message.messageClientId,
    12: message.messageServerId,
    15: JSON.stringify({
      ...keptIn(message.serverExtension),
      mergedMessageNickKey: name,
      mergedMessageAvatarKey: avatar,
    }),
  };
}

/**
 * The waveform of a sound and the mentions of a text. Other fields of the sender stay in the conversation: the earlier
 * texts of an edited message, the original of a reply, and fields of the product.
 */
function keptIn(serverExtension: string | undefined): object {
  const { waveform, yxAitMsg } = extensionIn(serverExtension);
  return { waveform, yxAitMsg };
}

function attachmentText(messageType: number, attachment: unknown): string | undefined {
  const fields = fieldsIn(attachment);
  switch (messageType) {
    case MessageType.TEXT:
      // The SDK's copy of a text has the text as attachment.
      return undefined;
    case MessageType.CUSTOM:
      return textIn(fields.raw);
    case MessageType.LOCATION:
      return JSON.stringify({
        lat: fields.latitude,
        lng: fields.longitude,
        title: fields.address,
      });
    default: {
      const { ext, width, height, duration } = fields;
      const kept = Object.entries(fields).filter(([key]) => !LEFT_OUT.has(key));
      return JSON.stringify({
        ...Object.fromEntries(kept),
        ext: typeof ext === 'string' ? ext.replace(/^\./, '') : ext,
        w: width,
        h: height,
        dur: duration,
      });
    }
  }
}
