import { existsSync, readFileSync } from 'node:fs';
import { readEnv } from '../../src/env/runtime-env';
import { PRODUCTION } from '../../test/ci/production-values';
import { ASKED_FILE } from '../../test/harness/asked-hosts';
import { DOMAIN_LISTS, domainsOf } from './domains';

/** What stands behind each part of the emulator in a production configuration. */
const BEHIND: readonly { asked: RegExp; is: string }[] = [
  { asked: /^request http:\/\/emulator\/lbs$/, is: 'request https://lbs.netease.im' },
  { asked: /^request http:\/\/emulator\/app$/, is: 'request https://chat.company.test' },
  // The app server under a name of its own, where a test tells its requests from those to the LBS.
  { asked: /^request http:\/\/app\.test\/app$/, is: 'request https://chat.company.test' },
  // The self-check of the inspector, which asks each host of the configuration for its root.
  { asked: /^request http:\/\/emulator\/$/, is: 'request https://lbs.netease.im' },
  // The handshake's address has the port an LBS wrote, or none.
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

/** Of a room kit that tests plug in. Its hosts come with the kit: docs/im-reuse.md. */
const OF_KITS = /^(request|socket) \w+:\/\/(emulator\/room-server|(kit|room|link)\.example\/)/;

/** The lines of {@link ASKED_FILE}: list and address, an emulator's by its part. */
export function askedHosts(): string[] {
  const text = existsSync(ASKED_FILE) ? readFileSync(ASKED_FILE, 'utf8') : '';
  return [...new Set(text.split('\n').filter(Boolean))];
}

/** Those of the lines that `npm run domains` does not list. */
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
  // Named in full by a test; wss entries hold for every port.
  const [list = '', address = ''] = line.split(' ');
  const origin = /^[a-z]+:\/\/[^/]+/i.exec(address)?.[0] ?? address;
  return `${list} ${list === 'socket' ? origin.replace(/:\d+$/, '') : origin}`;
}
