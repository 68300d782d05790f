import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { BubbleMenu } from '@/components/ui/bubble-menu';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { EmptyState } from '@/components/ui/empty-state';
import { observer } from '@/components/page/observer';
import { useGoBack, useNavigate } from '@/components/page/navigate';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { useWatched } from '@/components/people/use-online';
import { VoiceBar } from '@/components/voice/voice-bar';
import { ConversationType } from '@/sdk/constants';
import { addressOf, type AccountStores, type Chat, type MessageRow } from '@/stores';
import type { MessagePlace } from '@/stores/chat/chat-history';
import { appTexts } from '@/i18n';
import { ChatActions } from './chat-actions';
import { isOnServer } from './act-handlers';
import { ChatFoot } from './chat-foot';
import { chatScroll } from './chat-scroll';
import { MessageList } from './message-list';
import { MissedNotice } from './missed-notice';
import { ReactionBar } from './reaction-bar';
import { TeamStrip } from './team-strip';
import { UnreadPills, walkOf } from './unread-pills';
import { placeIn, useJumps, useKeptPlace, useLeftPlace } from './use-jumps';
import { SwipeToReply } from './swipe-to-reply';
import { useTypingShown } from './use-typing';
import './chat.scss';

export const ChatView = observer(function ChatView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const conversationId = paramOf(params, 'conversationId');
  const isKnown = addressOf(conversationId).targetId !== '';
  return (
    <>
      <ConnectionBanner />
      {!isKnown && <NoChat />}
      {isKnown && account && (
        <ChatOf account={account} conversationId={conversationId} params={params} />
      )}
    </>
  );
});

/** Shown when the link to the page names no conversation. */
const NoChat = observer(function NoChat() {
  const t = useTexts(appTexts);
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
  params: PageParams;
}

const ChatOf = observer(function ChatOf({ account, conversationId, params }: ChatOfProps) {
  const chat = useChat(account, conversationId);
  return chat && <OpenChat account={account} chat={chat} first={placeIn(params)} />;
});

/** Opens the chat while the page exists. Messages count as read only while the page is shown. */
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
  /** Shown when the page opens. */
  first: MessagePlace | null;
}

/** The other side of a chat between two; empty for a team. */
function peerOf(conversationId: string): string {
  const { type, targetId } = addressOf(conversationId);
  return type === ConversationType.P2P ? targetId : '';
}

const OpenChat = observer(function OpenChat({ account, chat, first }: OpenChatProps) {
  const root = useStores();
  const t = useTexts(appTexts);
  const scroll = useMemo(() => chatScroll(chat), [chat]);
  const navigate = useNavigate();
  const list = useMemo(() => ({ scroll, settings: root.settings }), [scroll, root]);
  const left = useLeftPlace(account, chat, first);
  useJumps(chat, list, first, left);
  useKeptPlace(account, chat, scroll, left);
  useTypingShown(account, chat);
  useWatched(account, peerOf(chat.conversationId));
  // The walk asks for the read position before the first page moves it.
  const [walk] = useState(() => walkOf(account, chat, left !== null));
  useEffect(() => () => walk.dispose(), [walk]);
  const actions = useMemo(
    () => new ChatActions(chat, root, navigate, walk),
    [chat, root, navigate, walk],
  );
  useEffect(() => () => actions.dispose(), [actions]);
  useEffect(() => actions.extras.acts.pins.watch(chat.conversationId), [actions, chat]);
  const menuHead = useCallback(
    (row: MessageRow | null, close: () => void) => (
      <ReactionBar row={row} account={account} actions={actions} close={close} />
    ),
    [actions, account],
  );
  useEffect(() => {
    scroll.watch = new SwipeToReply(actions.swiped);
  }, [scroll, actions]);

  return (
    <>
      <TeamStrip account={account} conversationId={chat.conversationId} />
      <MissedNotice chat={chat} />
      <VoiceBar list={actions.voices} />
      <UnreadPills chat={chat} walk={walk} />
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
      <ChatFoot account={account} chat={chat} scroll={scroll} actions={actions} />
      <BubbleMenu
        port={actions.menu}
        itemsFor={actions.itemsFor}
        head={menuHead}
        hasHead={isOnServer}
      />
    </>
  );
});
