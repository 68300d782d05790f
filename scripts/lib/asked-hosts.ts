import { existsSync, readFileSync } from 'node:fs';
import { readEnv } from '../../src/env/runtime-env';
import { PRODUCTION } from '../../test/ci/production-values';
import { ASKED_FILE } from '../../test/harness/asked-hosts';
import { DOMAIN_LISTS, domainsOf } from './domains';

/** The production counterpart of each part of the emulator. */
const BEHIND: readonly { asked: RegExp; is: string }[] = [
  { asked: /^request http:\/\/emulator\/lbs$/, is: 'request https://lbs.netease.im' },
  { asked: /^request http:\/\/emulator\/app$/, is: 'request https://chat.company.test' },
  // The app server under another name, for tests that separate its requests from those to the LBS.
  { asked: /^request http:\/\/app\.test\/app$/, is: 'request https://chat.company.test' },
  // The self-check of the inspector requests the root of each host of the configuration.
  { asked: /^request http:\/\/emulator\/$/, is: 'request https://lbs.netease.im' },
  // The address of the handshake has the port of the LBS answer, or none.
  {
    asked: /^request http:\/\/emulator\/socket\.io$/,
    is: 'request https://wlnimsc0.netease.im:443',
  },
  { asked: /^socket ws:\/\/emulator\/socket\.io$/, is: 'socket wss://wlnimsc0.netease.im' },
  { asked: /^uploadFile http:\/\/emulator\/nos$/, is: 'uploadFile https://nosup-hz1.127.net' },
  { asked: /^request https?:\/\/emulator\/nos$/, is: 'request https://nim-nosdn.netease.im' },
  {
    asked: /^downloadFile https?:\/\/emulator\/nos$/,
    is: 'downloadFile https://nim-nosdn.netease.im',
  },
];

/** Hosts of a meeting kit that tests plug in; they come with the kit (docs/im-reuse.md). */
const OF_KITS = /^(request|socket) \w+:\/\/(emulator\/room-server|(kit|room|link)\.example\/)/;

/** The lines of {@link ASKED_FILE}: list and address; an address of the emulator is named by its part. */
export function askedHosts(): string[] {
  const text = existsSync(ASKED_FILE) ? readFileSync(ASKED_FILE, 'utf8') : '';
  return [...new Set(text.split('\n').filter(Boolean))];
}

/** The lines that `npm run domains` does not list. */
export function unlistedHosts(lines: readonly string[]): string[] {
  const domains = domainsOf(readEnv(PRODUCTION), []);
  const listed = new Set(
    DOMAIN_LISTS.flatMap((list) => domains[list].map(({ address }) => `${list} ${address}`)),
  );
  return lines.filter((line) => !OF_KITS.test(line) && !listed.has(inProduction(line)));
}

function inProduction(line: string): string {
  const known = BEHIND.find(({ asked }) => asked.test(line));
  if (known) return known.is;
  // A test names the whole address; wss entries allow every port.
  const [list = '', address = ''] = line.split(' ');
  const origin = /^[a-z]+:\/\/[^/]+/i.exec(address)?.[0] ?? address;
  return `${list} ${list === 'socket' ? origin.replace(/:\d+$/, '') : origin}`;
}
