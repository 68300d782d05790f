import { runJest } from './lib/jest';

/** `npm run e2e [-- jest arguments]`: the H5 app in Chromium. Screenshots go to artifacts/e2e. */
process.exitCode = runJest([
  '--config',
  'jest.e2e.config.js',
  '--runInBand',
  ...process.argv.slice(2),
]);
