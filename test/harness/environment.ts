import { emulatorEnv } from '../../scripts/lib/emulator-env';

/** Addresses where an emulator listens. */
export interface EmulatorAddress {
  appkey: string;
  lbsUrl: string;
  linkUrl: string;
  linkSSL: boolean;
  appServer: string;
}

/** The build's configuration for an emulator, which `.env` holds in a real build. */
export function environmentOf(emulator: EmulatorAddress): Record<string, string> {
  const host = '127.0.0.1';
  return {
    ...emulatorEnv(emulator),
    TARO_APP_LINK_SSL: String(emulator.linkSSL),
    TARO_APP_LEGAL_REQUEST_HOSTS: host,
    TARO_APP_LEGAL_SOCKET_HOSTS: host,
    TARO_APP_LEGAL_UPLOAD_HOSTS: host,
    TARO_APP_LEGAL_DOWNLOAD_HOSTS: host,
    TARO_APP_STATISTICS: 'off',
    TARO_APP_DEVELOPMENT: 'on',
  };
}
