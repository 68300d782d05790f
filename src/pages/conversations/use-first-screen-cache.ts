import Taro, { useDidHide, useReady, useUnload } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { firstPaint } from '@/components/page/first-paint';
import { windowSize } from '@/components/page/host-facts';
import { useStores } from '@/components/page/stores-context';
import { wxCall } from '@/components/page/wx-call';
import { type CachingPage, FirstScreenCache } from './first-screen-cache';

/** WeChat's function that prepares the web view of the next page; base library 2.15.0. */
const host = Taro as unknown as { preloadWebview?: () => void };

/**
 * Keeps WeChat's initial rendering cache of this page: at the first list that the server has confirmed, and whenever
 * the page is left. WeChat prepares the web view of the next page after the first paint
 * (`handleWebviewPreload: manual`), which by itself it does 200 ms after onReady, in the middle of the start.
 * @param rowsOf the rows of a first screen of this height and width, in px
 */
export function useFirstScreenCache(rowsOf: (screen: ReturnType<typeof windowSize>) => number) {
  const root = useStores();
  const { account, settings } = root;
  const { language, theme, textSize } = settings;
  const cache = useRef<FirstScreenCache>();
  const rows = useRef(rowsOf);

  const [own] = useState(ownPage);

  useReady(() => {
    const page = own ?? ownPage();
    if (page) cache.current ??= new FirstScreenCache(page, root, rows.current(windowSize()));
    cache.current?.markDrawn();
  });
  useEffect(() => cache.current?.markDrawn(), [account, language, theme, textSize]);
  useEffect(() => {
    if (process.env.TARO_ENV === 'weapp' && host.preloadWebview)
      void firstPaint.done.then(() => wxCall(() => host.preloadWebview?.()));
  }, []);
  useDidHide(() => cache.current?.keep());
  // React unmounts the page in a later turn.
  useUnload(() => cache.current?.dispose());
  useEffect(() => () => cache.current?.dispose(), []);
}

/**
 * The page of WeChat while it is the current page. At `onReady` another tab may be the current page, so the first
 * rendering asks too. Null in a browser, which has no such cache.
 */
function ownPage(): CachingPage | null {
  if (process.env.TARO_ENV !== 'weapp') return null;
  const { page } = Taro.getCurrentInstance() as unknown as { page: WechatPage | null };
  return page?.route.endsWith('pages/conversations/index') ? page : null;
}

/** `route` is missing in Taro's type of a page. */
type WechatPage = CachingPage & { readonly route: string };
