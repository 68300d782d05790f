import Taro from '@tarojs/taro';
import { appTexts } from '@/i18n';
import type { RootStore, SettingsStore } from '@/stores';
import theme from '@/theme.json';
import { badgeText } from '../format/badge-text';
import { wxCall } from './wx-call';

const TABS = ['tab.conversations', 'tab.contacts', 'tab.me'] as const;

/**
 * Whether the bars must be set by hand. WeChat's own bars follow only the system (theme.json): they are set
 * when the user chose another theme, and again when the choice is withdrawn. A browser does not read
 * theme.json, and a host mini-program has its own, so there they are always set.
 */
let overridden = process.env.TARO_ENV === 'h5' || Boolean(process.env.APP_EMBED_ROOT);

/* Failures are ignored here: the user may have left for a page without that bar before WeChat handles the call. */

/** Sets the title of the native navigation bar. Runs inside a reaction of the shown page. */
export function setBarTitle(title: string): void {
  void wxCall(() => Taro.setNavigationBarTitle({ title }));
}

/** Colours the navigation bar and, on a tab page, the tab bar. Runs inside a reaction of the shown page. */
export function setBarColours({ chosenTheme, theme: name }: SettingsStore, isTab: boolean): void {
  overridden ||= chosenTheme !== null;
  if (!overridden) return;
  const colours = theme[name];
  if (process.env.TARO_ENV === 'weapp') {
    void wxCall(() =>
      Taro.setNavigationBarColor({
        frontColor: colours.navFront,
        backgroundColor: colours.nav,
      }),
    );
    void wxCall(() => Taro.setBackgroundColor({ backgroundColor: colours.ground }));
  }
  // In a host the tab bar is the host's.
  if (!isTab || process.env.APP_EMBED_ROOT) return;
  void wxCall(() =>
    Taro.setTabBarStyle({
      color: colours.tabText,
      selectedColor: colours.tabSelected,
      backgroundColor: colours.bar,
      borderStyle: colours.barLine as 'black' | 'white',
    }),
  );
}

/** Sets the labels of the tabs in the user's language. Runs inside a reaction of a shown tab page. */
export function setTabLabels({ language }: SettingsStore): void {
  const t = appTexts(language);
  TABS.forEach((key, index) => {
    void wxCall(() => Taro.setTabBarItem({ index, text: t(key) }));
  });
}

/**
 * Sets the badges of the first two tabs: unread messages, and requests of people and of teams that were not shown.
 * Runs inside a reaction of a shown tab page.
 */
export function setTabBadges({ account }: RootStore): void {
  setBadge(0, account?.conversations.totalUnread ?? 0);
  setBadge(1, account ? account.requests.unread + account.asks.unread + account.notices.unread : 0);
}

function setBadge(index: number, count: number): void {
  if (count > 0) void wxCall(() => Taro.setTabBarBadge({ index, text: badgeText(count) }));
  else void wxCall(() => Taro.removeTabBarBadge({ index }));
}
