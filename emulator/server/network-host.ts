import { networkInterfaces } from 'node:os';
import type { Emulator } from '../index';

/**
 * The address if it is one of this machine's own.
 * @throws Error naming the addresses there are; "all addresses" (0.0.0.0) is not an address to give a phone
 */
export function ownAddress(host: string): string {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  if (own.includes(host) || host.startsWith('127.')) return host;
  throw new Error(`--host ${host} is no address of this machine; there are ${own.join(', ')}`);
}

/** What it means to leave loopback. */
export function warningFor(host: string): string {
  return `WARNING: everybody who reaches ${host} can sign in as anybody and read this world. Use it in a network you
trust, with made-up data, and stop it when you are done. Commands (/control) stay on 127.0.0.1.`;
}

/** What to build so that a phone finds this emulator. The names are those of .env. */
export function phoneHelp({ appkey, lbsUrl, linkUrl, appServer }: Emulator, host: string): string {
  const values = {
    TARO_APP_APPKEY: appkey,
    TARO_APP_LBS_URL: lbsUrl,
    TARO_APP_LINK_URL: linkUrl,
    TARO_APP_LINK_SSL: 'on',
    TARO_APP_APP_SERVER: appServer,
    TARO_APP_UPLOAD_URL: `${new URL(lbsUrl).origin}/nos`,
    TARO_APP_LEGAL_REQUEST_HOSTS: host,
    TARO_APP_LEGAL_SOCKET_HOSTS: host,
    TARO_APP_LEGAL_UPLOAD_HOSTS: host,
    TARO_APP_LEGAL_DOWNLOAD_HOSTS: host,
    TARO_APP_DEVELOPMENT: 'on',
  };
  const lines = Object.entries(values).map(([name, value]) => `  ${name}=${value}`);
  return `\n\nFor a phone, npm run build:weapp with these in the environment (or in .env.production.local):\n${lines.join('\n')}`;
}
