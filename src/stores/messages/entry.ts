import { soundMessage } from '@/sdk/sound-message';
import { type MessageKind, readMessage } from './kinds';
import type { Recall } from './removed-messages';
import type { Orderable } from './timeline';

/** The fields of a message that the engine reads. The messages of the IM and of the chatroom SDK have them. */
export interface EngineMessage {
  readonly messageClientId: string;
  /** Server time, milliseconds; the sender's own time until acknowledged. */
  readonly createTime: number;
  readonly senderId: string;
  readonly isSelf: boolean;
  /** A V2NIMMessageType. */
  readonly messageType: number;
  readonly text?: string;
  readonly attachment?: unknown;
  readonly serverExtension?: string;
  /** Missing in chatrooms. */
  readonly conversationId?: string;
}

export type MessageStatus = 'sending' | 'sent' | 'failed';

export interface SendState {
  status: MessageStatus;
  /** Of a failed message, a row of the reasons table; 0 otherwise. */
  errorCode: number;
  /** Percentage of an upload, 0 to 100. */
  progress: number;
}

export type SendEvent =
  | { readonly type: 'retry' }
  | { readonly type: 'progress'; readonly percent: number }
  | { readonly type: 'failed'; readonly code: number }
  | { readonly type: 'accepted' };

/**
 * The send state after an event. The state never moves backwards: a message that the server has accepted
 * stays `sent`, whatever a late answer to an older attempt says.
 */
export function nextSendState(state: SendState, event: SendEvent): SendState {
  const { status, errorCode, progress } = state;
  if (status === 'sent') return { status, errorCode, progress };
  switch (event.type) {
    case 'retry':
      return { status: 'sending', errorCode: 0, progress };
    case 'progress':
      return { status, errorCode, progress: event.percent };
    case 'failed':
      return { status: 'failed', errorCode: event.code, progress };
    case 'accepted':
      return { status: 'sent', errorCode: 0, progress: 100 };
  }
}

/** One message of a chat or room as plain memory. Its row is made from the entry and can be made again. */
export interface Entry<M extends EngineMessage = EngineMessage> extends Orderable, SendState {
  message: M;
  messageClientId: string;
  messageServerId: string;
  createTime: number;
  kind: MessageKind;
  /** The content that the kind has read from the message; see KINDS. */
  content: unknown;
  /** Null unless the message was recalled. */
  recall: Recall | null;
}

/** An entry of a message that the server has. `serverId` orders it within one millisecond. */
export function knownEntry<M extends EngineMessage>(message: M, serverId: string): Entry<M> {
  return entryOf(message, serverId, { status: 'sent', errorCode: 0, progress: 100 });
}

/** An entry of an own message that the server has not acknowledged. */
export function unsentEntry<M extends EngineMessage>(message: M): Entry<M> {
  return entryOf(message, '', { status: 'sending', errorCode: 0, progress: 0 });
}

/** Merges a repeated message. The server's copy wins: a message that the server knows is sent. */
export function mergeEntry<E extends Entry>(known: E, incoming: E): E {
  if (known === incoming) return known;
  if (incoming.messageServerId) {
    acceptMessage(known, incoming.message, incoming.messageServerId);
    applySendEvent(
      known,
      incoming.status === 'failed'
        ? { type: 'failed', code: incoming.errorCode }
        : { type: 'accepted' },
    );
  }
  known.recall ??= incoming.recall;
  return known;
}

/** Replaces the message by another copy, whose content may differ: a picture has its address after the upload. */
export function replaceMessage<M extends EngineMessage>(entry: Entry<M>, message: M): void {
  if (entry.message === message) return;
  entry.message = message;
  entry.content = readMessage(message).content;
}

/**
 * Takes over the server's copy. The first copy fixes the position of the message. Of a copy with another id, from a
 * malformed answer, only the server id is taken.
 */
export function acceptMessage<M extends EngineMessage>(
  entry: Entry<M>,
  copy: M,
  serverId: string,
): void {
  const sound = soundMessage(copy, entry.createTime);
  const message = sound?.messageClientId === entry.messageClientId ? sound : entry.message;
  replaceMessage(entry, message);
  if (entry.messageServerId) return;
  entry.messageServerId = serverId;
  entry.createTime = message.createTime;
}

export function applySendEvent(entry: SendState, event: SendEvent): void {
  Object.assign(entry, nextSendState(entry, event));
}

function entryOf<M extends EngineMessage>(
  message: M,
  messageServerId: string,
  state: SendState,
): Entry<M> {
  const { messageClientId, createTime } = message;
  return {
    message,
    messageClientId,
    messageServerId,
    createTime,
    ...readMessage(message),
    ...state,
    recall: null,
  };
}
