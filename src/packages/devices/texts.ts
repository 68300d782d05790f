import { textsOf } from '@/i18n';

const zhCN = {
  title: '登录设备',
  here: '本机',
  empty: '没有其他设备登录',
  signOut: '下线',
  confirm: '让该设备下线？',
  confirmNote: '该设备将退出登录，可以重新登录。',
  cancel: '取消',
  since: '登录于',
} as const;

export type DevicesKey = keyof typeof zhCN;

const en: Readonly<Record<DevicesKey, string>> = {
  title: 'Devices',
  here: 'This device',
  empty: 'Not signed in anywhere else',
  signOut: 'Sign out',
  confirm: 'Sign that device out?',
  confirmNote: 'It will have to sign in again.',
  cancel: 'Cancel',
  since: 'Signed in',
};

/** The texts of this sub-package; they are not in the main package. */
export const devicesTexts = textsOf<DevicesKey>('devices', { 'zh-CN': zhCN, en });
