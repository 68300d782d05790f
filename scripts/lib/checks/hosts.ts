import { hostName, type RuntimeEnv } from '../../../src/env/runtime-env';
import { ALLOWED_TEXTS, VENDOR_ADDRESSES, type DomainList } from '../vendor-addresses';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

const ADDRESS = /\b(https|wss):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)/gi;
const FIELD: Readonly<Record<DomainList, string>> = {
  request: 'TARO_APP_LEGAL_REQUEST_HOSTS',
  socket: 'TARO_APP_LEGAL_SOCKET_HOSTS',
  uploadFile: 'TARO_APP_LEGAL_UPLOAD_HOSTS',
  downloadFile: 'TARO_APP_LEGAL_DOWNLOAD_HOSTS',
};

/** An address written in the package. */
export interface WrittenAddress {
  scheme: 'https' | 'wss';
  host: string;
  file: string;
  start: number;
}

/** Every https and wss address with a host, as written in the package. */
export function writtenAddresses(built: BuiltPackage): WrittenAddress[] {
  return built.pieces().flatMap(({ file, start, text }) =>
    ALLOWED_TEXTS.some((allowed) => allowed.text.test(text))
      ? []
      : [...text.matchAll(ADDRESS)].map(([, scheme, authority]) => ({
          scheme: scheme?.toLowerCase() === 'wss' ? ('wss' as const) : ('https' as const),
          host: hostName(authority ?? ''),
          file,
          start,
        })),
  );
}

/** Checks that each host in the package is on the build's lists, or is known as never requested. */
export function checkHosts(built: BuiltPackage): Found[] {
  const { env } = built;
  if (!env) return [];
  return [...unlisted(built, env), ...vendors(built, env)];
}

function unlisted(built: BuiltPackage, { legalHosts }: RuntimeEnv): Found[] {
  const { request, socket, uploadFile, downloadFile } = legalHosts;
  return writtenAddresses(built)
    .filter(({ scheme, host }) => {
      const legal = scheme === 'wss' ? socket : [...request, ...uploadFile, ...downloadFile];
      return !legal.includes(host) && !VENDOR_ADDRESSES.some((vendor) => vendor.host === host);
    })
    .map(({ scheme, host, file, start }) => ({
      ...built.placeOf(file, { start }),
      message: `${scheme}://${host} is on none of the build's lists; WeChat will answer "url not in domain list"`,
      fix: `Add ${host} to ${scheme === 'wss' ? FIELD.socket : FIELD.request} (or the upload or download list) in ${built.envFile} and to WeChat's console, see npm run domains; if it is never asked for, add it to scripts/lib/vendor-addresses.ts with the reason.`,
    }));
}

/** Hosts that a vendor's code requests by itself in this configuration. */
function vendors(built: BuiltPackage, env: RuntimeEnv): Found[] {
  const written = new Set(writtenAddresses(built).map(({ host }) => host));
  return VENDOR_ADDRESSES.filter(
    ({ host, when }) => written.has(host) && (when?.(env, written) ?? true),
  ).flatMap(({ host, lists, optional = false, why }) =>
    lists
      .filter((list) => !env.legalHosts[list].includes(host))
      .map((list): Found => ({
        severity: optional ? 'advice' : 'error',
        file: built.envFile,
        message: `${host} is not a legal ${list} host: ${why}`,
        fix: `Add ${host} to ${FIELD[list]} and to WeChat's ${list} list.`,
      })),
  );
}
