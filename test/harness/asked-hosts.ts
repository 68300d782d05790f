import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { WxHandle } from '../wx';

/** File in which `npm test` collects the addresses that the app asked for: lines of "list address". */
export const ASKED_FILE = path.join(__dirname, '../../.cache/asked-hosts.txt');

const written = new Set<string>();

/**
 * Records the addresses that this app asked `wx` for, by WeChat's four lists, without query. Addresses that
 * the fake refused as unlisted are left out: such tests ask for an unlisted address on purpose.
 */
export function noteAskedHosts({ requests, sockets }: WxHandle): void {
  const asked = [
    ...requests
      .filter(({ errMsg = '' }) => !/domain list/.test(errMsg))
      .map(({ api, url }) => `${api} ${placeOf(url)}`),
    ...sockets.connects.map((url) => `socket ${placeOf(url)}`),
  ].filter((line) => !written.has(line));
  if (asked.length === 0) return;
  for (const line of asked) written.add(line);
  mkdirSync(path.dirname(ASKED_FILE), { recursive: true });
  appendFileSync(ASKED_FILE, [...new Set(asked)].map((line) => `${line}\n`).join(''));
}

/** Origin and first part of the path; an emulator's port is random and left out. */
function placeOf(url: string): string {
  const [, origin = url, first = ''] = /^([a-z]+:\/\/[^/?#]+)(\/[^/?#]*)?/i.exec(url) ?? [];
  return `${origin.replace(/(127\.0\.0\.1|localhost):\d+/, 'emulator')}${first}`;
}
