import type { RawEnv } from '@/env';
import type { ImConfiguration } from './host-types';

/** The variables of the build's configuration in whose place the host gives values. A missing field changes nothing. */
export function envOf(given: ImConfiguration): RawEnv {
  const { statistics } = given;
  const env: Record<string, string | undefined> = {
    TARO_APP_APPKEY: given.appkey,
    TARO_APP_LBS_URL: given.lbsUrl,
    TARO_APP_LINK_URL: given.linkUrl,
    TARO_APP_APP_SERVER: given.appServer,
    TARO_APP_UPLOAD_URL: given.uploadUrl,
    TARO_APP_LEGAL_REQUEST_HOSTS: given.requestHosts?.join(','),
    TARO_APP_LEGAL_SOCKET_HOSTS: given.socketHosts?.join(','),
    TARO_APP_LEGAL_UPLOAD_HOSTS: given.uploadHosts?.join(','),
    TARO_APP_LEGAL_DOWNLOAD_HOSTS: given.downloadHosts?.join(','),
    TARO_APP_STATISTICS: statistics === undefined ? undefined : statistics ? 'on' : 'off',
  };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}
