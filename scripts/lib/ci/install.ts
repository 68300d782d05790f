import path from 'node:path';
import { ROOT } from '../build';
import { install, isInstalled } from '../dependencies.mjs';
import { CiProblem } from './problems';

/** The folder of miniprogram-ci, a separate package of 276 MB outside of the app's lock file. */
export const CI_FOLDER = path.join(ROOT, 'ci');

/** Whether miniprogram-ci is installed in the version of the lock file. */
export function isMiniprogramCiInstalled(): boolean {
  return isInstalled(CI_FOLDER);
}

/**
 * Installs miniprogram-ci; about a minute.
 * @throws CiProblem 610011
 */
export function installMiniprogramCi(): void {
  const problem = install(CI_FOLDER, path.join(ROOT, '.cache', 'home'));
  if (problem !== undefined) throw new CiProblem(610011, problem);
}
