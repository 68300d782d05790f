interface Fields {
  readonly messageClientId: string;
  /** Chatrooms have none. */
  readonly messageServerId?: string;
  readonly senderId: string;
  /** Milliseconds since 1970. */
  readonly createTime: number;
  readonly isSelf: boolean;
  readonly text?: string;
}

/**
 * Makes a message conform to its type. A field that a server or a callback of a product leaves out, or sends
 * with another type, must not break the order of the other messages or the page: a missing sender becomes an
 * empty account, a text that is not a string is removed, a server id that is not a string becomes empty, a time
 * that is not a number becomes the time of the previous message (`lastTime`, ms since 1970). Returns undefined for a
 * message without an id, which nothing can refer to.
 */
export function soundMessage<M extends Fields>(message: M, lastTime: number): M | undefined {
  const { messageClientId, messageServerId, senderId, text, createTime } = message as {
    [K in keyof Fields]?: unknown;
  };
  if (typeof messageClientId !== 'string' || messageClientId === '') return undefined;
  const isSound =
    typeof senderId === 'string' &&
    isTextOrMissing(text) &&
    isTextOrMissing(messageServerId) &&
    Number.isFinite(createTime);
  if (isSound) return message;
  const { text: _, ...rest } = message;
  return {
    ...rest,
    isSelf: message.isSelf === true,
    senderId: typeof senderId === 'string' ? senderId : '',
    createTime: Number.isFinite(createTime) ? message.createTime : lastTime,
    ...(typeof text === 'string' ? { text } : {}),
    ...(isTextOrMissing(messageServerId) ? {} : { messageServerId: '' }),
  } as M;
}

/**
 * The sound messages among the messages of a page or a push, in their order. `lastTime`: the time of the message
 * before them, ms since 1970.
 */
export function soundMessages<M extends Fields>(messages: readonly M[], lastTime: number): M[] {
  let time = lastTime;
  return messages.flatMap((given) => {
    const message = soundMessage(given, time);
    if (!message) return [];
    time = message.createTime;
    return [message];
  });
}

function isTextOrMissing(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
