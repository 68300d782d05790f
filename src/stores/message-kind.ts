import { MessageType } from '@/sdk/constants';

/** What a row or a preview is about; the view has one face and one text for each. */
export type MessageKind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'location'
  | 'notification'
  | 'file'
  | 'tips'
  | 'robot'
  | 'call'
  | 'custom'
  | 'unknown';

const KINDS: ReadonlyMap<number, MessageKind> = new Map<number, MessageKind>([
  [MessageType.TEXT, 'text'],
  [MessageType.IMAGE, 'image'],
  [MessageType.AUDIO, 'audio'],
  [MessageType.VIDEO, 'video'],
  [MessageType.LOCATION, 'location'],
  [MessageType.NOTIFICATION, 'notification'],
  [MessageType.FILE, 'file'],
  [MessageType.TIPS, 'tips'],
  [MessageType.ROBOT, 'robot'],
  [MessageType.CALL, 'call'],
  [MessageType.CUSTOM, 'custom'],
]);

/** The kind of a V2NIMMessageType; `unknown` for types of a newer server. */
export function messageKind(messageType: number | undefined): MessageKind {
  return (messageType === undefined ? undefined : KINDS.get(messageType)) ?? 'unknown';
}

/** Whether a value read from storage is a kind this version knows. */
export function isMessageKind(value: unknown): value is MessageKind {
  return value === 'unknown' || [...KINDS.values()].some((kind) => kind === value);
}
