import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useMemo } from 'react';
import type { FieldWatch } from '@/components/composer/composer-inlet';
import { useStores } from '@/components/page/stores-context';
import { systemClock } from '@/platform';
import { addressOf, type AccountStores, type Chat, type RootStore } from '@/stores';
import { type Typing, typingOf } from '@/stores/chat/typing';

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;

/** Whether the title of a chat says that the other side is writing. Observed. */
export function isTypingIn({ account, settings }: RootStore, conversationId: string): boolean {
  return account !== null && typingOf(account, systemClock, settings).isTyping(conversationId);
}

/** Lets the notices of the other side through while the page is on the screen. */
export function useTypingShown(account: AccountStores, { conversationId }: Chat): void {
  const typing = useTypingOf(account);
  const page = useMemo(() => {
    let stop: (() => void) | null = null;
    return {
      show: () => (stop ??= typing.watch(conversationId)),
      hide: () => {
        stop?.();
        stop = null;
      },
    };
  }, [typing, conversationId]);
  useEffect(() => {
    page.show();
    return page.hide;
  }, [page]);
  useDidShow(page.show);
  useDidHide(page.hide);
}

/** Tells the other side while the user writes; null in a chat of several. */
export function useTypingWatch(account: AccountStores, chat: Chat): FieldWatch | null {
  const typing = useTypingOf(account);
  const { conversationId } = chat;
  const watch = useMemo(
    () =>
      addressOf(conversationId).type === P2P
        ? new TypingWatch(typing, conversationId, account.messages.drafts.of(conversationId))
        : null,
    [typing, conversationId, account],
  );
  useEffect(() => () => watch?.stop(), [watch]);
  useDidHide(() => watch?.stop());
  return watch;
}

function useTypingOf(account: AccountStores): Typing {
  const { settings } = useStores();
  return typingOf(account, systemClock, settings);
}

/** Sees the edits of the composer. */
export class TypingWatch implements FieldWatch {
  /** @param text the draft, which the composer writes when it opens */
  constructor(
    private readonly typing: Typing,
    private readonly conversationId: string,
    private text: string,
  ) {}

  edit<E extends { readonly text: string }>(edited: E): E {
    const { text } = edited;
    if (text === this.text) return edited;
    this.text = text;
    if (text.trim() === '') this.stop();
    else this.typing.written(this.conversationId);
    return edited;
  }

  stop(): void {
    this.typing.stopped(this.conversationId);
  }
}
