import { useMemo } from 'react';
import type { MoreItem } from '@/components/composer/more-panel';
import { useNavigate } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import { chatTexts } from './texts';

/** Opens the search in this chat, and its marked messages. */
export function useSearchItems(conversationId: string): readonly MoreItem[] {
  const navigate = useNavigate();
  const t = useTexts(chatTexts);
  return useMemo(
    () => [
      {
        key: 'search',
        className: 'more-search',
        label: t('search'),
        onTap: () => navigate(routes.searchChat(conversationId)),
      },
      {
        key: 'pins',
        className: 'more-pins',
        label: t('pins'),
        onTap: () => navigate(routes.pins(conversationId)),
      },
    ],
    [conversationId, navigate, t],
  );
}
