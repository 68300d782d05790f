import { networkInterfaces } from 'node:os';
import type { Emulator } from './emulator';

/**
 * Returns the address if it belongs to this machine.
 * @throws Error that lists the machine's addresses. 0.0.0.0 is refused too: a phone cannot connect to it.
 */
export function ownAddress(host: string): string {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  if (own.includes(host) || host.startsWith('127.')) return host;
  throw new Error(`--host ${host} is no address of this machine; there are ${own.join(', ')}`);
}

/** Warning for serving on another address than loopback. */
export function warningFor(host: string): string {
  return `WARNING: everybody who reaches ${host} can sign in to any account and read this world. Use it in a network you
trust, with made-up data, and stop it when you are done. Commands (/control) stay on 127.0.0.1.`;
}

/** Environment of a build that connects a phone to this emulator, with the variable names of .env. */
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
