import type { V2NIMLastMessage, V2NIMMessage } from '@/sdk/types';
import { MessageSendingState } from '@/sdk/constants';
import { isMessageKind, messageKind, type MessageKind } from './message-kind';

/** What a conversation row says about its last message; the view puts it into the user's language. */
export interface Preview {
  kind: MessageKind;
  /** The text of a text message or a tip; empty for other kinds. */
  text: string;
  /** Who wrote it; empty when nobody did. */
  senderId: string;
  status: 'sending' | 'failed' | 'sent';
  /** Who recalled it, or null. */
  recalledBy: string | null;
}

export const EMPTY_PREVIEW: Preview = {
  kind: 'text',
  text: '',
  senderId: '',
  status: 'sent',
  recalledBy: null,
};

/** Previews are kept in the snapshot and sent to the view: a novel of a message does not belong there. */
const PREVIEW_CHARACTERS = 80;

const RECALLED = 1;

/** A message that the server has, as the SDK names it in its list. */
export function lastMessageOf(message: V2NIMMessage): V2NIMLastMessage {
  const { messageType, text } = message;
  return {
    messageRefer: message,
    messageType,
    text,
    lastMessageState: 0,
    sendingState: MessageSendingState.SUCCEEDED,
  } as V2NIMLastMessage;
}

/** The preview of a conversation's last message as the SDK describes it. */
export function previewOf(last: V2NIMLastMessage): Preview {
  const recalled = (last.lastMessageState as number) === RECALLED;
  return {
    kind: messageKind(last.messageType),
    text: recalled ? '' : shorten(last.text ?? ''),
    senderId: last.messageRefer.senderId,
    status: sendingStatus(last.sendingState),
    recalledBy: recalled ? (last.revokeAccountId ?? last.messageRefer.senderId) : null,
  };
}

/** The notice in the place of a recalled message. */
export function recalledPreview(senderId: string, recalledBy: string): Preview {
  return { ...EMPTY_PREVIEW, senderId, recalledBy };
}

export function samePreview(a: Preview, b: Preview): boolean {
  return (
    a.kind === b.kind &&
    a.text === b.text &&
    a.senderId === b.senderId &&
    a.status === b.status &&
    a.recalledBy === b.recalledBy
  );
}

const STATES: readonly unknown[] = ['sending', 'failed', 'sent'] satisfies Preview['status'][];

/** Whether a value read from storage is a preview of this version. */
export function isPreview(value: unknown): value is Preview {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, text, senderId, status, recalledBy } = value as Partial<
    Record<keyof Preview, unknown>
  >;
  return (
    isMessageKind(kind) &&
    typeof text === 'string' &&
    typeof senderId === 'string' &&
    STATES.includes(status) &&
    (recalledBy === null || typeof recalledBy === 'string')
  );
}

function sendingStatus(state: number | undefined): Preview['status'] {
  if (state === MessageSendingState.SENDING) return 'sending';
  return state === MessageSendingState.FAILED ? 'failed' : 'sent';
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > PREVIEW_CHARACTERS
    ? `${characters.slice(0, PREVIEW_CHARACTERS).join('')}…`
    : line;
}
