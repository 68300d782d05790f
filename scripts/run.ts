import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './lib/build';

/** `run NAME [args]`: runs a program of node_modules without npx and passes the arguments on. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  eslint: ['eslint/bin/eslint.js'],
  tsc: ['typescript/bin/tsc'],
  prettier: ['prettier/bin/prettier.cjs'],
  jest: ['jest/bin/jest.js'],
  taro: ['@tarojs/cli/bin/taro'],
};

const [name = '', ...args] = process.argv.slice(2);
const program = PROGRAMS[name]?.[0];
if (!program) {
  console.error(`run: no program "${name}"; there are ${Object.keys(PROGRAMS).join(', ')}`);
  process.exit(2);
}
const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', program), ...args], {
  stdio: 'inherit',
  cwd: ROOT,
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
