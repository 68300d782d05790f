import type { Language } from '@/i18n';

const zhCN = {
  title: '连接检查',
  state: '状态',
  attempt: '尝试次数',
  next: '距下次尝试',
  reason: '原因',
  budget: 'Socket 用量',
  all: '全部',
  sockets: 'Socket',
  noSockets: '没有打开的 socket',
  held: '等待中的连接',
  stuck: '未触发 onClose',
  lbs: 'LBS 应答',
  link: '当前 link',
  client: '本端 ID',
  others: '其他在线端',
  lastClose: '最近关闭',
  timeline: '状态变化',
  journal: '日志',
  copy: '复制报告',
  copied: '已复制（不含 token 和消息内容）',
  check: '开始自检',
  checking: '自检中…',
  ok: '正常',
  failed: '失败',
  age: '已存在',
  silent: '距上次数据',
  'check.lbs': 'LBS 可达',
  'check.handshake': '握手',
  'check.socket': 'Socket',
  'check.login': '登录',
  'check.host': '域名',
} as const;

export type DiagnosticsKey = keyof typeof zhCN;

const en: Readonly<Record<DiagnosticsKey, string>> = {
  title: 'Connection inspector',
  state: 'State',
  attempt: 'Attempt',
  next: 'Next attempt in',
  reason: 'Reason',
  budget: 'Socket budget',
  all: 'All',
  sockets: 'Sockets',
  noSockets: 'No socket is open',
  held: 'Held connects',
  stuck: 'Never fired onClose',
  lbs: 'LBS answer',
  link: 'Link in use',
  client: 'My client id',
  others: 'Other clients online',
  lastClose: 'Last close',
  timeline: 'State changes',
  journal: 'Journal',
  copy: 'Copy report',
  copied: 'Copied (no token, no message text)',
  check: 'Run self-check',
  checking: 'Checking…',
  ok: 'OK',
  failed: 'Failed',
  age: 'age',
  silent: 'silent for',
  'check.lbs': 'LBS reachable',
  'check.handshake': 'Handshake',
  'check.socket': 'Socket',
  'check.login': 'Sign-in',
  'check.host': 'Host',
};

/** The texts of this sub-package; they travel with it, not in the main package. */
export const diagnosticsTexts: Readonly<
  Record<Language, Readonly<Record<DiagnosticsKey, string>>>
> = {
  'zh-CN': zhCN,
  en,
};
