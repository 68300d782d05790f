import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { BubbleMenu } from '@/components/bubble-menu';
import { Composer } from '@/components/composer/composer';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import { useGoBack } from '@/components/navigate';
import { type PageParams, paramOf } from '@/components/page-params';
import { reasonText } from '@/components/reason-text';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import { addressOf, type AccountStores, type Chat } from '@/stores';
import { CallButton } from './call-button';
import { ChatActions } from './chat-actions';
import { LIST_ID, MessageList } from './message-list';
import { MissedNotice } from './missed-notice';
import './chat.scss';

export const ChatView = observer(function ChatView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const conversationId = paramOf(params, 'conversationId');
  const isKnown = addressOf(conversationId).targetId !== '';
  return (
    <>
      <ConnectionBanner />
      {!isKnown && <NoChat />}
      {isKnown && account && <ChatOf account={account} conversationId={conversationId} />}
    </>
  );
});

/** The page was opened by a link that names no conversation. */
const NoChat = observer(function NoChat() {
  const t = useT();
  const goBack = useGoBack(routes.conversations, 'tab');
  return (
    <EmptyState
      title={t('chat.unknown')}
      hint={t('chat.unknownHint')}
      action={t('common.back')}
      onAction={goBack}
    />
  );
});

interface ChatOfProps {
  account: AccountStores;
  conversationId: string;
}

const ChatOf = observer(function ChatOf({ account, conversationId }: ChatOfProps) {
  const chat = useChat(account, conversationId);
  return chat && <OpenChat account={account} chat={chat} />;
});

/** The chat while the page lives; it counts as read only while the page is shown. */
function useChat(account: AccountStores, conversationId: string): Chat | null {
  const [chat, setChat] = useState<Chat | null>(null);
  const [viewer] = useState(() => ({}));
  useEffect(() => {
    const opened = account.messages.open(conversationId);
    opened.setVisible(true, viewer);
    setChat(opened);
    return () => opened.close(viewer);
  }, [account, conversationId, viewer]);
  useDidShow(() => chat?.setVisible(true, viewer));
  useDidHide(() => chat?.setVisible(false, viewer));
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
