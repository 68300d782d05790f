import { type CommonEvent, Text, View } from '@tarojs/components';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { classes } from '@/components/ui/classes';
import { previewText } from '@/components/format/preview-text';
import { listTime } from '@/components/format/time';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { useOnline } from '@/components/people/use-online';
import type { AccountStores, ConversationRow } from '@/stores';
import { appTexts, cutTo } from '@/i18n';
import type { ConversationMenu } from './conversation-menu';

/** Longest shown draft, as for previews. */
const PREVIEW_CHARACTERS = 80;

interface ConversationItemProps {
  row: ConversationRow;
  account: AccountStores;
  onOpen: (event: CommonEvent) => void;
  menu: ConversationMenu;
}

/** A conversation: a grid of few nodes, so that a change of one field is one short path of setData. */
export const ConversationItem = observer(function ConversationItem({
  row,
  account,
  onOpen,
  menu,
}: ConversationItemProps) {
  const t = useTexts(appTexts);
  const { readMarks } = useStores().settings;
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
  const { conversationId } = row;
  const isOnline = useOnline(account, row.isP2p ? row.targetId : '');
  const { touches } = menu;
  const isSwiped = touches.swiped.has(conversationId);
  const isMarked = row.unread === 0 && account.conversations.marked.has(conversationId);
  const draft = account.messages.drafts.of(conversationId);
  const tag = row.hasMention ? 'conversations.mention' : draft && 'conversations.draft';
  const { status } = row.preview;
  const mark = status === 'sent' ? readMarks && account.peerReads.stateOf(row) : status;
  // The SDK's conversation keeps the name that the team had when the conversation was created.
  const name = row.isP2p ? row.name : account.titleOf(conversationId) || row.name;
  return (
    <View
      className={classes(
        'conv',
        row.stickTop && 'conv-stuck',
        isSwiped && 'conv-swiped',
        isOnline && 'conv-online',
      )}
      hoverClass="pressed"
      data-id={conversationId}
      ariaRole={isSwiped ? undefined : 'button'}
      onClick={onOpen}
      onLongPress={menu.open}
      onTouchStart={touches.onStart}
      onTouchEnd={touches.onEnd}
    >
      <View className="conv-face">
        <Avatar accountId={row.targetId} name={name} url={row.avatar} />
        <Badge count={row.unread || Number(isMarked)} muted={row.muted || isMarked} />
      </View>
      <View className="conv-name ellipsis">{name}</View>
      <View className="conv-time">{listTime(row.time, today.now(), t)}</View>
      <View className={classes('conv-preview ellipsis', !tag && mark && `conv-${mark}`)}>
        {tag ? (
          <>
            <Text className="conv-draft">{t(tag)}</Text>
            {tag === 'conversations.draft' ? cutTo(draft, PREVIEW_CHARACTERS) : preview}
          </>
        ) : (
          preview
        )}
      </View>
      {row.muted && <View className="conv-muted" ariaLabel={t('conversations.muted')} />}
      {isSwiped && <SwipeActions row={row} menu={menu} />}
    </View>
  );
});

/** The actions right of a row that was swiped to the left. */
function SwipeActions({ row, menu }: Pick<ConversationItemProps, 'row' | 'menu'>) {
  return (
    <View className="conv-acts">
      {menu.swipeItems(row).map(({ text, run }) => (
        <View
          key={text}
          className="conv-act"
          ariaRole="button"
          onClick={(event) => {
            event.stopPropagation();
            run();
          }}
        >
          {text}
        </View>
      ))}
    </View>
  );
}
