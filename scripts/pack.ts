import path from 'node:path';
import { ROOT } from './lib/build';
import { findAppId } from './lib/ci/app-id';
import { runCommand } from './lib/ci/command';
import { preparePackage, shown } from './lib/ci/prepare';
import { environmentOf, runStep } from './lib/ci/publish';
import { versionOf } from './lib/ci/release';
import { sizeTable } from './lib/ci/tables';

/** `npm run pack`: makes all steps of an upload that need neither key nor network (docs/upload.md). */
void runCommand({
  name: 'pack',
  about: 'Builds, checks and packs the mini-program as miniprogram-ci would upload it; no network.',
  options: {
    out: 'FILE         where the package goes; artifacts/package-VERSION.zip by default',
    version: 'VERSION  for the name of the file; package.json by default',
    appid: 'ID        instead of MINIPROGRAM_APPID, TARO_APP_ID, project.config.json',
  },
  async run(options, steps) {
    const version = versionOf(options['version']);
    const env = environmentOf(options);
    const appId = findAppId(options['appid'], env.values) ?? 'touristappid';
    const { directory, sizes, findings } = await preparePackage(env, options['dist'], steps);
    const outFile = path.resolve(ROOT, options['out'] ?? `artifacts/package-${version}.zip`);
    const { files, bytes, gzipBytes, sha256 } = await runStep(
      'pack',
      // Packing needs no signature; the library only requires a field that is not empty.
      { command: 'pack', appId, projectPath: directory, privateKey: 'none', outFile },
      steps,
    );
    const file = shown(outFile);
    return {
      json: { appId, version, sizes, findings, package: { file, files, bytes, gzipBytes, sha256 } },
      text: `${sizeTable(sizes)}\n${file}: ${files} files; an upload sends ${gzipBytes.toLocaleString('en')} B\nsha256 of the code ${sha256}`,
    };
  },
});
