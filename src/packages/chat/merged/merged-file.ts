import { MessageType } from '@/sdk/constants';
import { type MessageKind, readMessage } from '@/stores/messages/kinds';
import { extensionIn, fieldsIn, numberIn, textIn } from '@/stores/messages/kinds/fields';

/** A message in a file of forwarded messages, in the form that the bodies of messages take. */
export interface MergedMessage {
  readonly messageClientId: string;
  readonly senderId: string;
  readonly senderName: string;
  /** An address, or empty. */
  readonly senderAvatar: string;
  /** Milliseconds; 0 when unknown. */
  readonly createTime: number;
  readonly kind: MessageKind;
  readonly content: unknown;
}

/** Yunxin's kits put at most 100 messages into a file. */
const MOST_MESSAGES = 200;
const NAME_LENGTH = 64;
const URL_LENGTH = 1000;
/** The end of the year 9999, ms. */
const LATEST = 253_402_300_799_999;

/** Fields of a message as `V2NIMMessageConverter` writes them (docs/yunxin-protocol.md, section 8.1). */
const FIELD = {
  senderId: '2',
  createTime: '7',
  messageType: '8',
  text: '9',
  attachment: '10',
  clientId: '11',
  serverExtension: '15',
} as const;

/**
 * Reads a file of forwarded messages: a header in the first line, which some kits leave out, then a message in each
 * line. Lines that are not a message are left out. Never throws.
 */
export function messagesIn(file: string): MergedMessage[] {
  const messages: MergedMessage[] = [];
  for (const line of file.split('\n')) {
    if (messages.length === MOST_MESSAGES) break;
    const message = messageIn(line, messages.length);
    if (message) messages.push(message);
  }
  return messages;
}

function messageIn(line: string, index: number): MergedMessage | null {
  const fields = jsonIn(line);
  const type = fields[FIELD.messageType];
  if (type === undefined) return null;
  const messageType = Number(type);
  const senderId = textIn(fields[FIELD.senderId]);
  const serverExtension = textIn(fields[FIELD.serverExtension]);
  const { mergedMessageNickKey, mergedMessageAvatarKey } = extensionIn(serverExtension);
  const avatar = textIn(mergedMessageAvatarKey);
  return {
    // Other ids than those of the file: a file may have the same message twice.
    messageClientId: `merged-${index}`,
    senderId,
    senderName: (textIn(mergedMessageNickKey) || senderId).slice(0, NAME_LENGTH),
    senderAvatar: /^https?:\/\//i.test(avatar) && avatar.length <= URL_LENGTH ? avatar : '',
    createTime: numberIn(fields[FIELD.createTime], LATEST),
    ...readMessage({
      messageType,
      text: textIn(fields[FIELD.text]),
      attachment: attachmentIn(messageType, fields[FIELD.attachment]),
      serverExtension,
    }),
  };
}

/** The attachment in the SDK's form; its file form has shorter names. */
function attachmentIn(messageType: number, value: unknown): unknown {
  const raw = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  if (messageType === MessageType.CUSTOM) return { raw };
  const fields = jsonIn(raw);
  switch (messageType) {
    case MessageType.IMAGE:
    case MessageType.AUDIO:
    case MessageType.VIDEO:
    case MessageType.FILE: {
      const ext = textIn(fields.ext);
      return {
        ...fields,
        // A path would name a file of this device.
        path: '',
        width: fields.w,
        height: fields.h,
        duration: fields.dur,
        ext: ext === '' || ext.startsWith('.') ? ext : `.${ext}`,
      };
    }
    case MessageType.LOCATION:
      return { latitude: fields.lat, longitude: fields.lng, address: fields.title };
    default:
      return fields;
  }
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return {};
  }
}
