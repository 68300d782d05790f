import { rmSync } from 'node:fs';
import { ASKED_FILE } from '../test/harness/asked-hosts';
import { askedHosts, unlistedHosts } from './lib/asked-hosts';
import { runJest } from './lib/jest';

/** `npm test [-- jest arguments]`: runs all tests that need neither Chromium nor a global tool. */
rmSync(ASKED_FILE, { force: true });
const args = process.argv.slice(2);
process.exitCode = runJest(['--maxWorkers=2', ...args]) || checkHosts(args.length === 0);

/** Each address that the app requested must be in the lists of `npm run domains`. */
function checkHosts(isWholeRun: boolean): number {
  const asked = askedHosts();
  const unlisted = unlistedHosts(asked);
  for (const line of unlisted)
    console.error(`asked for, but not in the lists of npm run domains: ${line}`);
  const isEmpty = isWholeRun && asked.length === 0;
  if (isEmpty) console.error(`${ASKED_FILE} is empty: nothing was recorded`);
  return unlisted.length > 0 || isEmpty ? 1 : 0;
}
