import type { LegalHosts } from './options';

/** The host name of an address without its port; WeChat counts sockets by this name. */
export function hostName(url: string): string {
  return /^[a-z]+:\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

/** `scheme://host[:port]` exactly as written: WeChat distinguishes `host` from `host:443`. */
function originAsWritten(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0]?.toLowerCase() ?? '';
}

/** Tests whether an address is in the list; sockets ignore the port, https entries with a scheme do not. */
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
