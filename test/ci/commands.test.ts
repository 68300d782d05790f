import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { envText, PRODUCTION } from './production-values';
import { runScript } from './run-script';

const directory = mkdtempSync(path.join(os.tmpdir(), 'commands-'));
const envFile = path.join(directory, 'production.env');
writeFileSync(envFile, envText());
afterAll(() => rmSync(directory, { recursive: true }));

/** No call here reaches a build or the network: a call that does would fail at the missing proxy. */
const run = (name: string, args: string[], env: Record<string, string> = {}) =>
  runScript(name, [...args, '--json'], { HTTPS_PROXY: 'http://127.0.0.1:9', ...env });

describe('a command with wrong input', () => {
  it.each([
    ['upload', ['--nonsense'], 610001],
    ['upload', ['--env', envFile], 610003],
    ['preview', ['--env', envFile, '--scene', 'morning'], 610001],
    ['upload', ['--env', envFile, '--version', '1.0.0-beta'], 610006],
    ['upload', ['--env', '/nowhere/production.env'], 610008],
    ['domains', ['--env', '.env.production.example'], 610008],
  ])('%s %j ends with %i, exit 2, and one object on stdout', async (name, args, problem) => {
    const { code, json, stderr } = await run(name, args);
    expect(json()).toMatchObject({
      ok: false,
      command: name,
      exitCode: 2,
      error: { code: problem },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(String(problem));
  });

  it('reports a missing app id first', async () => {
    const file = path.join(directory, 'no-id.env');
    writeFileSync(file, envText({ ...PRODUCTION, TARO_APP_ID: 'touristappid' }));
    const { json } = await run('upload', ['--env', file]);
    expect(json().error?.code).toBe(610002);
  });

  it('reports every wrong field of the configuration at once', async () => {
    const file = path.join(directory, 'wrong.env');
    writeFileSync(file, envText({ ...PRODUCTION, TARO_APP_APPKEY: '', TARO_APP_LINK_SSL: 'off' }));
    const { json } = await run('pack', ['--env', file]);
    expect(json().error?.detail).toMatch(
      /TARO_APP_APPKEY is missing[\s\S]*TARO_APP_LINK_SSL is off/,
    );
  });

  it('prints text for --help', async () => {
    const { code, stdout } = await runScript('upload', ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--robot');
  });
});

test('npm start suggests --port for a port in use, before a build', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const { code, stdout, stderr } = await runScript('start', ['--no-open', '--port', String(port)]);
  server.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`port ${port} is in use`);
  expect(stderr).toContain('--port');
});
