import { ScrollView, View } from '@tarojs/components';
import { type ReactNode, useCallback, useEffect, useLayoutEffect } from 'react';
import { hideKeyboard } from '@/components/dialogs';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { EndPill } from '@/components/message-list/end-pill';
import { RowSegments } from '@/components/message-list/row-segments';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { AccountStores, Chat, MessageRow } from '@/stores';
import type { ChatActions } from './chat-actions';
import { MessageItem } from './message-item';

/** Of the scroll-view. */
export const LIST_ID = 'messages';

interface ListProps {
  account: AccountStores;
  chat: Chat;
  actions: ChatActions;
}

interface MessageListProps extends ListProps {
  scroll: ListScroll;
}

/**
 * One scroll-view, two containers: `history` laid out in reverse, so that older rows are appended at its
 * end and cost what they are, then `live`. Putting rows in front of a Taro list sends the whole list.
 */
export const MessageList = observer(function MessageList({
  account,
  chat,
  scroll,
  actions,
}: MessageListProps) {
  // A banner above the list takes from its height.
  const { name: linkState } = useStores().connection.state;
  const newest = (chat.live[chat.live.length - 1] ?? chat.history[0])?.messageClientId;

  // In the same commit as the new row, so that both are one setData.
  useLayoutEffect(() => scroll.followEnd(), [scroll, newest, linkState]);
  useEffect(() => void scroll.measure(), [scroll]);

  return (
    <>
      <ScrollView
        ref={scroll.port.attach}
        id={LIST_ID}
        className="fill messages"
        scrollY
        enhanced
        scrollAnchoring
        upperThreshold={600}
        lowerThreshold={60}
        onTouchStart={scroll.onTouchStart}
        onTouchEnd={scroll.onTouchEnd}
        onTouchCancel={scroll.onTouchEnd}
        onScroll={scroll.onScroll}
        onScrollToUpper={scroll.onUpper}
        onScrollToLower={scroll.onLower}
        onClick={hideKeyboard}
      >
        <Top chat={chat} scroll={scroll} />
        <History account={account} chat={chat} actions={actions} />
        <Live account={account} chat={chat} actions={actions} />
      </ScrollView>
      <EndPill list={chat} scroll={scroll} />
    </>
  );
});

const History = observer(function History({ account, chat, actions }: ListProps) {
  const renderRow = useRow(account, actions);
  return (
    <RowSegments
      listId={LIST_ID}
      className="history"
      rows={chat.history.slice()}
      start={chat.placing.historyStart}
      generation={chat.placing.generation}
      renderRow={renderRow}
    />
  );
});

const Live = observer(function Live({ account, chat, actions }: ListProps) {
  const renderRow = useRow(account, actions);
  return (
    <RowSegments
      listId={LIST_ID}
      className="live"
      rows={chat.live.slice()}
      start={chat.placing.liveStart}
      generation={chat.placing.generation}
      renderRow={renderRow}
    />
  );
});

function useRow(account: AccountStores, actions: ChatActions): (row: MessageRow) => ReactNode {
  return useCallback(
    (row) => (
      <MessageItem key={row.messageClientId} row={row} account={account} actions={actions} />
    ),
    [account, actions],
  );
}

/** Above the oldest row. Of one height whatever it says, so that nothing moves when it changes. */
const Top = observer(function Top({ chat, scroll }: { chat: Chat; scroll: ListScroll }) {
  const t = useT();
  const failed = chat.ready && chat.error !== null && !chat.loadingOlder;
  const isLoading = chat.loadingOlder || !chat.ready;
  return (
    <View className="chat-top" onClick={scroll.onUpper}>
      {isLoading && <View className="spinner" ariaLabel={t('chat.loadingOlder')} />}
      {failed && t('chat.olderFailed')}
    </View>
  );
});
