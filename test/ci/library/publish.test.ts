import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { descriptionOf, versionOf } from '../../../scripts/lib/ci/release';
import { envText, PRODUCTION } from '../production-values';
import { type Ended, runScript } from '../run-script';
import { PRODUCTION_PACKAGE } from './build-production';
import { RANDOM, WeChat } from './we-chat';

let weChat: WeChat;
let network: Record<string, string>;
let directory: string;
let envFile: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'publish-'));
  envFile = path.join(directory, 'production.env');
  writeFileSync(envFile, envText());
});
afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(async () => {
  weChat = new WeChat();
  network = await weChat.start();
});
afterEach(() => weChat.close());

/** Every run here is also searched for the key in any form. */
async function run(
  name: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Ended> {
  const key = { MINIPROGRAM_PRIVATE_KEY: weChat.privateKey };
  const common = ['--dist', PRODUCTION_PACKAGE, '--env', envFile];
  const ended = await runScript(name, [...common, ...args], { ...network, ...key, ...env });
  for (const line of weChat.privateKey.split('\n').filter((each) => each.length > 16))
    expect(ended.stdout + ended.stderr).not.toContain(line);
  return ended;
}

describe('upload', () => {
  it('sends the signed package with app id, version, description and robot', async () => {
    const args = ['--version', '1.2.3', '--description', '第一版 & more', '--robot', '7'];
    const { code, json } = await run('upload', [...args, '--json', '--verbose']);
    expect(json()).toMatchObject({
      ok: true,
      version: '1.2.3',
      robot: 7,
      appId: PRODUCTION.TARO_APP_ID,
    });
    expect(code).toBe(0);
    const [sent] = weChat.received;
    expect(weChat.received).toHaveLength(1);
    expect(sent?.call).toBe('upload');
    expect(sent?.query).toMatchObject({
      appid: PRODUCTION.TARO_APP_ID,
      version: '1.2.3',
      desc: '第一版 & more',
      robot: '7',
    });
    expect(sent?.signed).toEqual({ appid: PRODUCTION.TARO_APP_ID, rand_str: RANDOM });
    const files = [...(sent?.files.keys() ?? [])];
    expect(files).toEqual(
      expect.arrayContaining(['app.json', 'app.js', 'base.wxml', 'packages/chat/index.js']),
    );
    expect(files.filter((file) => /\.map$|LICENSE|\.env|\.key$/.test(file))).toEqual([]);
    expect(sent?.files.get('packages/chat/index.wxml')?.toString()).toBe(
      readFileSync(path.join(PRODUCTION_PACKAGE, 'packages/chat/index.wxml'), 'utf8'),
    );
  });

  it('takes version and description from package.json and the last commit', async () => {
    const { code, stdout } = await run('upload');
    expect(code).toBe(0);
    expect(stdout).toContain('main package');
    expect(weChat.received[0]?.query).toMatchObject({
      version: versionOf(undefined),
      desc: descriptionOf(undefined),
      robot: '1',
    });
  });

  it('connects only to servicewechat.com', async () => {
    await run('upload');
    expect(new Set(weChat.asked)).toEqual(new Set(['servicewechat.com:443']));
  });

  it('reads the key from a file', async () => {
    const file = path.join(directory, 'upload.key');
    writeFileSync(file, weChat.privateKey);
    const { code } = await run('upload', [], {
      MINIPROGRAM_PRIVATE_KEY: '',
      MINIPROGRAM_PRIVATE_KEY_PATH: file,
    });
    expect(code).toBe(0);
    expect(weChat.received).toHaveLength(1);
  });
});

describe('preview', () => {
  it('shows and saves the QR code, and opens the requested page', async () => {
    const file = path.join(directory, 'preview.jpg');
    const page = ['--page', 'packages/chat/index', '--query', 'id=1&name=2', '--scene', '1007'];
    const { code, stdout } = await run('preview', [...page, '--robot', '3', '--qrcode', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/[▀▄█]{10}/);
    expect(stdout).toContain(file);
    expect(existsSync(file)).toBe(true);
    const [sent] = weChat.received;
    expect(sent?.call).toBe('testSourceURL');
    expect(sent?.query).toMatchObject({ robot: '3', path: 'packages/chat/index?id=1&name=2' });
    expect(JSON.parse(sent?.query['debugLaunchInfo'] ?? '')).toEqual({
      scene: 1007,
      path: 'packages/chat/index',
      query: { id: '1', name: '2' },
    });
  });

  it("prints the QR code's text with --json", async () => {
    const file = path.join(directory, 'preview-json.jpg');
    const { json } = await run('preview', ['--json', '--qrcode', file]);
    expect(json()).toMatchObject({ ok: true, qrCode: { file, text: weChat.qrCodeText } });
  });

  it('refuses a page that the package lacks before it asks WeChat', async () => {
    const { code, json } = await run('preview', ['--json', '--page', 'pages/nowhere/index']);
    expect(code).toBe(2);
    expect(json().error?.code).toBe(610007);
    expect(weChat.asked).toEqual([]);
  });
});

describe('a refusal by WeChat has its own code, exit and text', () => {
  const invalidIp = {
    errCode: -10008,
    errMsg: 'invalid ip: 203.0.113.9, reference: https://…/ci.html',
  };
  it.each([
    ['an IP address off the white list', 'upload', invalidIp, 610021, 4, '203.0.113.9'],
    [
      'the same IP address, at the first question',
      'getrandstr',
      invalidIp,
      610021,
      4,
      '203.0.113.9',
    ],
    [
      'a signature of another key',
      'upload',
      { errCode: -1, errMsg: 'get new ticket fail: innerCode: -80002' },
      20002,
      4,
      '-80002',
    ],
    [
      'an unknown app id',
      'getrandstr',
      { errCode: 40013, errMsg: 'invalid appid' },
      610020,
      4,
      '40013',
    ],
    ['a busy server', 'upload', { errCode: -1, errMsg: 'system error' }, 610022, 5, 'system error'],
    [
      'a package that is too large',
      'upload',
      { errCode: 80051, errMsg: 'source size 2113KB exceed max limit 2MB' },
      610023,
      1,
      '80051',
    ],
    ['anything else', 'upload', { errCode: 80082, errMsg: 'no permission' }, 20003, 4, '80082'],
  ])('%s (%s)', async (_, call, refusal, problem, exit, words) => {
    weChat.refuse = { [call]: refusal };
    const { code, json } = await run('upload', ['--json']);
    expect(json().error).toMatchObject({
      code: problem,
      detail: expect.stringContaining(words) as string,
    });
    expect([code, json().exitCode]).toEqual([exit, exit]);
  });

  it("has the network's code for an unreachable WeChat", async () => {
    const nowhere = 'http://127.0.0.1:9';
    const { code, json } = await run('upload', ['--json'], {
      HTTPS_PROXY: nowhere,
      https_proxy: nowhere,
    });
    expect(json().error?.code).toBe(20001);
    expect(code).toBe(3);
  });

  it("has the network's code for an untrusted certificate", async () => {
    const { code, json } = await run('upload', ['--json'], { NODE_EXTRA_CA_CERTS: '' });
    expect(json().error).toMatchObject({
      code: 20001,
      detail: expect.stringContaining('certificate') as string,
    });
    expect(code).toBe(3);
  });

  it("has the key's code for a key of another app", async () => {
    const { code, json } = await run('upload', ['--json'], {
      MINIPROGRAM_PRIVATE_KEY: new WeChat().privateKey,
    });
    expect(json().error?.code).toBe(20002);
    expect(code).toBe(4);
    expect(weChat.received).toEqual([]);
  });

  it('is Chinese on a Chinese terminal', async () => {
    weChat.refuse = { upload: invalidIp };
    const { stderr } = await run('upload', [], { LANG: 'zh_CN.UTF-8' });
    expect(stderr).toContain('610021 本机 IP 不在上传白名单');
    expect(stderr).not.toContain('white list');
  });
});

describe('pack', () => {
  it('writes the package without key and without network', async () => {
    const file = path.join(directory, 'package.zip');
    const { code, json } = await run('pack', ['--json', '--out', file], {
      MINIPROGRAM_PRIVATE_KEY: '',
    });
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      ok: true,
      package: { file, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(weChat.asked).toEqual([]);
  });

  it('stops at a fault and names the fault', async () => {
    const wrong = path.join(directory, 'wrong.env');
    writeFileSync(
      wrong,
      envText({ ...PRODUCTION, TARO_APP_LEGAL_SOCKET_HOSTS: 'elsewhere.company.test' }),
    );
    const { code, json, stderr } = await run('pack', ['--json', '--env', wrong]);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ ok: false, error: { code: 610012 } });
    expect(json().findings).toContainEqual(
      expect.objectContaining({ check: 'environment', file: wrong }),
    );
    expect(stderr).toContain('TARO_APP_LEGAL_SOCKET_HOSTS');
  });
});
