import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useLayoutEffect } from 'react';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { Slot } from '@/components/ui/slot';
import type { AccountStores, Chat } from '@/stores';
import type { ChatActions } from './chat-actions';
import { useQuoteLine } from './quote-line';
import { chatTexts } from './texts';

interface ReplyStripProps {
  account: AccountStores;
  chat: Chat;
  scroll: ListScroll;
  actions: ChatActions;
}

/** Over the composer: the message that the next own message answers, and a button that gives the reply up. */
export const ReplyStrip = observer(function ReplyStrip(props: ReplyStripProps) {
  const { chat, scroll, actions } = props;
  const { to } = actions.replying;
  useReplies(chat, actions);
  // The strip changes the height of the list: its end stays in sight.
  useLayoutEffect(() => scroll.followEnd(), [scroll, to]);
  return <Slot>{to && <OpenStrip {...props} />}</Slot>;
});

const OpenStrip = observer(function OpenStrip({ account, chat, actions }: ReplyStripProps) {
  const t = useTexts(chatTexts);
  const { to } = actions.replying;
  const line = useQuoteLine(to, { account, actions, conversationId: chat.conversationId });
  const close = useCallback(() => actions.replying.cancel(), [actions]);
  return (
    <View className="strip">
      <View className="strip-text ellipsis">
        {t('reply')} {line}
      </View>
      <View className="strip-x" ariaRole="button" ariaLabel={t('reply.close')} onClick={close} />
    </View>
  );
});

/** The messages that this page sends are replies while its strip is open. */
function useReplies(chat: Chat, { replying }: ChatActions): void {
  useDidShow(() => void (chat.extras = replying.take));
  useEffect(() => {
    chat.extras = replying.take;
    return () => {
      if (chat.extras === replying.take) chat.extras = () => ({});
    };
  }, [chat, replying]);
}
