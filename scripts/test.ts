import { rmSync } from 'node:fs';
import { ASKED_FILE } from '../test/harness/asked-hosts';
import { askedHosts, unlistedHosts } from './lib/asked-hosts';
import { runJest } from './lib/jest';

/** Random stories over the real SDK; `npm run chaos` plays them, and `.ci/run` more of them than fit here. */
const STORIES = 'test/integration/((chat|team|call)-chaos|all-planted|all-soak)';

/** `npm test [-- jest arguments]`: runs all tests that need neither Chromium nor a global tool. */
rmSync(ASKED_FILE, { force: true });
const args = process.argv.slice(2);
const whole = args.length === 0 ? ['--testPathIgnorePatterns', '/node_modules/', STORIES] : args;
process.exitCode = runJest(['--maxWorkers=2', ...whole]) || checkHosts(args.length === 0);

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
