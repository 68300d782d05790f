import { ListTop } from '@/components/message-list/list-top';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { MessageScroll } from '@/components/message-list/message-scroll';
import { RowSegments } from '@/components/message-list/row-segments';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { AccountStores, Chat, MessageRow } from '@/stores';
import type { ChatActions } from './chat-actions';
import { edgesOf } from './chat-scroll';
import { MessageItem } from './message-item';
import { chatTexts } from './texts';

/** From so many rows on the beginning of a chat is told: the reader had to scroll to it. */
const LONG = 30;

interface MessageListProps {
  account: AccountStores;
  chat: Chat;
  scroll: ListScroll;
  actions: ChatActions;
}

/**
 * One scroll-view, two containers: `history` laid out in reverse, so that an older page is appended and
 * sent alone, then `live`. Prepending rows to a Taro list sends the whole list.
 */
export const MessageList = observer(function MessageList(props: MessageListProps) {
  const { chat, scroll } = props;
  const { name: linkState } = useStores().connection.state;
  const { newest } = edgesOf(chat);
  return (
    <MessageScroll
      list={chat}
      scroll={scroll}
      newest={newest}
      layout={linkState}
      mode={props.actions.selection.isActive && 'selecting'}
    >
      <Top {...props} />
      <Rows part="history" {...props} />
      <Rows part="live" {...props} />
    </MessageScroll>
  );
});

interface RowsProps extends MessageListProps {
  part: 'history' | 'live';
}

const Rows = observer(function Rows({ part, account, chat, scroll, actions }: RowsProps) {
  return (
    <RowSegments
      listId={scroll.port.id}
      className={part}
      rows={chat[part].slice()}
      start={chat.placing[`${part}Start`]}
      generation={chat.placing.generation}
      renderRow={(row: MessageRow) => (
        <MessageItem key={row.messageClientId} row={row} account={account} actions={actions} />
      )}
    />
  );
});

const Top = observer(function Top({ chat, scroll }: MessageListProps) {
  const t = useTexts(chatTexts);
  const isLoading = chat.loadingOlder || !chat.ready;
  const isWhole = !chat.hasOlder && chat.history.length >= LONG;
  return (
    <ListTop
      isLoading={isLoading}
      hasFailed={!!chat.error}
      empty={isWhole ? t('noOlder') : undefined}
      onClick={scroll.onUpper}
    />
  );
});
