import { previewText } from '@/components/format/preview-text';
import { appTexts, type Language } from '@/i18n';
import type { V2NIMMessage } from '@/sdk/types';
import { addressOf, type AccountStores } from '@/stores';
import { lastMessageOf, previewOf } from '@/stores/conversations/preview';

/** The text of a found message: the whole text, or the line of the list for other kinds. */
export function messageText(
  account: AccountStores,
  message: V2NIMMessage,
  language: Language,
): string {
  if (message.text) return message.text;
  const { accountId, users } = account;
  const context = {
    myAccountId: accountId,
    isP2p: true,
    nameOf: (id: string) => users.get(id).name,
  };
  return previewText(previewOf(lastMessageOf(message)), context, appTexts(language));
}

/** Name and picture of a conversation. */
export function faceOf(account: AccountStores, conversationId: string) {
  const { targetId } = addressOf(conversationId);
  const row = account.conversations.get(conversationId);
  const isTeam = account.teams.teamOf(conversationId) !== null;
  const peer = isTeam ? null : account.users.get(targetId);
  return {
    targetId,
    name: account.titleOf(conversationId) || targetId,
    avatar: peer?.avatar ?? row?.avatar ?? '',
  };
}
