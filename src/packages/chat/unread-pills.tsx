import { View } from '@tarojs/components';
import { useCallback } from 'react';
import { toast } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import { ConnectionError } from '@/connection';
import { systemClock } from '@/platform';
import type { AccountStores, Chat } from '@/stores';
import { UnreadWalk } from '@/stores/chat/unread-walk';
import { showMessage } from './show-message';
import { chatTexts } from './texts';

interface UnreadPillsProps {
  chat: Chat;
  walk: UnreadWalk;
}

/**
 * Two buttons over the list's upper edge: to the first of many unread messages, and to the next of those that mention
 * the account. The nodes are always there and hidden by their class, so that a tap sends nothing else.
 */
export const UnreadPills = observer(function UnreadPills({ chat, walk }: UnreadPillsProps) {
  const t = useTexts(chatTexts);
  const { language } = useStores().settings;
  const toFirst = useCallback(async () => {
    try {
      const place = await walk.first();
      walk.end();
      if (place) await showMessage(chat, place);
    } catch (cause) {
      toast(reasonText(ConnectionError.from(cause).code, language));
    }
  }, [walk, chat, language]);
  const toMention = useCallback(() => {
    const place = walk.nextMention();
    if (place) void showMessage(chat, place);
  }, [walk, chat]);
  const { count, mentions } = walk;
  return (
    <View className="unread-place">
      <View
        className={classes('unread-pill', count === 0 && 'unread-off')}
        hoverClass="pressed"
        ariaRole="button"
        onClick={() => void toFirst()}
      >
        {t('unread.count', { count })}
      </View>
      <View
        className={classes('unread-pill', mentions.length === 0 && 'unread-off')}
        hoverClass="pressed"
        ariaRole="button"
        onClick={toMention}
      >
        {t('unread.mentions', { count: mentions.length })}
      </View>
    </View>
  );
});

/** @param isFurtherUp the chat opens where it was left */
export function walkOf(
  { connection, conversations }: AccountStores,
  chat: Chat,
  isFurtherUp = false,
): UnreadWalk {
  const { conversationId } = chat;
  return new UnreadWalk(connection, systemClock, chat, {
    count: conversations.get(conversationId)?.counted ?? 0,
    mentions: conversations.unreadCounts.mentions(conversationId),
    isFurtherUp,
  });
}
