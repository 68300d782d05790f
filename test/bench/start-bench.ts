import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { launchHost } from '../host';
import { createWx } from '../wx';
import { atMost, type Figure, median, ratio } from './figures';
import type { StartSample, StartSampleOptions } from './start-sample';

const SAMPLES = 15;
const CONVERSATIONS = 40;
const BUILT_FOR = '127.0.0.1:7600';

/**
 * Cold start of a phone that is signed in: from the first line of app.js to the setData with the
 * conversation list, against an empty Taro app built the same way. Each start has a process of its own,
 * the two apps take turns; the ratio is the median of those of each turn.
 */
export async function benchStart(): Promise<Figure[]> {
  const empty = await build({
    target: 'weapp',
    app: { name: 'bench-empty', sourceRoot: 'test/bench/empty-app' },
  });
  const { directory: dist } = await build({ target: 'weapp' });
  const emulator = await worldWithTalk();
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  try {
    const resolve: [string, string] = [BUILT_FOR, new URL(emulator.url).host];
    const ours = path.join(folder, 'ours.json');
    const theirs = path.join(folder, 'empty.json');
    const storage = await signedInStorage(dist, emulator);
    write(ours, { dist, sign: 'conv-name', storage, resolve });
    write(theirs, { dist: empty.directory, sign: 'empty', storage: [], resolve });
    const pairs: { ours: StartSample; empty: StartSample }[] = [];
    for (let i = 0; i < SAMPLES; i++)
      pairs.push({ empty: await sample(theirs), ours: await sample(ours) });
    const middle = (what: (pair: (typeof pairs)[number]) => number) => median(pairs.map(what));
    const first = pairs[0]?.ours;
    if (!first) throw new Error('unreachable');
    return [
      atMost(
        'start.ratio',
        middle((pair) => ratio(pair.ours.ms, pair.empty.ms)),
        // docs/decisions/011: what the mended faults added.
        2.2,
        {
          note: `${middle((pair) => pair.ours.ms).toFixed(1)} ms, empty Taro app ${middle((pair) => pair.empty.ms).toFixed(1)} ms; stretch 1.5`,
        },
      ),
      atMost('start.calls', first.setDataCalls, 2, { note: 'setData until the list is there' }),
      atMost('start.bytes', first.setDataBytes, 15_000, { unit: 'B' }),
      atMost('start.evaluated', first.evaluatedBytes, 600_000, {
        unit: 'B',
        note: 'JavaScript loaded before it',
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
    await emulator.close();
  }
}

async function worldWithTalk(): Promise<Emulator> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  const { world } = emulator;
  world.addAccount({ accountId: 'anna', name: 'Anna', token: 'token-anna' });
  for (let i = 0; i < CONVERSATIONS; i++) {
    const accountId = `friend${i}`;
    world.addAccount({ accountId, name: `Friend ${i}`, token: `token-${accountId}` });
    world.sendMessage({ from: accountId, to: 'anna', text: `A message of everyday length, ${i}` });
  }
  return emulator;
}

/** What the phone kept when it was last used. */
async function signedInStorage(dist: string, emulator: Emulator): Promise<[string, unknown][]> {
  const storage = new Map<string, unknown>([
    ['yunxin.account', JSON.stringify({ way: 'static', accountId: 'anna', token: 'token-anna' })],
  ]);
  const address = new URL(emulator.url).host;
  const wx = createWx({ storage, resolve: (url) => url.replace(BUILT_FOR, address) });
  const host = await launchHost({ dist, wx });
  await host.waitForNode({ className: 'conv-name' });
  await host.waitFor(() => !host.page.has({ className: 'banner' }), {
    what: 'the end of the sync',
  });
  host.hide();
  host.close();
  return [...storage];
}

function write(file: string, options: StartSampleOptions): void {
  writeFileSync(file, JSON.stringify(options));
}

async function sample(file: string): Promise<StartSample> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    path.join(__dirname, 'start-sample.ts'),
    file,
  ]);
  return JSON.parse(stdout) as StartSample;
}
