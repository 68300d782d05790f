import type { LegalHosts } from './options';

/** The host name of an address, without its port: what WeChat counts sockets by. */
export function hostName(url: string): string {
  return /^[a-z]+:\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

/** `scheme://host[:port]` exactly as written: WeChat tells `host` and `host:443` apart. */
function originAsWritten(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0]?.toLowerCase() ?? '';
}

/** Whether an address is in the list; sockets ignore the port, https entries with a scheme do not. */
export function isLegal(
  legal: LegalHosts | undefined,
  list: keyof LegalHosts,
  url: string,
): boolean {
  const entries = legal?.[list];
  if (!entries) return true;
  return entries.some((entry) => {
    const wanted = entry.toLowerCase();
    if (!wanted.includes('://')) {
      return wanted.includes(':') && list !== 'socket'
        ? originAsWritten(url).endsWith(`//${wanted}`)
        : hostName(url) === wanted.split(':')[0];
    }
    if (list === 'socket') return hostName(url) === hostName(wanted);
    return originAsWritten(url) === wanted.replace(/\/$/, '');
  });
}
