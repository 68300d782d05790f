import { useEffect, useMemo } from 'react';
import { useNavigate } from '@/components/page/navigate';
import type { AccountStores, Chat } from '@/stores';
import type { ChatActions } from '../chat-actions';
import { askForMember, mentionName, mentionPage } from './member-choice';
import { MentionWriter } from './mention-writer';

/** The mentions of a team's composer; null in a chat of two. */
export function useMentions(
  account: AccountStores,
  chat: Chat,
  actions: ChatActions,
): MentionWriter | null {
  const navigate = useNavigate();
  const { conversationId } = chat;
  const { drafts } = account.messages;
  const team = account.teams.teamOf(conversationId);
  const writer = useMemo(() => {
    if (!team) return null;
    const draft = { text: drafts.of(conversationId), extra: drafts.extraOf(conversationId) };
    return new MentionWriter(actions.inlet, draft);
  }, [team, drafts, conversationId, actions]);
  useEffect(() => {
    actions.mentions = writer;
    if (!writer || !team) return;
    writer.onAt = () => {
      askForMember(conversationId, (accountId, name) => writer.insert(accountId, name));
      navigate(mentionPage(conversationId));
    };
    actions.mention = (accountId) => {
      const name = mentionName(account.teams.nickOf(team, accountId), account.users.get(accountId));
      writer.insert(accountId, name);
    };
  }, [writer, team, account, conversationId, navigate, actions]);
  return writer;
}
