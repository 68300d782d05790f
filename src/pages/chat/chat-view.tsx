import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { BubbleMenu } from '@/components/bubble-menu';
import { Composer } from '@/components/composer/composer';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import type { PageParams } from '@/components/page';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { AccountStores, Chat } from '@/stores';
import { CallButton } from './call-button';
import { ChatActions } from './chat-actions';
import { LIST_ID, MessageList } from './message-list';
import { MissedNotice } from './missed-notice';
import './chat.scss';

export const ChatView = observer(function ChatView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const chat = useChat(account, decodeURIComponent(params.conversationId ?? ''));
  return (
    <>
      <ConnectionBanner />
      {account && chat && <OpenChat account={account} chat={chat} />}
    </>
  );
});

/** The chat while the page lives; it counts as read only while the page is shown. */
function useChat(account: AccountStores | null, conversationId: string): Chat | null {
  const [chat, setChat] = useState<Chat | null>(null);
  useEffect(() => {
    const opened = account?.messages.open(conversationId) ?? null;
    setChat(opened);
    return () => opened?.close();
  }, [account, conversationId]);
  useDidShow(() => chat?.setVisible(true));
  useDidHide(() => chat?.setVisible(false));
  return chat;
}

interface OpenChatProps {
  account: AccountStores;
  chat: Chat;
}

const OpenChat = observer(function OpenChat({ account, chat }: OpenChatProps) {
  const root = useStores();
  const t = useT();
  const scroll = useMemo(() => new ListScroll(chat, LIST_ID), [chat]);
  const actions = useMemo(() => new ChatActions(chat, root), [chat, root]);

  const send = useCallback((text: string) => chat.sendText(text), [chat]);
  const { conversationId } = chat;
  const tools = useCallback(
    (hidden: boolean) => <CallButton conversationId={conversationId} hidden={hidden} />,
    [conversationId],
  );

  return (
    <>
      <MissedNotice chat={chat} />
      {chat.error && !chat.ready ? (
        <EmptyState
          title={t('chat.error')}
          hint={reasonText(chat.error.code, root.settings.language)}
          action={t('common.retry')}
          onAction={() => void chat.loadOlder()}
        />
      ) : (
        <MessageList account={account} chat={chat} scroll={scroll} actions={actions} />
      )}
      <Composer scroll={scroll} inlet={actions.inlet} onSend={send} tools={tools} />
      <BubbleMenu port={actions.menu} itemsFor={actions.itemsFor} />
    </>
  );
});
