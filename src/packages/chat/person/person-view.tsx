import { useCallback, useEffect, useState } from 'react';
import { confirm } from '@/components/page/dialogs';
import { useGoBack, useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { FriendList } from '@/components/people/friend-list';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import { chatTexts } from '../texts';

/**
 * Chooses a friend: for the page that asked (`RootStore.onPerson`), or with `for=chat` in the address to open a chat.
 */
export const PersonView = observer(function PersonView({ params }: { params: PageParams }) {
  const isForChat = paramOf(params, 'for') === 'chat';
  const navigate = useNavigate();
  const root = useStores();
  const goBack = useGoBack(routes.conversations, 'tab');
  const [onPerson] = useState(() => root.onPerson);
  // A browser that reloads the page has lost who asked.
  useEffect(() => {
    if (!onPerson && !isForChat) goBack();
  }, [onPerson, isForChat, goBack]);
  const { account, settings } = root;
  const pick = useCallback(
    async (accountId: string) => {
      const user = account?.users.get(accountId);
      if (!account || !user) return;
      if (isForChat) {
        navigate(routes.chat(account.conversations.conversationIdWith(accountId)), 'replace');
        return;
      }
      const { language } = settings;
      const isSure = await confirm({
        content: chatTexts(language)('person.confirm', { name: user.name }),
        confirmText: appTexts(language)('chat.send'),
        cancelText: appTexts(language)('common.cancel'),
      });
      if (!isSure) return;
      onPerson?.(user);
      goBack();
    },
    [account, settings, onPerson, isForChat, navigate, goBack],
  );
  return account ? (
    <FriendList account={account} onPick={(accountId) => void pick(accountId)} />
  ) : (
    <Skeleton />
  );
});
