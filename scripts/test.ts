import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/build';

/** `npm test [-- jest arguments]`: everything that needs neither Chromium nor a global tool. */
const report = path.join(ROOT, '.cache', 'test-report.json');
mkdirSync(path.dirname(report), { recursive: true });
const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [
    jest,
    '--maxWorkers=2',
    '--json',
    `--outputFile=${report}`,
    '--reporters=default',
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
);
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as Record<string, number>;
  // Nothing may be skipped: a pending test counts as a failure of the suite.
  if (numPendingTests) console.error(`${numPendingTests} tests are skipped; there must be none.`);
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
  process.exitCode = status === 0 && !numPendingTests ? 0 : 1;
} catch {
  process.exitCode = status ?? 1;
}
