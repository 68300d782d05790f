import { ScrollView, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { confirm } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import { BlockList } from '@/stores/people/block-list';
import { attempt } from '@/components/page/attempt';
import { peopleTexts } from '../texts';
import { Who } from '../who';
import '../people.scss';

export const BlockedView = observer(function BlockedView() {
  const { account } = useStores();
  return account && <Blocked account={account} />;
});

/** The accounts that this account blocks, each with a button to end the block. */
const Blocked = observer(function Blocked({ account }: { account: AccountStores }) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { language } = useStores().settings;
  const [list] = useState(() => new BlockList(account.connection));
  useEffect(() => () => list.dispose(), [list]);
  const unblock = async (accountId: string, name: string) => {
    const isSure = await confirm({
      content: t('blocked.removeConfirm', { name }),
      confirmText: t('blocked.remove'),
      cancelText: appT('common.cancel'),
    });
    if (isSure) await attempt(() => list.setBlocked(accountId, false), language);
  };
  if (list.state === 'loading') return <Skeleton />;
  if (list.accountIds.length === 0)
    return <EmptyState title={t('blocked.empty')} hint={t('blocked.emptyHint')} />;
  return (
    <ScrollView className="fill" scrollY enhanced>
      {list.accountIds.map((accountId) => {
        const user = account.users.get(accountId);
        return (
          <View key={accountId} className="p-row">
            <Who user={user} />
            <View
              className="p-act"
              ariaRole="button"
              hoverClass="pressed"
              onClick={() => void unblock(accountId, user.name)}
            >
              {t('blocked.remove')}
            </View>
          </View>
        );
      })}
    </ScrollView>
  );
});
