import path from 'node:path';
import { build, ROOT } from '../build';
import { checkPackage, type Finding, openPackage } from '../checks';
import type { BuiltPackage } from '../checks/built-package';
import { environmentProblems } from '../checks/environment';
import { type PackageSizes, packageSizes } from '../package-size';
import type { ProductionEnv } from '../production-env';
import { CiProblem } from './problems';
import type { Steps } from './steps';
import { findingsTable } from './tables';

export interface Prepared {
  directory: string;
  sizes: PackageSizes;
  findings: readonly Finding[];
}

/** The package was built and has faults. */
export class ChecksFailed extends CiProblem {
  constructor(readonly findings: readonly Finding[]) {
    const count = findings.filter(({ severity }) => severity === 'error').length;
    super(610012, `${count} ${count === 1 ? 'fault' : 'faults'}`);
  }
}

/**
 * Builds the production package (or takes the one in `dist`) and runs every check on it.
 * @throws CiProblem 610008 configuration, 610010 build; ChecksFailed
 */
export async function preparePackage(
  env: ProductionEnv,
  dist: string | undefined,
  steps: Steps,
): Promise<Prepared> {
  const built = await openBuilt(env, dist, steps);
  const findings = await steps.run('checks', (detail) => checkPackage(built, detail));
  if (findings.some(({ severity }) => severity === 'error')) throw new ChecksFailed(findings);
  if (findings.length > 0) steps.say(findingsTable(findings));
  const { directory } = built;
  return { directory, sizes: packageSizes(directory), findings };
}

/** @throws CiProblem 610008, 610010 */
export async function openBuilt(
  env: ProductionEnv,
  dist: string | undefined,
  steps: Steps,
): Promise<BuiltPackage> {
  if (dist !== undefined) return openPackage(path.resolve(dist), env);
  // A wrong configuration is reported at once, before the long build.
  refuseWrong(env);
  const directory = await steps.run('build', (detail) => buildWeapp(env, detail));
  return openPackage(directory, env);
}

/** @throws CiProblem 610008 naming every wrong field */
export function refuseWrong({ values, file }: ProductionEnv): void {
  const problems = environmentProblems(values);
  if (problems.length === 0) return;
  const lines = problems.map(({ field, problem, fix }) => `${field} ${problem}. ${fix}`);
  throw new CiProblem(610008, `${file}\n${lines.join('\n')}`);
}

async function buildWeapp(env: ProductionEnv, onProgress: (line: string) => void): Promise<string> {
  try {
    const { directory } = await build({ target: 'weapp', env: env.overrides, onProgress });
    return directory;
  } catch (error) {
    throw new CiProblem(610010, error instanceof Error ? error.message : String(error));
  }
}

/** A path relative to the project's folder. */
export function shown(file: string): string {
  const relative = path.relative(ROOT, file);
  return relative.startsWith('..') ? file : relative;
}
