import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RawEnv } from '@/env/runtime-env';
import { ROOT } from '../../../scripts/lib/build';
import { checkPackage, type Finding } from '../../../scripts/lib/checks';
import { BuiltPackage, type DeclaredPrivacy } from '../../../scripts/lib/checks/built-package';
import { PRIVACY_FILE } from '../../../scripts/lib/checks/privacy';
import { PRODUCTION } from '../production-values';
import { PRODUCTION_PACKAGE } from './build-production';

const DECLARED = (
  JSON.parse(readFileSync(path.join(ROOT, PRIVACY_FILE), 'utf8')) as { declared: DeclaredPrivacy }
).declared;
/** Every use of personal data in the app, with its line of the privacy guide. */
const USES = {
  addPhoneCalendar: '使用你的日历（仅写入）权限',
  setClipboardData: '读取你的剪切板',
  chooseMessageFile: '收集你选中的文件',
  chooseLocation: '收集你选择的位置信息',
  getRecorderManager: '访问你的麦克风',
  chooseMedia: '收集你选中的照片或视频信息',
  saveImageToPhotosAlbum: '使用你的相册（仅写入）权限',
  saveVideoToPhotosAlbum: '使用你的相册（仅写入）权限',
};
let directory: string;

beforeEach(() => {
  directory = path.join(mkdtempSync(path.join(os.tmpdir(), 'planted-')), 'package');
  cpSync(PRODUCTION_PACKAGE, directory, { recursive: true });
});

afterEach(() => rmSync(path.dirname(directory), { recursive: true }));

const at = (file: string) => path.join(directory, file);
const write = (file: string, text: string) => writeFileSync(at(file), text);
const addCode = (file: string, code: string) => appendFileSync(at(file), `\n;${code}\n`);
const linesOf = (file: string) => readFileSync(at(file), 'utf8').split('\n').length;

function findings(env: RawEnv = PRODUCTION, declared = DECLARED): Finding[] {
  return checkPackage(new BuiltPackage(directory, env, '.env.production.local', declared));
}

const errors = (env?: RawEnv, declared?: DeclaredPrivacy) =>
  findings(env, declared).filter(({ severity }) => severity === 'error');

describe('the package as built', () => {
  it('has no fault, and no advice when every optional host is listed', () => {
    expect(findings()).toEqual([]);
  });

  it('declares each of its uses of personal data, and no other function', () => {
    expect(Object.keys(DECLARED).sort()).toEqual(Object.keys(USES).sort());
  });

  it('receives advice about optional hosts without a refusal', () => {
    const found = findings({ ...PRODUCTION, TARO_APP_LEGAL_UPLOAD_HOSTS: 'nosup-hz1.127.net' });
    expect(found.map(({ severity, message }) => [severity, message.split(' ')[0]])).toEqual([
      ['advice', 'fileup.chatnos.com'],
      ['advice', 'oss.chatnos.com'],
    ]);
  });
});

describe('a planted fault is named with its file and its fix', () => {
  it('broken WXML', () => {
    write('pages/me/index.wxml', '<view>\n  <text>{{a}}</view>\n');
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'wxml',
        file: 'pages/me/index.wxml',
        line: 2,
        message: expect.stringContaining('end-tag') as string,
        fix: expect.stringContaining('template') as string,
      }),
    ]);
  });

  it('JavaScript that does not parse', () => {
    addCode('pages/me/index.js', 'const broken = ;');
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'javascript',
        file: 'pages/me/index.js',
        line: linesOf('pages/me/index.js') - 1,
        message: expect.stringContaining('is not ES2019') as string,
        fix: expect.stringContaining('Babel') as string,
      }),
    ]);
  });

  it.each([
    ['optional chaining', 'wx?.login()'],
    ['a class field', 'class A { b = 1 }'],
    ['a lookbehind in a regular expression', '/(?<=a)b/.test("ab")'],
  ])('JavaScript newer than iOS 12: %s', (_, code) => {
    addCode('vendors.js', code);
    expect(errors()).toEqual([
      expect.objectContaining({ check: 'javascript', file: 'vendors.js' }),
    ]);
  });

  it.each(['http://127.0.0.1:7600/app', 'https://192.168.1.20/api', 'wss://localhost/socket'])(
    'an address of this machine: %s',
    (address) => {
      addCode('common.js', `wx.request({ url: "${address}" })`);
      expect(errors()).toContainEqual(
        expect.objectContaining({
          check: 'local addresses',
          file: 'common.js',
          line: linesOf('common.js') - 1,
          message: expect.stringContaining(address.slice(0, 12)) as string,
          fix: expect.stringContaining('.env.production.local') as string,
        }),
      );
    },
  );

  it('a page that is missing', () => {
    rmSync(at('packages/chat/index.js'));
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'pages',
        file: 'packages/chat/index.js',
        message: expect.stringContaining('packages/chat/index') as string,
        fix: expect.stringContaining('src/app.config.ts') as string,
      }),
    ]);
  });

  it.each([
    ['the main package', 'assets/large.png', 'main package'],
    ['a sub-package', 'packages/devices/large.png', 'packages/devices'],
  ])('too many bytes in %s', (_, file, name) => {
    write(file, 'x'.repeat(2_200_000));
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'sizes',
        file,
        message: expect.stringMatching(new RegExp(`^${name} has [\\d,]+ bytes.*limit`)) as string,
        fix: expect.stringContaining('sub-package') as string,
      }),
    ]);
  });

  it.each([
    ['a named value', 'var options = { appSecret: "a1b2c3d4e5f6" }'],
    ['a value of 32 characters', 'options.wxSecret = "0123456789abcdef0123456789abcdef"'],
    ['a text', 'fetch("/token?secret=0123456789abcdef0123456789abcdef")'],
    ['a private key', 'var k = "-----BEGIN RSA PRIVATE KEY-----"'],
  ])('a secret, without its value: %s', (_, code) => {
    addCode('common.js', code);
    const found = errors();
    expect(found).toEqual([
      expect.objectContaining({
        check: 'secrets',
        file: 'common.js',
        fix: expect.stringContaining('app server') as string,
      }),
    ]);
    expect(JSON.stringify(found)).not.toMatch(/a1b2c3d4e5f6|0123456789abcdef/);
  });

  it('a key file', () => {
    write('assets/private.key', 'anything');
    expect(errors()).toEqual([
      expect.objectContaining({ check: 'secrets', file: 'assets/private.key' }),
    ]);
  });

  it('an address without encryption', () => {
    addCode('pages/me/index.js', 'wx.request({ url: "http://chat.company.test/me" })');
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'plain addresses',
        file: 'pages/me/index.js',
        message: expect.stringContaining('http://chat.company.test/me') as string,
        fix: expect.stringContaining('https://') as string,
      }),
    ]);
  });

  it('a missing value of the configuration', () => {
    expect(errors({ ...PRODUCTION, TARO_APP_APPKEY: '' })).toEqual([
      expect.objectContaining({
        check: 'environment',
        file: '.env.production.local',
        message: 'TARO_APP_APPKEY is missing',
        fix: expect.stringContaining('TARO_APP_APPKEY=') as string,
      }),
    ]);
  });

  it.each([
    ['https', 'https://cdn.elsewhere.test/a.png', 'TARO_APP_LEGAL_REQUEST_HOSTS'],
    ['wss', 'wss://link.elsewhere.test/socket', 'TARO_APP_LEGAL_SOCKET_HOSTS'],
  ])('an %s host in no list', (_, address, field) => {
    addCode('common.js', `open("${address}")`);
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'hosts',
        file: 'common.js',
        message: expect.stringContaining('elsewhere.test') as string,
        fix: expect.stringContaining(field) as string,
      }),
    ]);
  });

  it('a call without a declaration', () => {
    addCode('packages/chat/index.js', 'wx.chooseVideo({ count: 1 })');
    expect(errors()).toEqual([
      expect.objectContaining({
        check: 'privacy',
        file: 'packages/chat/index.js',
        message: 'chooseVideo is used but not declared',
        fix: expect.stringContaining('收集你选中的照片或视频信息') as string,
      }),
    ]);
  });

  it.each(Object.entries(USES))('%s of the app without a declaration: "%s"', (name, guide) => {
    const others = Object.fromEntries(
      Object.entries(DECLARED).filter(([declared]) => declared !== name),
    );
    expect(errors(PRODUCTION, others)).toEqual([
      expect.objectContaining({
        check: 'privacy',
        message: `${name} is used but not declared`,
        fix: expect.stringContaining(guide) as string,
      }),
    ]);
  });

  it('a place chosen by the user that app.json does not declare', () => {
    const app = JSON.parse(readFileSync(at('app.json'), 'utf8')) as Record<string, unknown>;
    write('app.json', JSON.stringify({ ...app, requiredPrivateInfos: [] }));
    expect(errors().map(({ message }) => message)).toEqual([
      'chooseLocation is used but app.json has no requiredPrivateInfos for it',
    ]);
  });

  it('a location call that app.json does not declare', () => {
    addCode('packages/chat/index.js', 'u().getLocation({})');
    const found = errors(PRODUCTION, { ...DECLARED, getLocation: 'sends a place' });
    expect(found.map(({ message }) => message)).toEqual([
      'getLocation is used but app.json has no requiredPrivateInfos for it',
      'getLocation is used but app.json has no permission scope.userLocation',
    ]);
  });
});

describe('text that only resembles a fault', () => {
  it.each([
    ['a comment', '/* see http://127.0.0.1:7600 and secret=0123456789abcdef */'],
    ['the name of an XML namespace', 'var ns = "http://www.w3.org/2000/svg"'],
    ['a scheme alone', 'var scheme = ssl ? "https://" : "http://"'],
    ['a version with dots', 'var version = "10.8.1"'],
    ['a name with "secret" in it', 'var names = { secret: "string", secretAccessKey: 2 }'],
    ['a method of the app itself', 'this.chooseMedia()'],
  ])('%s', (_, code) => {
    addCode('common.js', code);
    expect(errors()).toEqual([]);
  });
});
