import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './lib/build';

/** `npm run lint`: eslint with the layer rules, prettier, types, import cycles, unused exports, documents. All run. */
const CHECKS: readonly (readonly string[])[] = [
  ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['typescript/bin/tsc', '--noEmit'],
  ['tsx/dist/cli.mjs', 'scripts/import-cycles.ts'],
  ['tsx/dist/cli.mjs', 'scripts/unused-exports.ts'],
  ['tsx/dist/cli.mjs', 'scripts/docs-check.ts'],
];

let failed = 0;
for (const [program = '', ...args] of CHECKS) {
  const { status } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules', program), ...args],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
