import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  openLink: '打开 {host}',
  copyLink: '复制链接（{host}）',
  callNumber: '呼叫 {number}',
  copyNumber: '复制号码',
  copyMail: '复制邮箱地址',
  select: '选取',
  selectTitle: '选取文字',
  selectHint: '长按文字，选取其中一段',
  befriend: '申请加为好友',
  befriended: '好友申请已发送',
  card: '个人名片',
  merged: '聊天记录',
  mergedOf: '{name}的聊天记录',
  mergedTooDeep: '嵌套的聊天记录过多，不能再打开',
  orderOpen: '查看订单',
  me: '我',
  sentence: '{name}：{text}，{time}',
} as const;

export type MessageTextKey = keyof typeof zhCN;

const en: Record<MessageTextKey, Entry> = {
  openLink: 'Open {host}',
  copyLink: 'Copy link ({host})',
  callNumber: 'Call {number}',
  copyNumber: 'Copy number',
  copyMail: 'Copy mail address',
  select: 'Select',
  selectTitle: 'Select text',
  selectHint: 'Press and hold the text to select a part',
  befriend: 'Send a friend request',
  befriended: 'Friend request sent',
  card: 'Contact card',
  merged: 'Chat history',
  mergedOf: 'Chat history of {name}',
  mergedTooDeep: 'The chat history is nested too deeply to open',
  orderOpen: 'View the order',
  me: 'Me',
  sentence: '{name}: {text}, {time}',
};

/** The texts of actions on messages. They travel with the packages that show messages. */
export const messageTexts = textsOf<MessageTextKey>('message', {
  'zh-CN': zhCN,
  en,
} satisfies Record<Written, Record<MessageTextKey, Entry>>);
