import { ConversationType, MessageType } from './constants';
import type { LegacyFile, LegacyMessage } from './legacy-callbacks';
import type { V2NIMMessage } from './types';

const SCENES: Readonly<Record<number, LegacyMessage['scene']>> = {
  [ConversationType.P2P]: 'p2p',
  [ConversationType.TEAM]: 'team',
  [ConversationType.SUPER_TEAM]: 'superTeam',
};

const TYPES: Readonly<Record<number, string>> = {
  [MessageType.TEXT]: 'text',
  [MessageType.IMAGE]: 'image',
  [MessageType.AUDIO]: 'audio',
  [MessageType.VIDEO]: 'video',
  [MessageType.LOCATION]: 'geo',
  [MessageType.NOTIFICATION]: 'notification',
  [MessageType.FILE]: 'file',
  [MessageType.TIPS]: 'tip',
  [MessageType.ROBOT]: 'robot',
  [MessageType.CALL]: 'g2',
  [MessageType.CUSTOM]: 'custom',
};

const WITH_FILE: readonly number[] = [
  MessageType.IMAGE,
  MessageType.AUDIO,
  MessageType.VIDEO,
  MessageType.FILE,
];

/** Converts a message of the V2 API to the older Web SDK's shape, for `onmsgs`. */
export function legacyMessage(message: V2NIMMessage): LegacyMessage {
  const { conversationType, senderId, receiverId, isSelf, messageType } = message;
  const scene = SCENES[conversationType] ?? 'p2p';
  const target = scene === 'p2p' && !isSelf ? senderId : receiverId;
  return {
    scene,
    from: senderId,
    to: receiverId,
    target,
    sessionId: `${scene}-${target}`,
    flow: isSelf ? 'out' : 'in',
    type: TYPES[messageType] ?? 'unknown',
    text: message.text ?? '',
    time: message.createTime,
    idClient: message.messageClientId,
    idServer: message.messageServerId,
    status: 'success',
    custom: message.serverExtension ?? '',
    ...attachmentOf(message),
  };
}

function attachmentOf({
  messageType,
  attachment,
}: V2NIMMessage): Pick<LegacyMessage, 'content' | 'file' | 'geo'> {
  if (!attachment) return {};
  const fields = attachment as unknown as Record<string, unknown>;
  if (messageType === MessageType.CUSTOM) return { content: text(fields['raw']) };
  if (messageType === MessageType.LOCATION) {
    const { latitude, longitude, address } = fields;
    return { geo: { lat: Number(latitude), lng: Number(longitude), title: text(address) } };
  }
  return WITH_FILE.includes(messageType) ? { file: fileOf(fields) } : {};
}

function fileOf(fields: Record<string, unknown>): LegacyFile {
  const { name, size, ext, md5, url, width, height, duration } = fields;
  const file = { name, size, ext, md5, url, w: width, h: height, dur: duration };
  return Object.fromEntries(
    Object.entries(file).filter(([, value]) => value !== undefined),
  ) as LegacyFile;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
