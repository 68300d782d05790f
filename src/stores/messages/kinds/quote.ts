import { extensionIn, fieldsIn, numberIn, textIn } from './fields';

/** The message that another message answers, as the other message names it. The sender may name anything. */
export interface Quote {
  readonly messageClientId: string;
  /** Empty when the sender gave none; the server finds a message by its server id alone. */
  readonly messageServerId: string;
  /** Server time, milliseconds; 0 when the sender gave none. */
  readonly createTime: number;
  readonly senderId: string;
  readonly receiverId: string;
}

/** The fields of a message that name its original. */
export interface QuotingMessage {
  readonly threadReply?: unknown;
  readonly serverExtension?: unknown;
}

/** Longest id of a message or an account that is read, characters. */
const ID_LENGTH = 128;
/** The year 5138; a Date cannot show times far beyond it. */
const LAST_TIME = 1e14;

/**
 * The original that a reply names: `threadReply` of the SDK, or `{"yxReplyMsg": {idClient, idServer, from, receiverId,
 * time, ...}}` in the server extension, which Yunxin's older kits write and read. Null for a message that is no reply.
 */
export function quoteIn({ threadReply, serverExtension }: QuotingMessage): Quote | null {
  if (threadReply) {
    const { messageClientId, messageServerId, createTime, senderId, receiverId } =
      fieldsIn(threadReply);
    const quote = quoteOf(messageClientId, messageServerId, createTime, senderId, receiverId);
    if (quote) return quote;
  }
  if (typeof serverExtension !== 'string' || !serverExtension.includes('yxReplyMsg')) return null;
  const fields = fieldsIn(extensionIn(serverExtension).yxReplyMsg);
  const { idClient, idServer, time, from, receiverId } = fields;
  return quoteOf(idClient, idServer, time, from, receiverId);
}

/** The fields that Yunxin's older kits read from the server extension of a reply. */
export function kitReplyOf({
  messageClientId,
  messageServerId,
  createTime,
  senderId,
  receiverId,
  conversationId,
  conversationType,
}: Quote & { readonly conversationId: string; readonly conversationType: number }): object {
  return {
    idClient: messageClientId,
    scene: conversationType,
    from: senderId,
    receiverId,
    to: conversationId,
    idServer: messageServerId,
    time: createTime,
  };
}

function quoteOf(
  clientId: unknown,
  serverId: unknown,
  createTime: unknown,
  senderId: unknown,
  receiverId: unknown,
): Quote | null {
  const messageClientId = idIn(clientId);
  if (messageClientId === '') return null;
  return {
    messageClientId,
    messageServerId: /^[1-9]\d*$/.test(idIn(serverId)) ? idIn(serverId) : '',
    createTime: Math.floor(numberIn(createTime, LAST_TIME)),
    senderId: idIn(senderId),
    receiverId: idIn(receiverId),
  };
}

/** Empty for another type, and for a text that is too long for an id. */
function idIn(value: unknown): string {
  const text = textIn(value);
  return text.length <= ID_LENGTH ? text : '';
}
