import { type CommonEvent, View } from '@tarojs/components';
import { Avatar } from '@/components/avatar';
import { Badge } from '@/components/badge';
import { classes } from '@/components/classes';
import { previewText } from '@/components/format/preview-text';
import { listTime } from '@/components/format/time';
import { observer } from '@/components/observer';
import { today } from '@/components/today';
import { useT } from '@/components/use-t';
import type { AccountStores, ConversationRow } from '@/stores';

interface ConversationItemProps {
  row: ConversationRow;
  account: AccountStores;
  onOpen: (event: CommonEvent) => void;
  onMenu: (event: CommonEvent) => void;
}

/** One conversation: a grid of few nodes, so that a change of one field is one small path of setData. */
export const ConversationItem = observer(function ConversationItem({
  row,
  account,
  onOpen,
  onMenu,
}: ConversationItemProps) {
  const t = useT();
  const { accountId, users } = account;
  const preview = previewText(
    row.preview,
    {
      myAccountId: accountId,
      isP2p: row.isP2p,
      nameOf: (id) => users.get(id).name,
    },
    t,
  );
  const { status } = row.preview;
  // The SDK's conversation keeps the name that a team had when the conversation was made.
  const name = row.isP2p ? row.name : account.titleOf(row.conversationId) || row.name;
  return (
    <View
      className={classes('conv', row.stickTop && 'conv-stuck')}
      hoverClass="pressed"
      data-id={row.conversationId}
      ariaRole="button"
      onClick={onOpen}
      onLongPress={onMenu}
    >
      <View className="conv-face">
        <Avatar accountId={row.targetId} name={name} url={row.avatar} />
        <Badge count={row.unread} muted={row.muted} />
      </View>
      <View className="conv-name ellipsis">{name}</View>
      <View className="conv-time">{listTime(row.time, today.now(), t)}</View>
      <View className={classes('conv-preview ellipsis', status !== 'sent' && `conv-${status}`)}>
        {preview}
      </View>
      {row.muted && <View className="conv-muted" ariaLabel={t('conversations.muted')} />}
    </View>
  );
});
