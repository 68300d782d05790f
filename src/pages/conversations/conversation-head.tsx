import { type CommonEvent, View } from '@tarojs/components';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { badgeText } from '@/components/format/badge-text';
import { classes } from '@/components/ui/classes';
import type { PointMenuPort } from '@/components/ui/point-menu';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import type { ConversationMenu } from './conversation-menu';
import { type ListTab, rowsOf, TABS } from './list-tabs';
import { pointOf } from './row-touches';

interface HeadProps {
  account: AccountStores;
  menu: ConversationMenu;
  port: PointMenuPort;
  tab: ListTab;
  onTab: (event: CommonEvent) => void;
}

/** The search, the "+" menu and the tabs above the list. */
export function ConversationHead({ account, menu, port, tab, onTab }: HeadProps) {
  return (
    <View className="ch">
      <View className="ch-line">
        {process.env.PRODUCT_SEARCH !== 'off' ? <SearchEntry /> : <View className="ch-no-search" />}
        <More account={account} menu={menu} port={port} />
      </View>
      <View className="ch-line" ariaRole="tablist">
        {TABS.map((one) => (
          <Tab key={one} account={account} tab={one} isHere={one === tab} onTab={onTab} />
        ))}
      </View>
    </View>
  );
}

const SearchEntry = observer(function SearchEntry() {
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  return (
    <View className="ch-search" ariaRole="button" onClick={() => navigate(routes.search)}>
      {t('contacts.search')}
    </View>
  );
});

interface MoreProps {
  account: AccountStores;
  menu: ConversationMenu;
  port: PointMenuPort;
}

const More = observer(function More({ account, menu, port }: MoreProps) {
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const { remoteConfig } = useStores();
  const open = (event: CommonEvent) => {
    const item = (text: string, run: () => void) => ({ text, run });
    const isAnyUnread = rowsOf(account, 'unread').length > 0;
    port.show({
      at: pointOf(event, { x: 0, y: 0 }),
      items: [
        item(t('conversations.newChat'), () => navigate(routes.newChat)),
        item(t('conversations.addFriend'), () => navigate(routes.addFriend)),
        ...(process.env.PRODUCT_ROOMS !== 'off' && remoteConfig.chatroomEnabled
          ? [item(t('conversations.joinRoom'), () => navigate(routes.rooms))]
          : []),
        ...(isAnyUnread ? [item(t('conversations.readAll'), () => void menu.readAll())] : []),
      ],
    });
  };
  return (
    <View
      className="ch-more"
      ariaRole="button"
      ariaLabel={t('conversations.more')}
      onClick={open}
    />
  );
});

interface TabProps {
  account: AccountStores;
  tab: ListTab;
  isHere: boolean;
  onTab: (event: CommonEvent) => void;
}

const Tab = observer(function Tab({ account, tab, isHere, onTab }: TabProps) {
  const t = useTexts(appTexts);
  const count = tab === 'all' ? 0 : rowsOf(account, tab).length;
  return (
    <View
      className={classes('ch-tab', isHere && 'here')}
      data-tab={tab}
      ariaRole="tab"
      onClick={onTab}
    >
      {t(`conversations.tab.${tab}`) + (count > 0 ? ` ${badgeText(count)}` : '')}
    </View>
  );
});
