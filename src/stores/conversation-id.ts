import { ConversationType } from '@/sdk/constants';

/** `myAccountId|type|targetId`; the SDK's own helper needs a running login, these do not. */
export function p2pConversationId(myAccountId: string, accountId: string): string {
  return `${myAccountId}|${ConversationType.P2P}|${accountId}`;
}

export interface ConversationAddress {
  type: number;
  /** The other account, or the team. */
  targetId: string;
}

export function addressOf(conversationId: string): ConversationAddress {
  const [, type = '', ...target] = conversationId.split('|');
  return { type: Number(type) || ConversationType.UNKNOWN, targetId: target.join('|') };
}
