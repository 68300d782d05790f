import { hostName, type LegalHosts, type RuntimeEnv } from '../../src/env/runtime-env';
import type { WrittenAddress } from './checks/hosts';
import { type DomainList, VENDOR_ADDRESSES } from './vendor-addresses';

/** An entry of one of WeChat's four lists. */
export interface Domain {
  /** The form for the console: scheme, host, and the port for https. */
  address: string;
  why: string;
  /** The build's own list (TARO_APP_LEGAL_*) does not have the host. */
  missing?: true;
  /** True when a feature is degraded, but not broken, without the entry. */
  optional?: true;
}

export type Domains = Readonly<Record<DomainList, readonly Domain[]>>;

export const DOMAIN_LISTS: readonly DomainList[] = [
  'request',
  'socket',
  'uploadFile',
  'downloadFile',
];

/**
 * The entries for WeChat's console with this configuration. https entries are exact about the port, and the SDK's
 * handshake is an https request to the link address with its port, which an LBS writes as `:443`. Therefore a link host
 * is in the request list twice and in the socket list once (wss entries allow every port).
 */
export function domainsOf(env: RuntimeEnv, written: readonly WrittenAddress[]): Domains {
  const lists = new Lists(env.legalHosts);
  const link = hostName(env.linkUrl);
  lists.add('request', originOf(env.lbsUrl), 'the LBS (TARO_APP_LBS_URL)');
  lists.add('request', originOf(env.appServer), 'the app server (TARO_APP_APP_SERVER)');
  for (const host of [link, ...env.legalHosts.socket.filter((each) => each !== link)]) {
    const what =
      host === link
        ? 'the IM link (TARO_APP_LINK_URL)'
        : 'a link the LBS may name, or of chatrooms';
    lists.add('request', `https://${host}`, `${what}: handshake`);
    lists.add(
      'request',
      `https://${host}:443`,
      `${what}: handshake, as the LBS writes the address`,
    );
    lists.add('socket', `wss://${host}`, what);
  }
  const port = /:(\d+)$/.exec(env.linkUrl)?.[1];
  if (port !== undefined && port !== '443')
    lists.add('request', `https://${link}:${port}`, 'the IM link (TARO_APP_LINK_URL): handshake');
  for (const host of env.legalHosts.uploadFile)
    lists.add('uploadFile', `https://${host}`, 'where the LBS sends uploads (nosup)');
  for (const host of env.legalHosts.downloadFile)
    lists.add('downloadFile', `https://${host}`, 'files of messages (CDN)');
  addVendors(lists, env, new Set(written.map(({ host }) => host)));
  addWritten(lists, written);
  for (const host of env.legalHosts.request)
    lists.addOtherwise('request', `https://${host}`, 'named in TARO_APP_LEGAL_REQUEST_HOSTS');
  return lists.all;
}

/** Hosts that third-party code in the package requests by itself. */
function addVendors(lists: Lists, env: RuntimeEnv, written: ReadonlySet<string>): void {
  for (const { host, lists: names, optional = false, when, why } of VENDOR_ADDRESSES) {
    // The code names the CDN without a scheme, so the address is not found in the package.
    if ((!written.has(host) && names[0] !== 'downloadFile') || !(when?.(env, written) ?? true))
      continue;
    for (const name of names) lists.add(name, `https://${host}`, why, optional);
  }
}

/** The remaining addresses: those of the app's own code that no variable names. */
function addWritten(lists: Lists, written: readonly WrittenAddress[]): void {
  for (const { scheme, host, file } of written) {
    if (VENDOR_ADDRESSES.some((vendor) => vendor.host === host) || lists.has(host)) continue;
    lists.add(scheme === 'wss' ? 'socket' : 'request', `${scheme}://${host}`, `written in ${file}`);
  }
}

class Lists {
  readonly all: Record<DomainList, Domain[]> = {
    request: [],
    socket: [],
    uploadFile: [],
    downloadFile: [],
  };

  constructor(private readonly legal: LegalHosts) {}

  add(list: DomainList, address: string, why: string, optional = false): void {
    if (this.all[list].some((each) => each.address === address)) return;
    const missing = !this.legal[list].includes(hostOf(address));
    this.all[list].push({
      address,
      why,
      ...(missing ? { missing: true } : {}),
      ...(optional ? { optional: true } : {}),
    });
  }

  /** Adds the address unless the list has its host already. */
  addOtherwise(list: DomainList, address: string, why: string): void {
    if (!this.all[list].some((each) => hostOf(each.address) === hostOf(address)))
      this.add(list, address, why);
  }

  has(host: string): boolean {
    return DOMAIN_LISTS.some((list) =>
      this.all[list].some(({ address }) => hostOf(address) === host),
    );
  }
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? url;
}

function hostOf(address: string): string {
  return hostName(address.replace(/^[a-z]+:\/\//, ''));
}
