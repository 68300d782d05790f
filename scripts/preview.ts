import path from 'node:path';
import { ROOT } from './lib/build';
import { openPackage } from './lib/checks';
import { runCommand } from './lib/ci/command';
import { preparePackage, shown } from './lib/ci/prepare';
import { CiProblem } from './lib/ci/problems';
import { publicationOf, runStep } from './lib/ci/publish';
import { sizeTable } from './lib/ci/tables';

/** WeChat numbers the scenes of a start from 1000; 1011 is a scanned code. */
const SCENE = { from: 1000, to: 9999 };

/** `npm run preview`: makes a QR code that opens this code on a phone for some time (docs/upload.md). */
void runCommand({
  name: 'preview',
  about: 'Builds, checks and sends the mini-program for preview; shows and saves the QR code.',
  options: {
    page: 'PAGE       the page it opens, for example packages/chat/index',
    query: 'QUERY     parameters of that page, for example id=1&name=2',
    scene: 'N         the scene it pretends to be opened from; 1011 by default',
    robot: 'N         1 to 30; 1 by default',
    description: 'TEXT  the subject of the last commit by default',
    qrcode: 'FILE     where the picture goes; artifacts/preview.jpg by default',
    appid: 'ID        instead of MINIPROGRAM_APPID, TARO_APP_ID, project.config.json',
  },
  async run(options, steps) {
    const scene = sceneOf(options['scene']);
    const { env, appId, key, robot, description } = publicationOf(options);
    const { directory, sizes, findings } = await preparePackage(env, options['dist'], steps);
    const { page, query } = options;
    if (page !== undefined && !openPackage(directory, env).pages.includes(page))
      throw new CiProblem(610007, `"${page}"`);
    const qrCodeFile = path.resolve(ROOT, options['qrcode'] ?? 'artifacts/preview.jpg');
    const { packages, qrCode } = await runStep(
      'preview',
      {
        command: 'preview',
        appId,
        projectPath: directory,
        privateKey: key,
        description,
        robot,
        qrCodeFile,
        ...(page === undefined ? {} : { page }),
        ...(query === undefined ? {} : { query }),
        ...(scene === undefined ? {} : { scene }),
      },
      steps,
    );
    const file = shown(qrCodeFile);
    return {
      json: {
        appId,
        description,
        robot,
        page,
        query,
        scene,
        sizes,
        packages,
        findings,
        qrCode: { file, text: qrCode?.text },
      },
      text: `${sizeTable(sizes)}\n${qrCode?.terminal ?? ''}\nscan it with WeChat, or open ${file}`,
    };
  },
});

function sceneOf(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  const scene = Number(option);
  if (Number.isInteger(scene) && scene >= SCENE.from && scene <= SCENE.to) return scene;
  throw new CiProblem(610001, `--scene ${option} is not a scene number, for example 1011`);
}
