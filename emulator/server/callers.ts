import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Returns the lower-case host name of `host:port`, `[::1]:port` or an origin. */
function nameOf(authority: string): string {
  return authority
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+$/, '');
}

/** Host names of an emulator: loopback names and the names of the given addresses. */
export function ownNames(addresses: readonly (string | undefined)[]): ReadonlySet<string> {
  return new Set([...LOOPBACK_NAMES, ...addresses.filter((one) => one !== undefined).map(nameOf)]);
}

/**
 * Tells whether a request names this emulator in its `Host` header. A web page whose host name resolves to
 * 127.0.0.1 (DNS rebinding) could otherwise read every answer as same-origin.
 */
export function isForUs({ host = '' }: IncomingHttpHeaders, names: ReadonlySet<string>): boolean {
  return names.has(nameOf(host));
}

/**
 * Tells whether a web page has sent the request. Browsers add `Origin` to all but simple reads, and
 * `Sec-Fetch-Site` to all but addresses typed by the user. Tools like curl send neither header.
 */
export function isFromPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none');
}

/** Tells whether a URL is below `path`, also with percent-encoding. */
export function isBelow(path: string, url: string): boolean {
  const [pathname = ''] = url.split('?');
  try {
    return `${decodeURIComponent(pathname)}/`.startsWith(`${path}/`);
  } catch {
    return false;
  }
}
