import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

/** The compiler runs in its own process: it reads component declarations with `require`, which caches them. */
const SCRIPT = `
  try { require(process.argv[1]).wxmlToJs(process.argv[2], { maxBuffer: 2 ** 28 }); }
  catch (error) { process.stderr.write(error.message); process.exitCode = 1; }
`;

/** Compiles every WXML with WeChat's own `wcc`; miniprogram-ci packs a broken file without a complaint. */
export function checkWxml({ directory }: BuiltPackage): Found[] {
  const compiler = createRequire(__filename).resolve('miniprogram-compiler');
  const { status, stderr } = spawnSync(process.execPath, ['-e', SCRIPT, compiler, directory], {
    encoding: 'utf8',
  });
  if (status === 0) return [];
  const place = /([\w./-]+\.wxml):(\d+):(\d+):\s*([^\n]*)/.exec(stderr);
  if (place) {
    return [
      {
        file: place[1] ?? '',
        line: Number(place[2]),
        column: Number(place[3]),
        message: `WXML does not compile: ${place[4]?.trim() ?? ''}`,
        fix: 'Correct the template (or the plugin that wrote it) and build again.',
      },
    ];
  }
  return [
    {
      severity: /ENOEXEC|ENOENT|EACCES/.test(stderr) ? 'advice' : 'error',
      file: '*.wxml',
      message: `wcc did not compile the package on ${process.platform} ${process.arch}: ${stderr.trim()}`,
      fix: 'Run the check on Linux x64, macOS or Windows.',
    },
  ];
}
