import { type RawEnv, readEnv } from '@/env/runtime-env';
import type { WrittenAddress } from '../../scripts/lib/checks/hosts';
import { domainsOf } from '../../scripts/lib/domains';
import { PRODUCTION } from './production-values';

const written = (...addresses: string[]): WrittenAddress[] =>
  addresses.map((address) => {
    const { protocol, hostname } = new URL(address);
    return {
      scheme: protocol === 'wss:' ? 'wss' : 'https',
      host: hostname,
      file: 'app.js',
      start: 0,
    };
  });

const domains = (changes: RawEnv = {}, ...addresses: string[]) =>
  domainsOf(readEnv({ ...PRODUCTION, ...changes }), written(...addresses));

const addresses = (list: readonly { address: string }[]) => list.map(({ address }) => address);

describe('the lists for the console', () => {
  it('name a link host in the request list with and without :443, and in the socket list once', () => {
    const { request, socket } = domains();
    for (const host of ['wlnimsc0.netease.im', 'wlnimsc1.netease.im']) {
      expect(addresses(request)).toEqual(
        expect.arrayContaining([`https://${host}`, `https://${host}:443`]),
      );
      expect(addresses(socket).filter((each) => each.includes(host))).toEqual([`wss://${host}`]);
    }
  });

  it('name a different port of the link as well', () => {
    const { request, socket } = domains({ TARO_APP_LINK_URL: 'wlnimsc0.netease.im:8443' });
    expect(addresses(request)).toContain('https://wlnimsc0.netease.im:8443');
    expect(addresses(socket)).not.toContain('wss://wlnimsc0.netease.im:8443');
  });

  it('name the LBS and the app server, with its port', () => {
    const { request } = domains({ TARO_APP_APP_SERVER: 'https://chat.company.test:8443/api' });
    expect(addresses(request)).toEqual(
      expect.arrayContaining(['https://lbs.netease.im', 'https://chat.company.test:8443']),
    );
  });

  it('give a reason for each host, and repeat no host', () => {
    for (const list of Object.values(domains())) {
      for (const { why } of list) expect(why).not.toBe('');
      expect(new Set(addresses(list)).size).toBe(list.length);
    }
  });

  it('name the hosts of a meeting kit in the package, and always its statistics host', () => {
    const { request } = domains({}, 'https://roomkit.netease.im', 'https://statistic.live.126.net');
    expect(addresses(request)).toEqual(
      expect.arrayContaining(['https://roomkit.netease.im', 'https://statistic.live.126.net']),
    );
    expect(addresses(domains({}, 'https://statistic.live.126.net').request)).not.toContain(
      'https://statistic.live.126.net',
    );
  });

  it('name the upload hosts of the build and of the SDK in the package', () => {
    const { uploadFile } = domains({}, 'https://fileup.chatnos.com', 'https://oss.chatnos.com');
    expect(addresses(uploadFile)).toEqual([
      'https://nosup-hz1.127.net',
      'https://fileup.chatnos.com',
      'https://oss.chatnos.com',
    ]);
  });

  it('name the statistics host only with statistics on', () => {
    const host = 'https://statistic.live.126.net';
    expect(addresses(domains({}, host).request)).not.toContain(host);
    expect(addresses(domains({ TARO_APP_STATISTICS: 'on' }, host).request)).toContain(host);
  });

  it('mark hosts that the code asks for and the build does not list', () => {
    const { request } = domains({}, 'https://maps.company.test');
    expect(request).toContainEqual({
      address: 'https://maps.company.test',
      why: 'written in app.js',
      missing: true,
    });
  });

  it('leave out hosts that the app never asks for', () => {
    const all = Object.values(domains({}, 'https://reactjs.org', 'https://abt-online.netease.im'));
    expect(all.flatMap(addresses).join()).not.toMatch(/reactjs|abt-online/);
  });
});
