import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Badge } from '@/components/ui/badge';
import { classes } from '@/components/ui/classes';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts, languageOf } from '@/i18n';
import { systemClock } from '@/platform';
import type { RootStore } from '@/stores';
import { running } from './running';
import { embedTexts } from './texts';
import './tabs.scss';

/** How long a page waits for the host to start the chat before it says that the chat does not run. */
const START_MS = 5000;

/** A page without a running chat: opened by its address before `start`, or left open at `leave`. */
export function NotStarted() {
  const [isLate, setLate] = useState(running.hasEnded);
  useEffect(() => {
    if (running.hasEnded()) return;
    const timer = systemClock.setTimeout(() => setLate(true), START_MS);
    return () => systemClock.clearTimeout(timer);
  }, []);
  const className = running.look()?.className ?? 'app';
  return <View className={className}>{isLate ? <Ended /> : <Skeleton />}</View>;
}

function Ended() {
  const language = running.look()?.language;
  const t = embedTexts(language ?? languageOf(Taro.getAppBaseInfo().language ?? ''));
  return <EmptyState title={t('ended')} hint={t('endedHint')} />;
}

/** A page for signed-in users where the host signs its users in. */
export const SignedOut = observer(function SignedOut({ root }: { root: RootStore }) {
  const t = embedTexts(root.settings.language);
  return <EmptyState title={t('signedOut')} hint={t('signedOutHint')} />;
});

/** The bar of the tabs, as part of the page. */
export const Tabs = observer(function Tabs({ path }: { path: string }) {
  const t = useTexts(appTexts);
  const { account } = useStores();
  const navigate = useNavigate();
  const unread = account?.conversations.totalUnread ?? 0;
  const asked = account
    ? account.requests.unread + account.asks.unread + account.notices.unread
    : 0;
  const tab = (name: 'conversations' | 'contacts' | 'me', count: number) => {
    const isHere = path.endsWith(routes[name]);
    return (
      <View
        className={classes('im-tab', isHere && 'here')}
        ariaRole="tab"
        onClick={() => !isHere && navigate(routes[name], 'tab')}
      >
        {t(`tab.${name}`)}
        <Badge count={count} />
      </View>
    );
  };
  return (
    <View className="im-tabs" ariaRole="tablist">
      {tab('conversations', unread)}
      {tab('contacts', asked)}
      {tab('me', 0)}
    </View>
  );
});
