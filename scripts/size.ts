import { build } from './lib/build';
import { MAIN_BUDGET, WECHAT_PACKAGE_LIMIT } from './lib/budgets';
import { packageSizes } from './lib/package-size';

/** `npm run size [-- --json]`: prints the bytes of the package; fails when the main package is over its budget. */
async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const { directory } = await build({
    target: 'weapp',
    ...(json ? {} : { onProgress: (line: string) => process.stderr.write(`\r${line}   `) }),
  });
  const sizes = packageSizes(directory);
  if (json) console.log(JSON.stringify(sizes));
  else {
    const row = (name: string, bytes: number, limit: number) =>
      console.log(
        `${name.padEnd(28)} ${bytes.toLocaleString('en').padStart(10)} B  ${((bytes / limit) * 100).toFixed(1)}% of ${limit.toLocaleString('en')}`,
      );
    console.log();
    row('main package', sizes.main, MAIN_BUDGET);
    for (const [root, bytes] of Object.entries(sizes.packages))
      row(root, bytes, WECHAT_PACKAGE_LIMIT);
    console.log(`${'total'.padEnd(28)} ${sizes.total.toLocaleString('en').padStart(10)} B`);
  }
  if (sizes.main > MAIN_BUDGET) {
    console.error(`The main package is over its budget of ${MAIN_BUDGET} bytes.`);
    process.exitCode = 1;
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
