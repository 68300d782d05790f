import { useMemo } from 'react';
import type { MoreItem } from '@/components/composer/more-panel';
import { useNavigate } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { addressOf } from '@/stores';
import { chatTexts } from './texts';

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;

/** Starts a team with the other account; in chats of two only. */
export function useTeamItems(conversationId: string): readonly MoreItem[] {
  const { account } = useStores();
  const navigate = useNavigate();
  const t = useTexts(chatTexts);
  return useMemo(() => {
    const { type, targetId } = addressOf(conversationId);
    if (type !== P2P || targetId === account?.accountId) return [];
    return [
      {
        key: 'team',
        className: 'more-team',
        label: t('team.new'),
        onTap: () => navigate(routes.newTeam(targetId)),
      },
    ];
  }, [account, conversationId, navigate, t]);
}
