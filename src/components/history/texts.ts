import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  clear: '清空聊天记录',
  question: '将清空你所有设备上的聊天记录；对方的记录不受影响',
  done: '已清空',
} as const;

type Key = keyof typeof zhCN;

const en: Record<Key, Entry> = {
  clear: 'Clear chat history',
  question: 'This clears the history on all your devices. The other side keeps theirs.',
  done: 'Cleared',
};

export const clearHistoryTexts = textsOf<Key>('history', { 'zh-CN': zhCN, en } satisfies Record<
  Written,
  Record<Key, Entry>
>);
