import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The name in `host:port`, `[::1]:port` or an origin, lower case. */
function nameOf(authority: string): string {
  return authority
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+$/, '');
}

/** The names under which an emulator is asked: loopback, its own address, and those it was told. */
export function ownNames(addresses: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set([...LOOPBACK_NAMES, ...addresses.filter((one) => one !== undefined).map(nameOf)]);
}

/**
 * Whether a request was meant for this emulator. A web page can have its own host name lead to 127.0.0.1
 * (DNS rebinding) and would then read every answer as one of its own; the `Host` header gives that away.
 */
export function isForUs({ host = '' }: IncomingHttpHeaders, names: ReadonlySet<string>): boolean {
  return names.has(nameOf(host));
}

/**
 * Whether a web page has sent the request. Browsers say so: `Origin` with everything but simple reading,
 * `Sec-Fetch-Site` with everything but what the user typed. Tools like curl send neither.
 */
export function isFromPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none');
}

/** Whether a request asks for something below `path`, however it is written. */
export function isBelow(path: string, url: string): boolean {
  const [pathname = ''] = url.split('?');
  try {
    return `${decodeURIComponent(pathname)}/`.startsWith(`${path}/`);
  } catch {
    return false;
  }
}
