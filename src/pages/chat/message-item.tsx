import { View } from '@tarojs/components';
import { Avatar } from '@/components/avatar';
import { classes } from '@/components/classes';
import { callText } from '@/components/format/call-text';
import { kindText, recallText } from '@/components/format/preview-text';
import { teamNoticeText } from '@/components/format/team-notice';
import { separatorTime } from '@/components/format/time';
import { observer } from '@/components/observer';
import { today } from '@/components/today';
import { useT } from '@/components/use-t';
import { addressOf, type AccountStores, type MessageRow } from '@/stores';
import type { ChatActions } from './chat-actions';

interface MessageItemProps {
  row: MessageRow;
  account: AccountStores;
  actions: ChatActions;
}

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;

/**
 * One message: one row of few nodes. Every row of every chat pays for each node and each letter of a
 * class here, so the names are short.
 */
export const MessageItem = observer(function MessageItem({
  row,
  account,
  actions,
}: MessageItemProps) {
  const t = useT();
  const { messageClientId, mine, kind } = row;
  const time = row.showTime && (
    <View className="msg-time">{separatorTime(row.createTime, today.now(), t)}</View>
  );

  if (row.recalled || kind === 'tips' || kind === 'notification') {
    return (
      <View className="msg note">
        {time}
        <View className="note-text">
          {noticeOf(row, account, t)}
          {row.reEditText !== null && (
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

  const author = account.users.get(row.senderId);
  const bubble = (
    <View
      id={`b-${messageClientId}`}
      className={classes('bubble', kind !== 'text' && kind !== 'call' && 'bubble-kind')}
      data-id={messageClientId}
      onLongPress={actions.openMenu}
    >
      {kind === 'call' ? callText(row, t) : kindText(kind, row.text, t)}
    </View>
  );
  // Between two nobody asks who it was: one node less in each row.
  const isNamed = !mine && addressOf(row.conversationId).type !== P2P;
  return (
    <View className={mine ? 'msg mine' : 'msg'}>
      {time}
      <Avatar accountId={row.senderId} name={author.name} url={author.avatar} small />
      {isNamed ? (
        <View className="said">
          <View className="who ellipsis">{account.nameIn(row.conversationId, row.senderId)}</View>
          {bubble}
        </View>
      ) : (
        bubble
      )}
      {mine && <MessageState row={row} actions={actions} />}
    </View>
  );
});

/**
 * Beside a message of mine: on its way, failed, or read. One node that is always there: when the state
 * changes, its class and text cross to the view and nothing of the row.
 */
const MessageState = observer(function MessageState({
  row,
  actions,
}: Pick<MessageItemProps, 'row' | 'actions'>) {
  const t = useT();
  const { status, read, messageClientId } = row;
  const state = status === 'sent' && read ? 'read' : status;
  return (
    <View
      className={STATE_CLASS[state]}
      data-id={messageClientId}
      ariaRole={state === 'failed' ? 'button' : undefined}
      ariaLabel={LABELS[state] && t(LABELS[state])}
      onClick={actions.resend}
    >
      {state === 'read' && t('chat.read')}
    </View>
  );
});

const STATE_CLASS = { sending: 'spinner', sent: 'sent', failed: 'failed', read: 'read' } as const;
const LABELS = {
  sending: 'chat.sending',
  sent: undefined,
  failed: 'chat.sendFailed',
  read: undefined,
} as const;

/** A line in the middle: what became of a message, or of the team. */
function noticeOf(
  { recalled, recalledBy, senderId, conversationId, kind, text, message }: MessageRow,
  account: AccountStores,
  t: ReturnType<typeof useT>,
): string {
  const context = {
    myAccountId: account.accountId,
    isP2p: addressOf(conversationId).type === P2P,
    nameOf: (id: string) => account.nameIn(conversationId, id),
  };
  if (recalled) return recallText(recalledBy ?? senderId, context, t);
  return (
    (kind === 'notification' && teamNoticeText(message, context, t)) || kindText(kind, text, t)
  );
}
