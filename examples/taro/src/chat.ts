import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import { CHAT } from './addresses';
import type { Im, ImStop } from './im-types';

/** WeChat's `require`: webpack writes it in place of this name. */
declare const __non_webpack_require__: { async(path: string): Promise<{ im: Im }> };

let loading: Promise<Im> | null = null;

/** Resolves to the interface of the chat. After a failed download the next call tries again. */
export function loadChat(): Promise<Im> {
  // The path is relative to the built file, and Taro writes all code of the main package into the root folder.
  loading ??= __non_webpack_require__.async('./packages/im/host.js').then(
    ({ im }) => {
      startChat(im);
      im.onUnread(showUnread);
      return im;
    },
    (failure: unknown) => {
      loading = null;
      throw failure;
    },
  );
  return loading;
}

/** At the start, and after the chat was ended. */
export function startChat(im: Im): void {
  if (!im.isStarted) im.start({ configuration: CHAT });
}

/** Subscribes a page to the chat until the page is closed. */
export function useChat(subscribe: (im: Im) => ImStop[]): void {
  useEffect(() => {
    let isOpen = true;
    let stops: ImStop[] = [];
    loadChat()
      .then((im) => {
        if (isOpen) stops = subscribe(im);
      })
      .catch(console.error);
    return () => {
      isOpen = false;
      for (const stop of stops) stop();
    };
    // The page subscribes once.
  }, []);
}

/** The tab bar is the shop's: the chat hands over the number, and the shop shows it. */
function showUnread(count: number): void {
  const ignore = () => undefined;
  if (count > 0) Taro.setTabBarBadge({ index: 1, text: String(count) }).catch(ignore);
  else Taro.removeTabBarBadge({ index: 1 }).catch(ignore);
}
