import type { RoomMessage } from '../sdk';

/**
 * A message as its type says it is. What a server or a callback of a product leaves out, or sends as something
 * else, must not break the order of the others or the page: a missing sender is nobody, a text that is no text
 * is none, a time that is no number is the time of the message before (`lastTime`, ms since 1970). Undefined for
 * a message without an id: nothing could be done with it.
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
