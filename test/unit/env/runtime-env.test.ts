import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, type RawEnv, readEnv } from '@/env/runtime-env';

const GOOD: RawEnv = {
  TARO_APP_APPKEY: 'appkey',
  TARO_APP_LBS_URL: 'https://lbs.netease.im/lbs/wxwebconf.jsp',
  TARO_APP_LINK_URL: 'wlnimsc0.netease.im',
  TARO_APP_LEGAL_REQUEST_HOSTS: 'lbs.netease.im, wlnimsc0.netease.im, api.example.com',
  TARO_APP_LEGAL_SOCKET_HOSTS: 'wlnimsc0.netease.im',
  TARO_APP_APP_SERVER: 'https://api.example.com/',
};

function problemsOf(changes: RawEnv): string[] {
  try {
    readEnv({ ...GOOD, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ field }) => field);
    throw error;
  }
}

/** A dotenv file, as far as these files use the format. */
function envFile(name: string): RawEnv {
  const text = readFileSync(path.resolve(__dirname, '../../..', name), 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key, value]) => [key, value]),
  );
}

describe('the runtime configuration', () => {
  it('accepts a correct configuration with safe defaults', () => {
    expect(readEnv(GOOD)).toMatchObject({
      appServer: 'https://api.example.com',
      linkSSL: true,
      statistics: false,
      development: false,
      legalHosts: { socket: ['wlnimsc0.netease.im'] },
    });
  });

  it.each([',', ' ', ';', '; ', '；', '，', '、'])('separates hosts at "%s"', (separator) => {
    const hosts = ['nim-nosdn.netease.im', 'cdn.company.test', '203.0.113.7'];
    const { legalHosts } = readEnv({
      ...GOOD,
      TARO_APP_LEGAL_DOWNLOAD_HOSTS: hosts.join(separator),
    });
    expect(legalHosts.downloadFile).toEqual(hosts);
  });

  it.each<[string, RawEnv, string]>([
    ['no app key', { TARO_APP_APPKEY: '' }, 'TARO_APP_APPKEY'],
    ['no LBS', { TARO_APP_LBS_URL: undefined }, 'TARO_APP_LBS_URL'],
    [
      'two LBS',
      { TARO_APP_LBS_URL: `${GOOD.TARO_APP_LBS_URL},https://lbs2.netease.im` },
      'TARO_APP_LBS_URL',
    ],
    ['an http LBS', { TARO_APP_LBS_URL: 'http://lbs.netease.im' }, 'TARO_APP_LBS_URL'],
    ['no address at all', { TARO_APP_LBS_URL: 'lbs.netease.im' }, 'TARO_APP_LBS_URL'],
    [
      'an LBS that is not a legal host',
      { TARO_APP_LBS_URL: 'https://other.im' },
      'TARO_APP_LBS_URL',
    ],
    ['no linkUrl', { TARO_APP_LINK_URL: ' ' }, 'TARO_APP_LINK_URL'],
    [
      'a linkUrl with a scheme',
      { TARO_APP_LINK_URL: 'wss://wlnimsc0.netease.im' },
      'TARO_APP_LINK_URL',
    ],
    [
      'a linkUrl that is not a legal socket host',
      { TARO_APP_LEGAL_SOCKET_HOSTS: 'x.im' },
      'TARO_APP_LINK_URL',
    ],
    [
      'a linkUrl that is not a legal request host',
      { TARO_APP_LEGAL_REQUEST_HOSTS: 'lbs.netease.im,api.example.com' },
      'TARO_APP_LINK_URL',
    ],
    ['a plain link outside development', { TARO_APP_LINK_SSL: 'off' }, 'TARO_APP_LINK_SSL'],
    [
      'an http app server',
      { TARO_APP_APP_SERVER: 'http://api.example.com' },
      'TARO_APP_APP_SERVER',
    ],
    [
      'an address among the hosts',
      { TARO_APP_LEGAL_UPLOAD_HOSTS: 'https://nos.im' },
      'TARO_APP_LEGAL_UPLOAD_HOSTS',
    ],
    [
      'a host with an underscore',
      {
        TARO_APP_LEGAL_REQUEST_HOSTS:
          'lbs.netease.im,api.example.com,wlnimsc0.netease.im,a_b.example.com',
      },
      'TARO_APP_LEGAL_REQUEST_HOSTS',
    ],
    [
      'a host that begins with a hyphen',
      { TARO_APP_LEGAL_SOCKET_HOSTS: 'wlnimsc0.netease.im,-a.example.com' },
      'TARO_APP_LEGAL_SOCKET_HOSTS',
    ],
    [
      'a host whose port is not a number',
      { TARO_APP_LEGAL_UPLOAD_HOSTS: 'nos:im.example.com' },
      'TARO_APP_LEGAL_UPLOAD_HOSTS',
    ],
    [
      'hosts with another separator',
      { TARO_APP_LEGAL_DOWNLOAD_HOSTS: 'nim.example.com|cdn.company.test' },
      'TARO_APP_LEGAL_DOWNLOAD_HOSTS',
    ],
    [
      'a switch that is neither on nor off',
      { TARO_APP_STATISTICS: 'maybe' },
      'TARO_APP_STATISTICS',
    ],
    ['an app secret', { TARO_APP_APP_SECRET: 'x' }, 'TARO_APP_*'],
  ])('names the field for %s', (_what, changes, field) => {
    expect(problemsOf(changes)).toEqual([field]);
  });

  it('lists all problems at once, each with its fix', () => {
    const error = (() => {
      try {
        return readEnv({});
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigurationError);
    const { problems } = error as ConfigurationError;
    expect(problems.map(({ field }) => field)).toEqual([
      'TARO_APP_APPKEY',
      'TARO_APP_LBS_URL',
      'TARO_APP_LINK_URL',
      'TARO_APP_APP_SERVER',
    ]);
    expect(problems.every(({ fix }) => fix.length > 10)).toBe(true);
  });

  it('accepts http and ws in development only', () => {
    expect(() => readEnv(envFile('.env'))).not.toThrow();
    expect(() => readEnv({ ...envFile('.env'), TARO_APP_DEVELOPMENT: 'off' })).toThrow('not https');
  });

  it('accepts the production example unchanged', () => {
    expect(() =>
      readEnv({ ...envFile('.env'), ...envFile('.env.production.example') }),
    ).not.toThrow();
  });
});
