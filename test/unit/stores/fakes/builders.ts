import type { V2NIMLocalConversation, V2NIMMessage } from '@/sdk/types';

export const ME = 'me';
const PEER = 'peer';
export const CONVERSATION = `${ME}|1|${PEER}`;

let counter = 0;

/** Creates a text message as the SDK delivers it, from the peer by default. */
export function message(fields: Partial<V2NIMMessage> = {}): V2NIMMessage {
  const number = ++counter;
  const senderId = fields.senderId ?? PEER;
  return {
    messageClientId: `c${number}`,
    messageServerId: `${1_000_000 + number}`,
    createTime: 1_700_000_000_000 + number,
    senderId,
    receiverId: senderId === ME ? PEER : ME,
    conversationType: 1,
    conversationId: CONVERSATION,
    isSelf: senderId === ME,
    sendingState: 0,
    messageType: 0,
    text: `text ${number}`,
    messageStatus: { errorCode: 200 },
    ...fields,
  } as V2NIMMessage;
}

/** Creates an own message as the SDK's message creator does. */
export function draft(fields: Partial<V2NIMMessage> = {}): V2NIMMessage {
  return message({ senderId: ME, messageServerId: '', ...fields });
}

/** Creates a conversation with the given last message. */
export function conversation(
  last: V2NIMMessage | null,
  fields: Partial<V2NIMLocalConversation> = {},
): V2NIMLocalConversation {
  return {
    conversationId: last?.conversationId ?? CONVERSATION,
    type: 1,
    name: 'Peer',
    avatar: '',
    mute: false,
    stickTop: false,
    localExtension: '',
    unreadCount: 0,
    sortOrder: 0,
    createTime: 0,
    updateTime: last?.createTime ?? 0,
    lastMessage: last && {
      lastMessageState: 0,
      messageType: last.messageType,
      text: last.text,
      sendingState: last.sendingState,
      messageRefer: {
        senderId: last.senderId,
        receiverId: last.receiverId,
        messageClientId: last.messageClientId,
        messageServerId: last.messageServerId,
        createTime: last.createTime,
        conversationType: 1,
        conversationId: last.conversationId,
      },
    },
    ...fields,
  } as V2NIMLocalConversation;
}
