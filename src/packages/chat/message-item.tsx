import { View } from '@tarojs/components';
import { useCallback } from 'react';
import { recallText } from '@/components/format/preview-text';
import { separatorTime } from '@/components/format/time';
import { FailureNote } from '@/components/message/failure-note';
import { MessageBody } from '@/components/message/message-body';
import { observer } from '@/components/page/observer';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { bubbleId } from '@/components/ui/bubble-id';
import { classes } from '@/components/ui/classes';
import { appTexts } from '@/i18n';
import { addressOf, type AccountStores, isLineKind, type MessageRow } from '@/stores';
import { quoteIn } from '@/stores/messages/kinds/quote';
import type { ChatActions } from './chat-actions';
import { QuoteBlock } from './quote-block';
import { RowActs } from './row-acts';
import { RowState } from './row-state';
import { chatTexts } from './texts';

interface MessageItemProps {
  row: MessageRow;
  account: AccountStores;
  actions: ChatActions;
}

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;

/**
 * One message of a chat. It has few nodes, and the names of classes are short: every row of every chat pays
 * for them.
 */
export const MessageItem = observer(function MessageItem({
  row,
  account,
  actions,
}: MessageItemProps) {
  const t = useTexts(appTexts);
  const { messageClientId, mine, kind, recalled, reEditText, effect } = row;
  const mention = useCallback(() => actions.mention(row.senderId), [actions, row]);
  const { senderId } = row;
  const openPerson = useCallback(() => actions.openPerson(senderId), [actions, senderId]);
  const isHidden = actions.hides(row);
  const isP2p = addressOf(row.conversationId).type === P2P;
  const time = row.showTime && (
    <View className="msg-time">{separatorTime(row.createTime, today.now(), t)}</View>
  );
  const newLine = actions.unread.isFirst(messageClientId) && <NewLine />;

  if (recalled || isLineKind(kind)) {
    const context = {
      myAccountId: account.accountId,
      isP2p,
      nameOf: (id: string) => account.nameIn(row.conversationId, id),
    };
    return (
      <View
        id={bubbleId(messageClientId)}
        className={classes('msg note', effect, isHidden && 'gone')}
      >
        {newLine}
        {time}
        <View className="note-text">
          {recalled ? (
            recallText(row.recalledBy ?? row.senderId, row.senderId, context, t)
          ) : (
            <MessageBody row={row} actions={actions} />
          )}
          {reEditText !== null && (
            <View
              className="re-edit"
              data-id={messageClientId}
              ariaRole="button"
              onClick={actions.reEdit}
            >
              {t('chat.reEdit')}
            </View>
          )}
        </View>
      </View>
    );
  }

  const quote = quoteIn(row.message);
  const isPinned = actions.extras.isPinned(row);
  const author = account.users.get(row.senderId);
  const body = <MessageBody row={row} actions={actions} />;
  // A conversation between two needs no names: one node less in each row.
  const isNamed = !mine && !isP2p;
  const isFollowed = isNamed && account.teams.isFollowed(row.conversationId, senderId);
  return (
    <View
      className={classes(
        'msg',
        mine && 'mine',
        isPinned && 'pn',
        effect,
        actions.selection.has(messageClientId) && 'on',
        isHidden && 'gone',
      )}
      ariaRole={actions.selection.isActive ? 'checkbox' : undefined}
      {...actions.choosable(messageClientId)}
    >
      {newLine}
      {time}
      <Avatar
        accountId={row.senderId}
        name={author.name}
        url={author.avatar}
        small
        {...(isNamed && { onHold: mention })}
        onTap={openPerson}
      />
      {isNamed ? (
        <View className="said">
          <View className={classes('who ellipsis', isFollowed && 'followed')}>
            {account.nameIn(row.conversationId, senderId)}
          </View>
          {body}
        </View>
      ) : (
        body
      )}
      {mine && <RowState row={row} actions={actions} />}
      {quote && <QuoteBlock row={row} quote={quote} account={account} actions={actions} />}
      {mine && <FailureNote row={row} befriend={actions.befriend} />}
      <RowActs row={row} account={account} actions={actions} />
    </View>
  );
});

/** The line above the first message that was unread when the chat was opened. */
const NewLine = observer(function NewLine() {
  const t = useTexts(chatTexts);
  return <View className="nl">{t('unread.line')}</View>;
});
