import type { TextKey } from '@/i18n';
import { MessageType } from '@/sdk/constants';
import { audioKind } from './audio';
import { callKind } from './call';
import { customKind } from './custom';
import { fileKind } from './file';
import { imageKind } from './image';
import type { KindSpec, RawMessage } from './kind-spec';
import { locationKind } from './location';
import { namedKind } from './named-kind';
import { notificationKind } from './notification';
import { textKind } from './text';
import { tipsKind } from './tips';
import { videoKind } from './video';

/** A kind for each message type of the SDK; `unknown` for the types of newer servers. */
export type MessageKind = Lowercase<Exclude<keyof typeof MessageType, 'INVALID'>> | 'unknown';

export type Kinds = { readonly [K in MessageKind]: KindSpec<unknown> };

/** All message kinds. A missing kind does not compile. The views are in components/message/bodies. */
export const KINDS = {
  text: textKind,
  image: imageKind,
  audio: audioKind,
  video: videoKind,
  location: locationKind,
  notification: notificationKind,
  file: fileKind,
  tips: tipsKind,
  robot: namedKind(MessageType.ROBOT, 'preview.unknown'),
  call: callKind,
  custom: customKind,
  unknown: namedKind(MessageType.INVALID, 'preview.unknown'),
} satisfies Kinds;

export type ContentOf<K extends MessageKind> = ReturnType<(typeof KINDS)[K]['parse']>;

/** The kind of a message, and the content that the kind has read from the message. */
export interface MessageContent<Kind extends string = MessageKind> {
  readonly kind: Kind;
  readonly content: unknown;
}

/** Makes the function that reads messages by a table of kinds, which has an `unknown`. */
export function kindReader<Kind extends string>(specs: Readonly<Record<Kind, KindSpec<unknown>>>) {
  const byType = new Map(
    (Object.keys(specs) as Kind[]).map((kind) => [specs[kind].messageType, kind]),
  );
  const kindOf = (messageType: number | undefined): Kind =>
    byType.get(messageType ?? MessageType.INVALID) ?? ('unknown' as Kind);
  const read = (message: RawMessage): MessageContent<Kind> => {
    const kind = kindOf(message.messageType);
    return { kind, content: specs[kind].parse(message) };
  };
  return { kindOf, read };
}

const reader = kindReader<MessageKind>(KINDS);

/** The kind of a V2NIMMessageType. */
export const messageKind = reader.kindOf;

/** Reads a message by its kind. Runs once, when the entry is made, and when the message is replaced. */
export const readMessage = reader.read;

/** The content of a message of this kind; null for another kind. */
export function contentOf<K extends MessageKind>(
  { kind, content }: MessageContent,
  wanted: K,
): ContentOf<K> | null {
  return kind === wanted ? (content as ContentOf<K>) : null;
}

/** Whether a value from storage is a kind of this version. */
export function isMessageKind(value: unknown): value is MessageKind {
  return Object.keys(KINDS).some((kind) => kind === value);
}

/** The text of a preview; empty where the name of the kind is shown. */
export function previewTextOf(message: RawMessage): string {
  const { parse, previewText } = specOf(messageKind(message.messageType));
  return previewText ? previewText(parse(message)) : '';
}

/** The text that "copy" puts on the clipboard; undefined for kinds without text. */
export function copyTextOf({ kind, content }: MessageContent): string | undefined {
  return specOf(kind).copyText?.(content);
}

export function isLineKind(kind: MessageKind): boolean {
  return specOf(kind).isLine === true;
}

/** The name of a kind in the texts of the app; null for a kind that is shown by its text alone. */
export function previewKeyOf(kind: MessageKind): TextKey | null {
  return specOf(kind).previewKey;
}

function specOf(kind: MessageKind): KindSpec<unknown> {
  return KINDS[kind];
}
