import { ConversationType } from '@/sdk/constants';

/** `myAccountId|type|targetId`. The SDK's own helper needs a running login; this function does not. */
export function p2pConversationId(myAccountId: string, accountId: string): string {
  return `${myAccountId}|${ConversationType.P2P}|${accountId}`;
}

/** The id of the conversation of a team. The types of conversations are 1 above V2NIMTeamType. */
export function teamConversationId(
  myAccountId: string,
  { teamId, teamType }: { readonly teamId: string; readonly teamType: number },
): string {
  return `${myAccountId}|${teamType + 1}|${teamId}`;
}

export interface ConversationAddress {
  type: number;
  /** The other account or the team. */
  targetId: string;
}

export function addressOf(conversationId: string): ConversationAddress {
  const [, type = '', ...target] = conversationId.split('|');
  return { type: Number(type) || ConversationType.UNKNOWN, targetId: target.join('|') };
}
