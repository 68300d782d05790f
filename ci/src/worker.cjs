/**
 * Runs one job of miniprogram-ci in a process of its own, because the library writes to stdout, leaves
 * compilers running at its end, and has no option against either. The job (with the key) comes as a message,
 * never as an argument or a variable; the answer is a message too.
 */
const fs = require('node:fs');
const path = require('node:path');
const ci = require('miniprogram-ci');
const { DefaultProjectAttr } = require('miniprogram-ci/dist/config/config');
const { pack } = require('miniprogram-ci/dist/ci/utils/pack');
const { gzipSync } = require('node:zlib');
const { createHash } = require('node:crypto');
const { readQrCode } = require('./qr-code.cjs');

/** Taro has compiled and minified; the library must not do it again. */
const SETTING = {
  es6: false,
  es7: false,
  minify: false,
  codeProtect: false,
  autoPrefixWXSS: false,
};
/** An address without a listener: packing must not use the network, and the library requests a list of file types. */
const NOWHERE = 'http://127.0.0.1:9';

const tell = (message) => new Promise((resolve) => process.send(message, resolve));

function onProgressUpdate(task) {
  const message = typeof task === 'string' ? task : task.message;
  if (message) process.send({ kind: 'progress', message });
}

function projectOf({ appId, projectPath, privateKey }, more = {}) {
  return new ci.Project({
    appid: appId,
    type: 'miniProgram',
    projectPath,
    privateKey,
    ignores: ['**/*.map', '**/*.LICENSE.txt'],
    ...more,
  });
}

const JOBS = {
  async upload({ version, description, robot, ...job }) {
    const { subPackageInfo = [] } = await ci.upload({
      project: projectOf(job),
      version,
      desc: description,
      robot,
      setting: SETTING,
      onProgressUpdate,
    });
    return { packages: subPackageInfo };
  },

  async preview({ description, robot, page, query, scene, qrCodeFile, ...job }) {
    fs.mkdirSync(path.dirname(qrCodeFile), { recursive: true });
    const { subPackageInfo = [] } = await ci.preview({
      project: projectOf(job),
      desc: description,
      robot,
      setting: SETTING,
      qrcodeFormat: 'image',
      qrcodeOutputDest: qrCodeFile,
      ...(page === undefined ? {} : { pagePath: page }),
      ...(query === undefined ? {} : { searchQuery: query }),
      ...(scene === undefined ? {} : { scene }),
      onProgressUpdate,
    });
    return { packages: subPackageInfo, qrCode: await readQrCode(qrCodeFile) };
  },

  async pack({ outFile, ...job }) {
    ci.proxy(NOWHERE);
    const project = projectOf(job, { attr: async () => DefaultProjectAttr });
    const files = await ci.getCompiledResult(
      { project, setting: SETTING, onProgressUpdate },
      outFile,
    );
    const { buffer } = pack(files);
    return {
      files: Object.keys(files).length,
      bytes: buffer.length,
      gzipBytes: gzipSync(buffer).length,
      sha256: createHash('sha256').update(buffer).digest('hex'),
    };
  },
};

function failureOf(error) {
  const code = typeof error?.code === 'number' ? error.code : 0;
  return { kind: 'failed', code, message: String(error?.message ?? error) };
}

process.once('message', async (job) => {
  let answer;
  try {
    answer = { kind: 'done', result: await JOBS[job.command](job) };
  } catch (error) {
    answer = failureOf(error);
  }
  await tell(answer);
  process.exit(0);
});

for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, async (error) => {
    await tell(failureOf(error));
    process.exit(0);
  });

// The parent process has ended.
process.on('disconnect', () => process.exit(1));
