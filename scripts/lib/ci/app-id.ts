import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RawEnv } from '../../../src/env/runtime-env';
import { ROOT } from '../build';
import { CiProblem } from './problems';

/** The same as `appIdOf`, or undefined without an app id: packing needs none. */
export function findAppId(option: string | undefined, values: RawEnv): string | undefined {
  const candidates = [
    option,
    process.env['MINIPROGRAM_APPID'],
    ownId(values['TARO_APP_ID']),
    ownId(projectConfigAppId()),
  ];
  return candidates.find((each) => each !== undefined && each !== '');
}

/**
 * The app id: `--appid`, MINIPROGRAM_APPID, TARO_APP_ID of the production build, or project.config.json.
 * @throws CiProblem 610002
 */
export function appIdOf(option: string | undefined, values: RawEnv): string {
  const appId = findAppId(option, values);
  if (appId === undefined) throw new CiProblem(610002);
  if (!/^wx[0-9a-z]{16}$/i.test(appId)) throw new CiProblem(610002, `"${appId}" is not an app id`);
  return appId;
}

/** The committed defaults mean "no app id". */
function ownId(id: string | undefined): string | undefined {
  return id === 'touristappid' || /^wx0+$/.test(id ?? '') ? undefined : id;
}

function projectConfigAppId(): string | undefined {
  const text = readFileSync(path.join(ROOT, 'project.config.json'), 'utf8');
  return (JSON.parse(text) as { appid?: string }).appid;
}
