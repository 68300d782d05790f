import { runJest } from './lib/jest';

/** `npm test [-- jest arguments]`: everything that needs neither Chromium nor a global tool. */
process.exitCode = runJest(['--maxWorkers=2', ...process.argv.slice(2)]);
