import { spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RawEnv, readEnv } from '@/env/runtime-env';
import { seedDemoWorld } from '../../emulator/world/seed/demo-world';
import { World } from '../../emulator/world/world';
import { emptyWorldState } from '../../emulator/world/world-state';
import { MessageTag, startEmulator } from '../../emulator';
import { createClient, disposeClients } from './support/client';

/** Another loopback address than the emulator's default, where the system has several. */
const OTHER_LOOPBACK = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

afterEach(disposeClients);

describe('the demo world', () => {
  const NOW = Date.UTC(2026, 10, 21, 6);
  const make = (seed: number, now = NOW): World => {
    const world = new World(emptyWorldState(), () => now);
    seedDemoWorld(world, seed);
    return world;
  };

  test('is the same for the same seed and time, and differs for another seed', () => {
    expect(make(1).state).toEqual(make(1).state);
    expect(make(2).state.logs).not.toEqual(make(1).state.logs);
  });

  test('has a dozen accounts, three teams, and past messages of every kind over several days', () => {
    const { state } = make(1);
    expect(Object.keys(state.accounts)).toHaveLength(12);
    expect(Object.values(state.teams).map(({ kind }) => kind)).toContain('superTeam');
    expect(Object.keys(state.teams)).toHaveLength(3);
    const logs = Object.values(state.logs);
    expect(Math.max(...logs.map((log) => log.length))).toBeGreaterThanOrEqual(400);
    const all = logs.flat();
    expect(new Set(all.map(({ messageType }) => messageType))).toEqual(
      new Set([0, 1, 2, 3, 4, 5, 6, 10, 12, 100]),
    );
    expect(all.every(({ createTime }) => createTime <= NOW)).toBe(true);
    for (const log of logs) {
      const times = log.map(({ createTime }) => createTime);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
    }
  });

  test('has files that are downloaded with the size and MD5 of their messages', async () => {
    const emulator = await startEmulator({ port: 0 });
    const log = Object.entries(emulator.world.state.logs)
      .filter(([key]) => key.startsWith('superTeam'))
      .flatMap(([, all]) => all);
    const origin = `${emulator.url}/`;
    const files = log
      .map(
        ({ tags }) =>
          JSON.parse(String(tags[MessageTag.attachment] || '{}')) as {
            url?: string;
            data?: object;
          },
      )
      .map((found) => ({ ...found, ...found.data }) as Record<string, string>)
      .filter(({ url, md5 }) => url && md5);
    const downloads = await Promise.all(
      files.map(({ url = '' }) => fetch(url.replace('emulator://', origin))),
    );
    const contents = await Promise.all(downloads.map((answer) => answer.arrayBuffer()));
    await emulator.close();
    expect(files).toHaveLength(6);
    for (const [i, content] of contents.entries()) {
      const md5 = createHash('md5').update(Buffer.from(content)).digest('hex');
      expect([content.byteLength, md5]).toEqual([files[i]?.size, files[i]?.md5]);
    }
  });

  test('shows unread counts, friends and pictures to the SDK', async () => {
    const emulator = await startEmulator({ echoDelayMs: 0 });
    const linxia = createClient(emulator, 'linxia');
    await linxia.login();
    const conversations = await linxia.nim.V2NIMLocalConversationService.getConversationList(
      0,
      100,
    );
    const unread = new Map(
      conversations.conversationList.map(({ conversationId, unreadCount }) => [
        conversationId,
        unreadCount,
      ]),
    );
    expect(unread.get('linxia|1|chenyu')).toBe(3);
    expect(unread.get('linxia|1|zhouyi')).toBe(0);
    const friends = await linxia.nim.V2NIMFriendService.getFriendList();
    expect(friends).toHaveLength(11);
    const avatar = await fetch(friends[0]?.userProfile?.avatar ?? '');
    expect(avatar.headers.get('content-type')).toContain('image/svg+xml');

    await linxia.sendText('echo', '你好');
    await linxia.waitFor('onReceiveMessages', ([message]: [{ text?: string }]) =>
      (message.text ?? '').endsWith('🔁 你好'),
    );
    expect(emulator.unimplemented).toEqual([]);
    await linxia.dispose();
    await emulator.close();
  });
});

describe('a stored world', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'emulator-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  test('survives a restart, with messages, offline boxes and continued ids', async () => {
    const first = await startEmulator({ world: 'empty', dataDir });
    first.world.addAccount({ accountId: 'ann', name: 'Ann' });
    first.world.addAccount({ accountId: 'ben' });
    const ann = createClient(first, 'ann');
    await ann.login();
    const sent = await ann.sendText('ben', 'remember me');
    await ann.dispose();
    await first.close();

    const second = await startEmulator({ world: 'empty', dataDir });
    const ben = createClient(second, 'ben');
    await ben.login();
    expect(ben.received()).toMatchObject([{ text: 'remember me' }]);
    const next = await ben.sendText('ann', 'I do');
    expect(BigInt(next.messageServerId)).toBeGreaterThan(BigInt(sent.messageServerId));
    await ben.dispose();
    await second.close();
  });
});

describe('over TLS', () => {
  test('the SDK signs in over https and wss', async () => {
    const emulator = await startEmulator({ tls: true });
    expect(emulator.lbsUrl).toMatch(/^https:/);
    expect(emulator.certificate).toContain('BEGIN CERTIFICATE');
    const linxia = createClient(emulator, 'linxia');
    await linxia.login();
    expect(linxia.received().length).toBeGreaterThan(0);
    await linxia.dispose();
    await emulator.close();
  });
});

describe('on an address of the network', () => {
  const host = OTHER_LOOPBACK;

  test('a phone gets everything over TLS, and the SDK signs in', async () => {
    const emulator = await startEmulator({ host });
    const { lbsUrl, linkUrl, appServer, linkSSL, certificate = '' } = emulator;
    expect([lbsUrl, appServer, `https://${linkUrl}`].map((url) => new URL(url).hostname)).toEqual([
      host,
      host,
      host,
    ]);
    expect(linkSSL).toBe(true);
    expect(new X509Certificate(certificate).checkIP(host)).toBe(host);
    const linxia = createClient(emulator, 'linxia');
    await linxia.login();
    await linxia.dispose();
    await emulator.close();
  });

  test('commands and the http port stay on 127.0.0.1', async () => {
    const emulator = await startEmulator({ host });
    expect(emulator.control).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await fetch(emulator.control)).status).toBe(200);
    const { hostname, port } = new URL(emulator.secureUrl ?? '');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = { hostname, port, path: '/control/faults', ca: emulator.certificate };
      https.get(options, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(404);
    expect(new URL(emulator.url).hostname).toBe('127.0.0.1');
    await emulator.close();
  });

  test('without `host` all addresses are on 127.0.0.1', async () => {
    const emulator = await startEmulator({ tls: true });
    const { url, lbsUrl, appServer, linkUrl } = emulator;
    for (const each of [url, lbsUrl, appServer, `https://${linkUrl}`])
      expect(new URL(each).hostname).toBe('127.0.0.1');
    await emulator.close();
  });
});

describe('the command line', () => {
  interface Run {
    stdout: string;
    stderr: string;
    code: number | null;
  }

  /** Runs the CLI. `whenPrinted` is called with the first line and may end the process. */
  function run(
    args: string[],
    whenPrinted?: (line: string, stop: () => void) => void,
  ): Promise<Run> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'emulator/cli.ts', ...args]);
      const result: Run = { stdout: '', stderr: '', code: null };
      child.stdout.on('data', (chunk: Buffer) => {
        const before = result.stdout.includes('\n');
        result.stdout += String(chunk);
        if (!before && result.stdout.includes('\n')) {
          whenPrinted?.(result.stdout.split('\n')[0] ?? '', () => child.kill('SIGTERM'));
        }
      });
      child.stderr.on('data', (chunk: Buffer) => (result.stderr += String(chunk)));
      child.on('close', (code) => resolve({ ...result, code }));
    });
  }

  test('--json prints one line with all addresses, and SIGTERM ends the process', async () => {
    let described: Record<string, unknown> = {};
    let health = 0;
    const { stdout, stderr, code } = await run(['--port', '0', '--json'], (line, stop) => {
      described = JSON.parse(line) as Record<string, unknown>;
      void fetch(String(described['control'])).then((answer) => {
        health = answer.status;
        stop();
      });
    });
    expect(Object.keys(described)).toEqual(
      expect.arrayContaining([
        ...['lbsUrl', 'linkUrl', 'linkSSL', 'appServer', 'control', 'appkey', 'accounts'],
      ]),
    );
    expect(described['accounts']).toContainEqual({
      accountId: 'linxia',
      token: 'token-linxia',
      name: '林夏',
    });
    expect(health).toBe(200);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('--host warns, prints the values for a build, and writes the certificate', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'emulator-')), 'emulator.pem');
    const { stdout, stderr, code } = await run(
      ['--host', OTHER_LOOPBACK, '--port', '0', '--save-certificate', file],
      (_line, stop) => stop(),
    );
    expect(stderr).toContain(`WARNING: everybody who reaches ${OTHER_LOOPBACK}`);
    const values = [...stdout.matchAll(/^ {2}(TARO_APP_\w+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    const { lbsUrl, linkSSL } = readEnv(Object.fromEntries(values) as RawEnv);
    expect([new URL(lbsUrl).hostname, linkSSL]).toEqual([OTHER_LOOPBACK, true]);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN CERTIFICATE');
    expect(code).toBe(0);
  });

  test.each(['0.0.0.0', '203.0.113.9', 'example.com'])('--host %s is refused', async (host) => {
    const { stdout, stderr, code } = await run(['--host', host, '--port', '0']);
    expect(stdout).toBe('');
    expect(stderr).toContain(`--host ${host} is no address of this machine; there are 127.0.0.1`);
    expect(code).toBe(1);
  });

  test('a port in use gives one clear line and exit code 1', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const { stdout, stderr, code } = await run(['--port', String(port), '--json']);
    taken.close();
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('in use');
    expect(code).toBe(1);
  });
});
