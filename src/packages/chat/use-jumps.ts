import { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import { type PageParams, paramOf } from '@/components/page/page-params';
import type { Chat } from '@/stores';
import type { MessagePlace } from '@/stores/chat/chat-history';
import { type ChatList, listShown, showMessage } from './show-message';

/** `showMessage` moves the list of this page while the page is on top. `first`: shown when the page opens. */
export function useJumps(chat: Chat, list: ChatList, first: MessagePlace | null): void {
  useDidShow(() => listShown(chat, list));
  useEffect(() => {
    listShown(chat, list);
    // The parameters of a page do not change.
    if (first) void showMessage(chat, first);
  }, [chat, list]);
}

/** The message that the address of a page names with `message` and `time`; null without a valid place. */
export function placeIn(params: PageParams): MessagePlace | null {
  const messageClientId = paramOf(params, 'message');
  const createTime = Number(paramOf(params, 'time'));
  return messageClientId && createTime > 0 ? { messageClientId, createTime } : null;
}
