import { build, type Target } from './lib/build';

/** `npm run build:weapp`, `npm run build:h5`: make a production build in dist/. */
async function main(): Promise<void> {
  const target = process.argv[2] as Target;
  const { directory, seconds } = await build({
    target,
    force: true,
    onProgress: (line) => process.stderr.write(`\r${line}   `),
  });
  process.stderr.write('\n');
  console.log(`${directory} (${seconds.toFixed(0)} s)`);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
