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
import type { StartSample, StartSampleOptions, StartTurnsOptions } from './start-sample';

const TURNS = 30;
const CONVERSATIONS = 40;
const BUILT_FOR = '127.0.0.1:7600';

/**
 * Measures the cold start of a signed-in phone, from the first line of app.js to the setData with the
 * conversation list, against an empty Taro app built the same way. The two apps start alternately in one
 * process, each time with newly compiled files, and the ratio is the median of the ratios of the turns.
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
    const storage = await signedInStorage(dist, emulator);
    const [empties, ours] = await sample(folder, [
      { dist: empty.directory, marker: 'empty', storage: [], resolve },
      { dist, marker: 'conv-name', storage, resolve },
    ]);
    const [first] = ours ?? [];
    if (!empties || !ours || !first) throw new Error('no sample of a start');
    const ratios = ours.map(({ ms }, turn) => ratio(ms, empties[turn]?.ms ?? Number.NaN));
    const middle = (samples: StartSample[]) => median(samples.map(({ ms }) => ms)).toFixed(1);
    return [
      atMost(
        'start.ratio',
        median(ratios),
        // docs/decisions/011.
        3.1,
        { note: `${middle(ours)} ms, empty Taro app ${middle(empties)} ms; stretch 1.5` },
      ),
      atMost('start.calls', first.setDataCalls, 2, { note: 'setData until the list is shown' }),
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

/** Returns the storage of a phone after a sign-in. */
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

/** Returns one list of samples for each app. */
async function sample(folder: string, apps: StartSampleOptions[]): Promise<StartSample[][]> {
  const file = path.join(folder, 'turns.json');
  const options: StartTurnsOptions = { apps, turns: TURNS };
  writeFileSync(file, JSON.stringify(options));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--import',
    'tsx',
    path.join(__dirname, 'start-sample.ts'),
    file,
  ]);
  return JSON.parse(stdout) as StartSample[][];
}
