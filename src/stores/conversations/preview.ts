import type { TextKey } from '@/i18n';
import type { V2NIMLastMessage, V2NIMMessage } from '@/sdk/types';
import { MessageSendingState } from '@/sdk/constants';
import { isOneWay } from './account-removals';
import { isMessageKind, messageKind, type MessageKind, previewTextOf } from '../messages/kinds';
import { customNameOf, isCustomName } from '../messages/kinds/custom';
import { isTeamNotice, notificationKind, type TeamNotice } from '../messages/kinds/notification';

/** What a conversation row says about its last message. The view translates it. */
export interface Preview {
  kind: MessageKind;
  /** The text of a text message or a tip; empty for other kinds. */
  text: string;
  /** The author; empty when there is none. */
  senderId: string;
  status: 'sending' | 'failed' | 'sent';
  /** The account that recalled it; empty for a one-way recall, null for a message that was not recalled. */
  recalledBy: string | null;
  /** The change of a team that a notification tells. */
  notice?: TeamNotice;
  /** The name of a custom type that has a name. */
  name?: TextKey;
}

export const EMPTY_PREVIEW: Preview = {
  kind: 'text',
  text: '',
  senderId: '',
  status: 'sent',
  recalledBy: null,
};

/** Longest preview. Previews are stored in the snapshot and sent to the view, so a long message is cut. */
const PREVIEW_CHARACTERS = 80;

const RECALLED = 1;

/** A message on the server, in the form of the SDK's conversation list. */
export function lastMessageOf(message: V2NIMMessage): V2NIMLastMessage {
  const { messageType, text, attachment } = message;
  return {
    messageRefer: message,
    messageType,
    text,
    attachment,
    lastMessageState: 0,
    sendingState: MessageSendingState.SUCCEEDED,
  } as V2NIMLastMessage;
}

/** The preview of a conversation's last message in the SDK's form. */
export function previewOf(last: V2NIMLastMessage): Preview {
  const recalled = (last.lastMessageState as number) === RECALLED;
  const kind = messageKind(last.messageType);
  const notice = kind === 'notification' && !recalled ? notificationKind.parse(last) : null;
  const name = kind === 'custom' && !recalled ? customNameOf(last) : undefined;
  return {
    kind,
    text: recalled ? '' : shorten(previewTextOf(last)),
    senderId: last.messageRefer.senderId,
    status: sendingStatus(last.sendingState),
    recalledBy: recalled ? recallerOf(last) : null,
    ...(notice && { notice }),
    ...(name && { name }),
  };
}

function recallerOf({ revokeType, revokeAccountId, messageRefer }: V2NIMLastMessage): string {
  return isOneWay(revokeType) ? '' : (revokeAccountId ?? messageRefer.senderId);
}

/** The notice that replaces a recalled message. */
export function recalledPreview(senderId: string, recalledBy: string): Preview {
  return { ...EMPTY_PREVIEW, senderId, recalledBy };
}

export function samePreview(a: Preview, b: Preview): boolean {
  return (
    a.kind === b.kind &&
    a.text === b.text &&
    a.senderId === b.senderId &&
    a.status === b.status &&
    a.recalledBy === b.recalledBy &&
    a.name === b.name &&
    JSON.stringify(a.notice) === JSON.stringify(b.notice)
  );
}

const STATES: readonly unknown[] = ['sending', 'failed', 'sent'] satisfies Preview['status'][];

/** Whether a value read from storage is a preview of this version. */
export function isPreview(value: unknown): value is Preview {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, text, senderId, status, recalledBy, notice, name } = value as Partial<
    Record<keyof Preview, unknown>
  >;
  return (
    isMessageKind(kind) &&
    typeof text === 'string' &&
    typeof senderId === 'string' &&
    STATES.includes(status) &&
    (recalledBy === null || typeof recalledBy === 'string') &&
    (notice === undefined || isTeamNotice(notice)) &&
    (name === undefined || isCustomName(name))
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
