import { quoteText } from '@/components/format/quote-text';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import type { Quote } from '@/stores/messages/kinds/quote';
import type { ChatActions } from './chat-actions';
import { chatTexts } from './texts';

interface QuotePlace {
  account: AccountStores;
  actions: ChatActions;
  conversationId: string;
}

/** The line that says what a quoted message is: its sender and its text, or what became of it. For an observer. */
export function useQuoteLine(
  quote: Quote | null,
  { account, actions, conversationId }: QuotePlace,
): string {
  const t = useTexts(appTexts);
  const chatT = useTexts(chatTexts);
  if (!quote) return '';
  const original = actions.quotes.of(quote);
  if (original === 'gone') return chatT('message.gone');
  if (original === 'unknown') return chatT('quote.unknown');
  const isKnown = original !== 'loading';
  // A known original names its sender itself: the reply may name anybody.
  const name = account.nameIn(conversationId, isKnown ? original.senderId : quote.senderId);
  return `${name}: ${isKnown ? quoteText(original, t) : '…'}`;
}
