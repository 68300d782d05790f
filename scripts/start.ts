import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../emulator';
import { build, ROOT, type Target } from './lib/build';
import { emulatorEnv } from './lib/emulator-env';
import { type Served, serveApp, servePage } from './lib/serve';

/**
 * `npm start [-- --port N] [--no-open] [--data DIR]`: runs the whole product on this machine. The command starts the
 * emulator with its seed, builds dist/weapp and dist/h5 for its addresses, and opens a page with two phones.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7610' },
    open: { type: 'boolean', default: true },
    data: { type: 'string' },
  },
  allowNegative: true,
});

const EMULATOR_PORT = 7600;
const closers: (() => Promise<unknown>)[] = [];
let stopping = false;

async function main(): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port`);
  // Checked before the emulator and the builds, which take a minute on the first run.
  if (!(await isFree(port)))
    throw new Error(`port ${port} is in use: give another with "npm start -- --port N"`);
  const emulatorPort = (await isFree(EMULATOR_PORT)) ? EMULATOR_PORT : 0;
  const emulator = await startEmulator({
    port: emulatorPort,
    ...(values.data === undefined ? {} : { dataDir: path.resolve(values.data) }),
  });
  closers.push(() => emulator.close());
  say(`emulator  ${emulator.url}`);

  const env = emulatorEnv(emulator, 'h5');
  // The package must contain the addresses of this emulator; the committed .env has those of the usual port.
  const weappEnv = emulatorPort === EMULATOR_PORT ? {} : env;
  const weapp = await timedBuild('weapp', weappEnv);
  const h5 = await timedBuild('h5', {});

  const [left, right] = emulator.accounts;
  if (!left || !right) throw new Error('the emulator has no two accounts to show');
  const phones: string[] = [];
  for (const { accountId, name } of [left, right]) {
    const app = await serveApp({ directory: h5, env });
    closers.push(() => app.close());
    phones.push(phone(`${app.origin}/?account=${encodeURIComponent(accountId)}`, name));
  }
  const template = readFileSync(path.join(ROOT, 'scripts/stage/index.html'), 'utf8');
  const page: Served = await servePage(template.replace('<!-- phones -->', phones.join('')), port);
  closers.push(() => page.close());

  say(
    `WeChat    open ${path.relative(process.cwd(), ROOT) || '.'} in WeChat DevTools (project.config.json names ${path.relative(ROOT, weapp)});`,
  );
  say('          in Details > Local settings tick "Do not verify legal domains" (不校验合法域名).');
  say(`ready ${page.origin}`);
  if (values.open) openBrowser(page.origin);
}

function phone(url: string, name: string): string {
  const label = name.replace(/[<&"]/g, '');
  return `<figure><div class="phone"><iframe src="${url}" title="${label}"></iframe></div><figcaption>${label}</figcaption></figure>`;
}

async function timedBuild(target: Target, env: Readonly<Record<string, string>>): Promise<string> {
  const live = process.stderr.isTTY;
  if (!live) say(`building ${target}...`);
  const { directory, built, seconds } = await build({
    target,
    env,
    ...(live
      ? { onProgress: (line: string) => process.stderr.write(`\rbuilding ${line}   `) }
      : {}),
  });
  if (live) process.stderr.write('\r');
  say(
    `${target.padEnd(9)} ${path.relative(ROOT, directory)} (${built ? `${seconds.toFixed(0)} s` : 'unchanged'})`,
  );
  return directory;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be opened here; open the address above by hand.'));
  child.unref();
}

function say(line: string): void {
  console.log(line);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.allSettled(closers.reverse().map((close) => close()));
  process.exit(code);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void stop(1);
});
