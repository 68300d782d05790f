import { useMemo } from 'react';
import { NAME_CARD } from '@/stores';
import type { ListScroll } from '../message-list/list-scroll';
import { useNavigate } from '../page/navigate';
import { routes } from '../page/routes';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import type { MoreItem } from './more-panel';
import { composerTexts } from './texts';

/** Chooses a friend and sends the friend's card; nothing without an account, which has no friends. */
export function useCardItems(
  sendCustom: (json: string) => void,
  scroll: ListScroll,
): readonly MoreItem[] {
  const root = useStores();
  const navigate = useNavigate();
  const t = useTexts(composerTexts);
  const hasAccount = root.account !== null;
  return useMemo(() => {
    if (!hasAccount) return [];
    const choose = () => {
      root.onPerson = ({ accountId: account, profileName: name, avatar }) => {
        sendCustom(JSON.stringify({ type: NAME_CARD, account, name, avatar }));
        scroll.toEnd();
      };
      navigate(routes.person);
    };
    return [{ key: 'card', className: 'more-card', label: t('card'), onTap: choose }];
  }, [root, hasAccount, sendCustom, scroll, navigate, t]);
}
