import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useMemo, useState } from 'react';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import type { PageParams } from '@/components/page';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { AccountStores, Chat } from '@/stores';
import { ChatActions } from './chat-actions';
import { Composer } from './composer';
import { LIST_ID, MessageList } from './message-list';
import { MessageMenu } from './message-menu';
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

  return (
    <>
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
      <Composer chat={chat} scroll={scroll} actions={actions} />
      <MessageMenu actions={actions} />
    </>
  );
});
