import { type Entry, textsOf, type Written } from '@/i18n';

const zhCN = {
  title: '有人@我时通知我',
  none: '未开启',
  left: '还可通知 {count} 次',
  hint: '离开小程序后，有人在群里@你，微信会发一条订阅消息。每同意一次可收到一条。',
  again: '用完后在发送时询问',
  reject: '没有开启。可以在右上角“…”的设置里打开订阅消息。',
  ban: '通知暂时不可用',
} as const;

type AlertKey = keyof typeof zhCN;

const en: Record<AlertKey, Entry> = {
  title: 'Tell me when I am mentioned',
  none: 'Off',
  left: { one: '{count} time left', other: '{count} times left' },
  hint: 'WeChat sends you a message when somebody mentions you in a group while you are away. Each consent allows one message.',
  again: 'Ask again while sending',
  reject: 'Not switched on. You can allow subscribe messages in the settings behind “…”.',
  ban: 'Notices are not available now',
};

/** The texts of "tell me when I am mentioned". */
export const alertTexts = textsOf<AlertKey>('alerts', {
  'zh-CN': zhCN,
  en,
} satisfies Record<Written, Record<AlertKey, Entry>>);
