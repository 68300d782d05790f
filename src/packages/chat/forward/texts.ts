import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  action: '转发',
  title: '转发给',
  oneByOne: '逐条转发',
  merged: '合并转发',
  'most.oneByOne': '逐条转发最多 {count} 条，请使用合并转发',
  'most.targets': '最多选择 {count} 个聊天',
  'left.call': '通话记录 {count} 条',
  'left.notice': '提示消息 {count} 条',
  'left.unsent': '未发送的消息 {count} 条',
  'left.recalled': '已撤回的消息 {count} 条',
  'left.unknown': '此版本不支持的消息 {count} 条',
  'left.tooDeep': '嵌套超过 3 层的聊天记录 {count} 条',
  'left.title': '以下消息无法转发',
  'left.goOn': '转发其余',
  'left.none': '无法转发：{what}',
  recent: '最近聊天',
  friends: '联系人',
  teams: '群聊',
  search: '搜索聊天、联系人或群聊',
  noMatch: '没有找到“{query}”',
  nothing: '没有可以转发到的聊天',
  'teams.failed': '群聊没有加载出来，点击重试',
  chosen: '已选择 {name}',
  comment: '留言',
  send: '发送（{count}）',
  'what.one': '转发：{text}',
  'what.oneByOne': '逐条转发 {count} 条消息',
  'what.merged': '合并转发：{name}的聊天记录（{count} 条）',
  sending: '正在发送',
  sent: '已转发',
  failed: '未能转发：{reason}',
} as const;

export type ForwardTextKey = keyof typeof zhCN;

const counted = (one: string, other: string): Entry => ({
  one: `{count} ${one}`,
  other: `{count} ${other}`,
});

const en: Record<ForwardTextKey, Entry> = {
  action: 'Forward',
  title: 'Forward to',
  oneByOne: 'One by one',
  merged: 'As chat history',
  'most.oneByOne': 'At most {count} messages one by one. Forward them as chat history',
  'most.targets': 'You can choose up to {count} chats',
  'left.call': counted('call', 'calls'),
  'left.notice': counted('notice', 'notices'),
  'left.unsent': counted('unsent message', 'unsent messages'),
  'left.recalled': counted('recalled message', 'recalled messages'),
  'left.unknown': counted('message of an unknown kind', 'messages of unknown kinds'),
  'left.tooDeep': counted('chat history nested too deep', 'chat histories nested too deep'),
  'left.title': 'These cannot be forwarded',
  'left.goOn': 'Go on',
  'left.none': 'Cannot be forwarded: {what}',
  recent: 'Recent chats',
  friends: 'Friends',
  teams: 'Groups',
  search: 'Search chats, friends and groups',
  noMatch: 'Nothing found for “{query}”',
  nothing: 'There is no chat to forward to',
  'teams.failed': 'The groups did not load. Tap to retry',
  chosen: '{name}, selected',
  comment: 'Add a comment',
  send: 'Send ({count})',
  'what.one': 'Forward: {text}',
  'what.oneByOne': { one: 'Forward {count} message', other: 'Forward {count} messages one by one' },
  'what.merged': 'Chat history of {name} ({count})',
  sending: 'Sending',
  sent: 'Forwarded',
  failed: 'Not forwarded: {reason}',
};

/** The texts of forwarding. */
export const forwardTexts = textsOf<ForwardTextKey>('chat/forward', {
  'zh-CN': zhCN,
  en,
} satisfies Record<Written, Record<ForwardTextKey, Entry>>);
