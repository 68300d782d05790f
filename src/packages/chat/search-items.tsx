import { Picker } from '@tarojs/components';
import { useMemo } from 'react';
import type { MoreItem } from '@/components/composer/more-panel';
import { toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { ConnectionError } from '@/connection';
import type { Chat } from '@/stores';
import { dayText, messageOfDay } from '@/stores/chat/message-of-day';
import { showMessage } from './show-message';
import { chatTexts } from './texts';

/** Opens the search in this chat, leads to a date, and opens the marked messages. */
export function useSearchItems(chat: Chat): readonly MoreItem[] {
  const { account, settings } = useStores();
  const navigate = useNavigate();
  const t = useTexts(chatTexts);
  return useMemo(() => {
    const { conversationId } = chat;
    const showDay = async (day: string) => {
      if (!account) return;
      try {
        const message = await messageOfDay(account, conversationId, day);
        if (message) await showMessage(chat, message);
        else toast(t('date.none'));
      } catch (cause) {
        toast(reasonText(ConnectionError.from(cause).code, settings.language));
      }
    };
    return [
      ...(process.env.PRODUCT_SEARCH === 'off'
        ? []
        : [
            {
              key: 'search',
              className: 'more-search',
              label: t('search'),
              onTap: () => navigate(routes.searchChat(conversationId)),
            },
          ]),
      {
        key: 'date',
        className: 'more-date',
        label: t('date'),
        onTap: () => undefined,
        node: (
          <Picker
            key="date"
            className="more-item more-date"
            mode="date"
            value={dayText(Date.now())}
            onChange={({ detail }) => void showDay(String(detail.value))}
          >
            {t('date')}
          </Picker>
        ),
      },
      {
        key: 'pins',
        className: 'more-pins',
        label: t('pins'),
        onTap: () => navigate(routes.pins(conversationId)),
      },
    ];
  }, [account, settings, chat, navigate, t]);
}
