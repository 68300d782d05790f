import { readEnv, type RawEnv, type RuntimeEnv } from './runtime-env';

export { ConfigurationError, hostName, type RawEnv, type RuntimeEnv } from './runtime-env';

declare global {
  /** On H5 the server of the app may set the emulator's addresses (scripts/start). */
  var __YUNXIN_ENV__: RawEnv | undefined;
}

/**
 * The configuration of this build, from Taro's `.env` files. `given`: what a host mini-program configures instead.
 * Each name is spelled out because the build replaces `process.env.NAME` as text.
 * @throws ConfigurationError
 */
export function buildEnv(given: RawEnv = {}): RuntimeEnv {
  const raw: RawEnv = {
    TARO_APP_APPKEY: process.env.TARO_APP_APPKEY,
    TARO_APP_LBS_URL: process.env.TARO_APP_LBS_URL,
    TARO_APP_LINK_URL: process.env.TARO_APP_LINK_URL,
    TARO_APP_LINK_SSL: process.env.TARO_APP_LINK_SSL,
    TARO_APP_LEGAL_REQUEST_HOSTS: process.env.TARO_APP_LEGAL_REQUEST_HOSTS,
    TARO_APP_LEGAL_SOCKET_HOSTS: process.env.TARO_APP_LEGAL_SOCKET_HOSTS,
    TARO_APP_LEGAL_UPLOAD_HOSTS: process.env.TARO_APP_LEGAL_UPLOAD_HOSTS,
    TARO_APP_LEGAL_DOWNLOAD_HOSTS: process.env.TARO_APP_LEGAL_DOWNLOAD_HOSTS,
    TARO_APP_APP_SERVER: process.env.TARO_APP_APP_SERVER,
    TARO_APP_UPLOAD_URL: process.env.TARO_APP_UPLOAD_URL,
    TARO_APP_STATISTICS: process.env.TARO_APP_STATISTICS,
    TARO_APP_DEVELOPMENT: process.env.TARO_APP_DEVELOPMENT,
  };
  const served = process.env.TARO_ENV === 'h5' ? globalThis.__YUNXIN_ENV__ : undefined;
  return readEnv({ ...raw, ...served, ...given });
}
