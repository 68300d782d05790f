import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../build';
import { CiProblem } from './problems';

/** The folder of miniprogram-ci: a package of its own, 276 MB that the app's lock file never sees. */
export const CI_FOLDER = path.join(ROOT, 'ci');

const STAMP = path.join(CI_FOLDER, 'node_modules', '.installed-lock');

/** Whether miniprogram-ci is there, as the lock file wants it. */
export function isMiniprogramCiInstalled(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();
}

/**
 * Installs miniprogram-ci; about a minute.
 * @throws CiProblem 610011
 */
export async function installMiniprogramCi(): Promise<void> {
  const status = await npmInstall();
  if (status !== 0) throw new CiProblem(610011, `npm install ended with ${status} in ci/`);
  writeFileSync(STAMP, lockHash());
}

function lockHash(): string {
  const lock = readFileSync(path.join(CI_FOLDER, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

function npmInstall(): Promise<number> {
  const windows = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(
      windows ? 'npm.cmd' : 'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
      // stdout belongs to the command: with --json it is one object.
      { cwd: CI_FOLDER, stdio: ['ignore', process.stderr, process.stderr], shell: windows },
    );
    child.on('error', () => resolve(-1));
    child.on('exit', (code) => resolve(code ?? -1));
  });
}
