import { useDidShow } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { systemClock } from '@/platform';
import type { AccountStores, Chat } from '@/stores';
import type { MessagePlace } from '@/stores/chat/chat-history';
import { type LeftPlace, keepPlace, leftPlaceOf } from './left-places';
import { ReaderPlace } from './reader-place';
import { type ChatList, listShown, returnTo, showMessage } from './show-message';

/**
 * `showMessage` moves the list of this page while the page is on top. The page opens at `first`, or where the chat was
 * left.
 */
export function useJumps(
  chat: Chat,
  list: ChatList,
  first: MessagePlace | null,
  left: LeftPlace | null,
): void {
  useDidShow(() => listShown(chat, list));
  useEffect(() => {
    listShown(chat, list);
    // The parameters of a page do not change.
    if (first) void showMessage(chat, first);
    else if (left) void returnTo(chat, left);
  }, [chat, list]);
}

/** Where the chat was left; null for a chat that opens at `first`, or is shown by another page already. */
export function useLeftPlace(
  account: AccountStores,
  chat: Chat,
  first: MessagePlace | null,
): LeftPlace | null {
  const [left] = useState(() =>
    first || chat.ready ? null : leftPlaceOf(account, chat.conversationId),
  );
  return left;
}

/** Keeps the place of the reader when the page is left. */
export function useKeptPlace(
  account: AccountStores,
  chat: Chat,
  scroll: ListScroll,
  left: LeftPlace | null,
): void {
  useEffect(() => {
    const reader = new ReaderPlace(chat, scroll, systemClock, left);
    scroll.onMove = reader.scrolled;
    return () => {
      reader.dispose();
      keepPlace(account, chat.conversationId, reader.get());
    };
    // `left` does not change while the page exists.
  }, [account, chat, scroll]);
}

/** The message that the address of a page names with `message` and `time`; null without a valid place. */
export function placeIn(params: PageParams): MessagePlace | null {
  const messageClientId = paramOf(params, 'message');
  const createTime = Number(paramOf(params, 'time'));
  return messageClientId && createTime > 0 ? { messageClientId, createTime } : null;
}
