import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../build';
import { CiProblem } from './problems';

/** WeChat shows the description in one line of a table. */
const DESCRIPTION_LIMIT = 200;

/**
 * The version for WeChat's console: the option, or the version of package.json.
 * @throws CiProblem 610006
 */
export function versionOf(option: string | undefined): string {
  const version = option ?? packageVersion();
  if (!/^[0-9A-Za-z.]{1,64}$/.test(version)) throw new CiProblem(610006, `"${version}"`);
  return version;
}

/** The option, or the subject of the last commit, or the version when there is no git. */
export function descriptionOf(option: string | undefined): string {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%s'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const subject = status === 0 ? stdout.trim() : '';
  return (option || subject || packageVersion()).slice(0, DESCRIPTION_LIMIT);
}

/**
 * The number of WeChat's robot (1 to 30) that uploads; each robot keeps a version and a QR code of its own.
 * @throws CiProblem 610001
 */
export function robotOf(option: string | undefined): number {
  const robot = Number(option ?? 1);
  if (Number.isInteger(robot) && robot >= 1 && robot <= 30) return robot;
  throw new CiProblem(610001, `--robot ${option ?? ''} is not a number from 1 to 30`);
}

function packageVersion(): string {
  const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
