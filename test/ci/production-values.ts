import type { RawEnv } from '@/env/runtime-env';

/** A complete production configuration of an invented company. */
export const PRODUCTION = {
  TARO_APP_ID: 'wx1234567890abcdef',
  TARO_APP_APPKEY: '0123456789abcdef0123456789abcdef',
  TARO_APP_LBS_URL: 'https://lbs.netease.im/lbs/wxwebconf.jsp',
  TARO_APP_LINK_URL: 'wlnimsc0.netease.im',
  TARO_APP_LINK_SSL: 'on',
  TARO_APP_LEGAL_REQUEST_HOSTS:
    'lbs.netease.im,wlnimsc0.netease.im,wlnimsc1.netease.im,nim-nosdn.netease.im,chat.company.test',
  TARO_APP_LEGAL_SOCKET_HOSTS: 'wlnimsc0.netease.im,wlnimsc1.netease.im',
  TARO_APP_LEGAL_UPLOAD_HOSTS: 'nosup-hz1.127.net,fileup.chatnos.com,oss.chatnos.com',
  TARO_APP_UPLOAD_URL: 'https://nosup-hz1.127.net',
  TARO_APP_LEGAL_DOWNLOAD_HOSTS: 'nim-nosdn.netease.im',
  TARO_APP_APP_SERVER: 'https://chat.company.test',
  TARO_APP_STATISTICS: 'off',
  TARO_APP_DEVELOPMENT: 'off',
} as const satisfies RawEnv;

/** The same configuration as the text of an env file. */
export function envText(values: RawEnv = PRODUCTION): string {
  return Object.entries(values)
    .map(([name, value = '']) => `${name}=${value}\n`)
    .join('');
}
