import { readFileSync } from 'node:fs';
import { productionEnv, type ProductionEnv } from '../production-env';
import { appIdOf } from './app-id';
import type { Options } from './command';
import { installMiniprogramCi, isMiniprogramCiInstalled } from './install';
import { type Job, type JobResults, runJob } from './miniprogram-ci';
import { privateKey } from './private-key';
import { CiProblem } from './problems';
import { descriptionOf, robotOf } from './release';
import type { Steps } from './steps';

/** The input of preview and upload, known before a build or a request. */
export interface Publication {
  env: ProductionEnv;
  appId: string;
  key: string;
  robot: number;
  description: string;
}

/** @throws CiProblem 610001 to 610005, 610008 */
export function publicationOf(options: Options): Publication {
  const env = environmentOf(options);
  return {
    env,
    appId: appIdOf(options['appid'], env.values),
    key: privateKey(process.env),
    robot: robotOf(options['robot']),
    description: descriptionOf(options['description']),
  };
}

/** @throws CiProblem 610008 */
export function environmentOf(options: Options): ProductionEnv {
  const file = options['env'];
  try {
    if (file !== undefined) readFileSync(file);
  } catch {
    throw new CiProblem(610008, `--env ${file ?? ''} cannot be read`);
  }
  return productionEnv(file);
}

/** Installs miniprogram-ci if necessary and runs the job, both as steps. */
export async function runStep<J extends Job>(
  name: string,
  job: J,
  steps: Steps,
): Promise<JobResults[J['command']]> {
  if (!isMiniprogramCiInstalled())
    await steps.run(
      'installing miniprogram-ci (once; 276 MB, about a minute)',
      installMiniprogramCi,
    );
  return steps.run(name, (detail) =>
    runJob(job, { onProgress: detail, onOutput: (text) => steps.output(text) }),
  );
}
