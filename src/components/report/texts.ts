import { type Entry, type Written, textsOf } from '@/i18n';
import type { ReportReason } from '@/stores/session/app-server-client';

const zhCN = {
  report: '举报',
  done: '已收到举报，我们会尽快核实',
  spam: '垃圾广告',
  fraud: '诈骗',
  porn: '色情低俗',
  violence: '暴力或违法',
  harassment: '骚扰或辱骂',
  other: '其他',
} as const satisfies Record<ReportReason | 'report' | 'done', string>;

type Key = keyof typeof zhCN;

const en: Record<Key, Entry> = {
  report: 'Report',
  done: 'Thank you. We will look into it',
  spam: 'Spam or ads',
  fraud: 'Fraud',
  porn: 'Sexual content',
  violence: 'Violence or crime',
  harassment: 'Harassment',
  other: 'Something else',
};

export const reportTexts = textsOf<Key>('report', { 'zh-CN': zhCN, en } satisfies Record<
  Written,
  Record<Key, Entry>
>);
