import { readFileSync } from 'node:fs';
import { launchHost } from '../host';
import { createWx } from '../wx';
import { unloadedNow } from './stopwatch';

/**
 * One cold start in a process of its own: prints what passed from the first line of app.js to the
 * setData that brought the sign to the view. Argument: a file with {@link StartSampleOptions}.
 */
export interface StartSampleOptions {
  dist: string;
  /** In the JSON of the setData that counts as painted. */
  sign: string;
  storage: [string, unknown][];
  /** Where the package thinks the emulator is, and where it is. */
  resolve: [string, string];
}

export interface StartSample {
  ms: number;
  /** Of JavaScript evaluated until then. */
  evaluatedBytes: number;
  setDataBytes: number;
  setDataCalls: number;
}

async function main(file: string): Promise<void> {
  const { dist, sign, storage, resolve } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as StartSampleOptions;
  const [from, to] = resolve;
  const wx = createWx({
    storage: new Map(storage),
    language: 'zh_CN',
    resolve: (url) => url.replace(from, to),
  });
  const host = await launchHost({ dist, wx, keepJson: true, now: unloadedNow });
  const painted = () => host.setData.snapshot().log.findIndex(({ json }) => json.includes(sign));
  await host.waitFor(() => painted() >= 0, { what: `a setData with ${sign}` });
  const calls = host.setData.snapshot().log.slice(0, painted() + 1);
  const sample: StartSample = {
    ms: calls[calls.length - 1]?.atMs ?? Number.NaN,
    evaluatedBytes: host.evaluated.reduce((sum, { bytes }) => sum + bytes, 0),
    setDataBytes: calls.reduce((sum, { bytes }) => sum + bytes, 0),
    setDataCalls: calls.length,
  };
  process.stdout.write(JSON.stringify(sample));
  process.exit(0);
}

void main(process.argv[2] ?? '');
