/**
 * `node scripts/bootstrap.mjs COMMAND [args]`: installs missing dependencies, then runs scripts/COMMAND.ts. The file
 * is plain JavaScript without imports from node_modules, because the folder may not exist yet.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './lib/dependencies.mjs';

const MINIMUM_NODE = 20;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  console.error(`Node ${MINIMUM_NODE} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

if (!isInstalled(root)) {
  console.error('Installing dependencies (once; a minute or two)...');
  const problem = install(root, path.join(root, '.cache', 'home'));
  if (problem !== undefined) {
    console.error(problem);
    process.exit(1);
  }
}

const child = spawn(
  process.execPath,
  ['--import', 'tsx', path.join(root, 'scripts', `${command}.ts`), ...args],
  { cwd: root, stdio: 'inherit' },
);
// A terminal sends Ctrl-C to the whole group; a supervisor sends it to this process alone.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
