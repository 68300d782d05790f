import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchHost } from '../host';
import { createWx } from '../wx';
import { unloadedNow } from './stopwatch';

/** Options of the starts of one app. */
export interface StartSampleOptions {
  dist: string;
  /** Text in the JSON of the first setData that shows the list. */
  marker: string;
  storage: [string, unknown][];
  /** Address of the emulator in the package, and its real address. */
  resolve: [string, string];
}

/** The argument of the process: a file with the apps that start in turn, and how often. */
export interface StartTurnsOptions {
  apps: StartSampleOptions[];
  turns: number;
}

export interface StartSample {
  /** From the first line of app.js to the setData that brought the marker to the view. */
  ms: number;
  /** Bytes of JavaScript evaluated until the marker was shown. */
  evaluatedBytes: number;
  setDataBytes: number;
  setDataCalls: number;
}

/** Turns before the first that counts: they warm up Node and the host, which both apps use. */
const WARM_UP = 2;

/** A separate process without jest. It prints one list of samples for each app. */
async function main(file: string): Promise<void> {
  const { apps, turns } = JSON.parse(readFileSync(file, 'utf8')) as StartTurnsOptions;
  const samples: StartSample[][] = apps.map(() => []);
  for (let turn = 0; turn < turns + WARM_UP; turn++) {
    for (const [index, app] of apps.entries()) {
      const sample = await start(app);
      if (turn >= WARM_UP) samples[index]?.push(sample);
    }
  }
  process.stdout.write(JSON.stringify(samples));
  process.exit(0);
}

async function start({ dist, marker, storage, resolve }: StartSampleOptions): Promise<StartSample> {
  const [from, to] = resolve;
  const wx = createWx({
    storage: new Map(storage),
    language: 'zh_CN',
    resolve: (url) => url.replace(from, to),
  });
  // The garbage of the start before must not be collected within this start.
  if (!globalThis.gc) throw new Error('start this process with --expose-gc');
  globalThis.gc();
  const host = await launchHost({ dist, wx, keepJson: true, now: unloadedNow, compileAnew: true });
  const painted = () => host.setData.snapshot().log.findIndex(({ json }) => json.includes(marker));
  await host.waitFor(() => painted() >= 0, { what: `a setData with ${marker}` });
  const calls = host.setData.snapshot().log.slice(0, painted() + 1);
  const sample: StartSample = {
    ms: calls[calls.length - 1]?.atMs ?? Number.NaN,
    evaluatedBytes: host.evaluated.reduce((sum, { bytes }) => sum + bytes, 0),
    setDataBytes: calls.reduce((sum, { bytes }) => sum + bytes, 0),
    setDataCalls: calls.length,
  };
  host.close();
  // The closing handshakes of the app's sockets, in the emulator's process, must not fall into the next start.
  await sleep(50);
  return sample;
}

void main(process.argv[2] ?? '');
