import type { V2NIMMessage } from '@/sdk/types';
import type { Recall } from './removed-messages';
import { acknowledgedId, type Orderable } from './timeline';

export type MessageStatus = 'sending' | 'sent' | 'failed';

/** One message of a chat as plain memory: what the row shows is made from it and can be made again. */
export interface ChatEntry extends Orderable {
  message: V2NIMMessage;
  messageClientId: string;
  messageServerId: string;
  createTime: number;
  status: MessageStatus;
  /** Of a failed message; 0 otherwise. */
  errorCode: number;
  /** Who recalled it and when, by our clock; null when nobody did. */
  recall: Recall | null;
}

const SUCCESS = 200;

/** An entry of a message the server knows. */
export function knownEntry(message: V2NIMMessage): ChatEntry {
  return entryOf(message, acknowledgedId(message), 'sent');
}

/** An entry of a message of ours that is on its way. */
export function unsentEntry(message: V2NIMMessage): ChatEntry {
  return entryOf(message, '', 'sending');
}

/** The server's word wins: a message it names is sent, whatever became of our attempt. */
export function mergeEntry(known: ChatEntry, incoming: ChatEntry): ChatEntry {
  if (known === incoming) return known;
  if (incoming.messageServerId) {
    acknowledge(known, incoming.message);
    known.status = incoming.status;
    known.errorCode = incoming.errorCode;
  }
  known.recall ??= incoming.recall;
  return known;
}

/** What the server said about a message it took: 200, or e.g. that the receiver blocked us. */
export function applyResult(entry: ChatEntry, message: V2NIMMessage): void {
  const code = message.messageStatus?.errorCode ?? SUCCESS;
  acknowledge(entry, message);
  entry.status = code === SUCCESS ? 'sent' : 'failed';
  entry.errorCode = code === SUCCESS ? 0 : code;
}

/** Its first word says where the message stands, for good. */
function acknowledge(entry: ChatEntry, message: V2NIMMessage): void {
  entry.message = message;
  if (entry.messageServerId) return;
  entry.messageServerId = acknowledgedId(message);
  entry.createTime = message.createTime;
}

function entryOf(message: V2NIMMessage, messageServerId: string, status: MessageStatus): ChatEntry {
  const { messageClientId, createTime } = message;
  return {
    message,
    messageClientId,
    messageServerId,
    createTime,
    status,
    errorCode: 0,
    recall: null,
  };
}
