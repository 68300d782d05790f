import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import type { AccountStores, MessageRow } from '@/stores';
import type { Quote } from '@/stores/messages/kinds/quote';
import type { ChatActions } from './chat-actions';
import { useQuoteLine } from './quote-line';

interface QuoteBlockProps {
  row: MessageRow;
  quote: Quote;
  account: AccountStores;
  actions: ChatActions;
}

/** The message that a reply quotes, in a line under the reply's bubble. A tap shows the message in the list. */
export const QuoteBlock = observer(function QuoteBlock({
  row: { messageClientId, conversationId },
  quote,
  account,
  actions,
}: QuoteBlockProps) {
  const line = useQuoteLine(quote, { account, actions, conversationId });
  return (
    <View className="q" data-id={messageClientId} ariaRole="button" onClick={actions.showQuoted}>
      <View className="qt">{line}</View>
    </View>
  );
});
