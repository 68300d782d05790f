import { textsOf } from '@/i18n';

const zhCN = {
  ended: '聊天未启动',
  endedHint: '请返回上一页后重试',
  signedOut: '尚未登录',
  signedOutHint: '请返回小程序登录后再打开聊天',
};

const en: Record<keyof typeof zhCN, string> = {
  ended: 'Chat is not running',
  endedHint: 'Please go back and try again',
  signedOut: 'Not signed in',
  signedOutHint: 'Please go back, sign in, and open the chat again',
};

export const embedTexts = textsOf('embed', { 'zh-CN': zhCN, en });
