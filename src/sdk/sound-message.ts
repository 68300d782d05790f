import type { RoomMessage } from '../sdk-types';

/**
 * Makes a message conform to its type. A field that a server or a callback of a product leaves out, or sends
 * with another type, must not break the order of the other messages or the page: a missing sender becomes an
 * empty account, a text that is not a string is removed, a time that is not a number becomes the time of the
 * previous message (`lastTime`, ms since 1970). Returns undefined for a message without an id, which nothing
 * can refer to.
 */
export function soundMessage(message: RoomMessage, lastTime: number): RoomMessage | undefined {
  const { messageClientId, senderId, text, createTime } = message as {
    [K in 'messageClientId' | 'senderId' | 'text' | 'createTime']?: unknown;
  };
  if (typeof messageClientId !== 'string' || messageClientId === '') return undefined;
  const isSound =
    typeof senderId === 'string' &&
    (text === undefined || typeof text === 'string') &&
    Number.isFinite(createTime);
  if (isSound) return message;
  const { text: _, ...rest } = message;
  return {
    ...rest,
    isSelf: message.isSelf === true,
    senderId: typeof senderId === 'string' ? senderId : '',
    createTime: Number.isFinite(createTime) ? message.createTime : lastTime,
    ...(typeof text === 'string' ? { text } : {}),
  };
}
