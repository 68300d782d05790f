import { runCommand } from './lib/ci/command';
import { preparePackage } from './lib/ci/prepare';
import { publicationOf, runStep } from './lib/ci/publish';
import { versionOf } from './lib/ci/release';
import { sizeTable } from './lib/ci/tables';

/** `npm run upload`: uploads a checked production package to WeChat as a development version (docs/upload.md). */
void runCommand({
  name: 'upload',
  about: 'Builds, checks and uploads the mini-program as a development version.',
  options: {
    version: 'VERSION  shown in the console; package.json by default',
    description: 'TEXT  shown in the console; the subject of the last commit by default',
    robot: 'N         1 to 30, which robot uploads; 1 by default',
    appid: 'ID        instead of MINIPROGRAM_APPID, TARO_APP_ID, project.config.json',
  },
  async run(options, steps) {
    const version = versionOf(options['version']);
    const { env, appId, key, robot, description } = publicationOf(options);
    const { directory, sizes, findings } = await preparePackage(env, options['dist'], steps);
    const { packages } = await runStep(
      'upload',
      {
        command: 'upload',
        appId,
        projectPath: directory,
        privateKey: key,
        version,
        description,
        robot,
      },
      steps,
    );
    return {
      json: { appId, version, description, robot, sizes, packages, findings },
      text: `${sizeTable(sizes)}\nuploaded ${appId} ${version} (robot ${robot}): ${description}`,
    };
  },
});
