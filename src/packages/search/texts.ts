import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  title: '搜索',
  'chat.title': '查找聊天记录',
  hint: '搜索联系人、群聊和聊天记录',
  'chat.hint': '输入文字查找，或选择日期',
  people: '联系人',
  teams: '群聊',
  messages: '聊天记录',
  more: '查看更多',
  related: '{count} 条以上相关记录',
  none: '没有找到“{words}”',
  failed: '聊天记录没有搜索出来：{reason}',
  loading: '搜索中…',
  'sender.all': '所有人',
  'sender.mine': '我',
  'time.all': '不限时间',
  'time.1': '今天',
  'time.3': '3 天内',
  'time.7': '7 天内',
  'time.30': '30 天内',
  'kinds.all': '所有类型',
  'kinds.media': '图片和视频',
  'kinds.files': '文件',
  'kinds.none': '没有这样的消息',
  date: '按日期查看',
  'date.none': '那天之后没有消息',
} as const;

export type SearchTextKey = keyof typeof zhCN;

const en: Record<SearchTextKey, Entry> = {
  title: 'Search',
  'chat.title': 'Search Chat History',
  hint: 'Search contacts, groups and messages',
  'chat.hint': 'Type to search, or choose a date',
  people: 'Contacts',
  teams: 'Groups',
  messages: 'Chat History',
  more: 'Show More',
  related: '{count} or more related messages',
  none: 'Nothing found for “{words}”',
  failed: 'The messages could not be searched: {reason}',
  loading: 'Searching…',
  'sender.all': 'Anyone',
  'sender.mine': 'Me',
  'time.all': 'Any time',
  'time.1': 'Today',
  'time.3': 'Last 3 days',
  'time.7': 'Last 7 days',
  'time.30': 'Last 30 days',
  'kinds.all': 'All kinds',
  'kinds.media': 'Photos and videos',
  'kinds.files': 'Files',
  'kinds.none': 'There are no such messages',
  date: 'Go to a date',
  'date.none': 'There are no messages after that day',
};

/** The texts of the search. */
export const searchTexts = textsOf<SearchTextKey>('search', { 'zh-CN': zhCN, en } satisfies Record<
  Written,
  Record<SearchTextKey, Entry>
>);
