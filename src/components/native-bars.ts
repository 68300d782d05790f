import Taro from '@tarojs/taro';
import { translatorFor } from '@/i18n';
import type { RootStore, SettingsStore } from '@/stores';
import theme from '@/theme.json';
import { badgeText } from './format/badge-text';
import { wxCall } from './wx-call';

const TABS = ['tab.conversations', 'tab.contacts', 'tab.me'] as const;

/**
 * WeChat's own bars follow the system by theme.json alone. They need telling when the user chose
 * otherwise, and again when the choice is taken back. A browser knows no theme.json: always.
 */
let overridden = process.env.TARO_ENV === 'h5';

/*
 * The user may have gone to a page without that bar by the time WeChat hears of it: a failure is no error.
 */

/** The title of the native navigation bar. Runs inside a reaction of the shown page. */
export function nameBar(title: string): void {
  void wxCall(() => Taro.setNavigationBarTitle({ title }));
}

/** Colours the navigation bar and, on a tab page, the tab bar. Runs inside a reaction of the shown page. */
export function paintBars({ chosenTheme, theme: name }: SettingsStore, isTab: boolean): void {
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
  if (!isTab) return;
  void wxCall(() =>
    Taro.setTabBarStyle({
      color: colours.tabText,
      selectedColor: colours.tabSelected,
      backgroundColor: colours.bar,
      borderStyle: colours.barLine as 'black' | 'white',
    }),
  );
}

/** The tabs in the user's language. Runs inside a reaction of a shown tab page. */
export function labelTabs({ language }: SettingsStore): void {
  const t = translatorFor(language);
  TABS.forEach((key, index) => {
    void wxCall(() => Taro.setTabBarItem({ index, text: t(key) }));
  });
}

/** The sum of what is unread on the first tab. Runs inside a reaction of a shown tab page. */
export function badgeTabs({ account }: RootStore): void {
  const unread = account?.conversations.totalUnread ?? 0;
  if (unread > 0) void wxCall(() => Taro.setTabBarBadge({ index: 0, text: badgeText(unread) }));
  else void wxCall(() => Taro.removeTabBarBadge({ index: 0 }));
}
