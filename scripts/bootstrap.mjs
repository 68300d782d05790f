/**
 * `node scripts/bootstrap.mjs COMMAND [args]`: makes sure the dependencies are there, then runs
 * scripts/COMMAND.ts. Plain JavaScript without imports from node_modules, because there may be none yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = 20;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  console.error(`Node ${MINIMUM_NODE} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed-lock');
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing dependencies (once; a minute or two)...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lock file that lacks the optional binaries of other platforms, and which of
  // them a lock file has depends on the registry it was made with. The pinned versions are kept either way.
  const { status } = spawnSync(
    npm,
    ['install', '--no-save', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
    {
      cwd: root,
      // stdout belongs to the command: `--json` output must stay one object.
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    console.error('npm install failed; see above. Is the npm registry reachable?');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}

const child = spawn(
  process.execPath,
  ['--import', 'tsx', path.join(root, 'scripts', `${command}.ts`), ...args],
  { cwd: root, stdio: 'inherit' },
);
// A terminal sends Ctrl-C to the whole group; a supervisor sends it to this process alone.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
