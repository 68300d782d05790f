import { installMiniprogramCi, isMiniprogramCiInstalled } from './lib/ci/install';
import { runJest } from './lib/jest';

/** `npm run test:ci [-- jest arguments]`: the unmodified miniprogram-ci against a stand-in for WeChat. */
async function main(): Promise<void> {
  if (!isMiniprogramCiInstalled()) {
    console.error('Installing miniprogram-ci (once; 276 MB, about a minute)...');
    installMiniprogramCi();
  }
  process.exitCode = runJest([
    '--config',
    'jest.ci.config.js',
    '--runInBand',
    ...process.argv.slice(2),
  ]);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
