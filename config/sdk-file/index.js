const path = require('node:path');
const { build } = require('esbuild');

const FILE = 'nim-sdk.js';
/** The only module that imports the SDK; the file contains what this module exports. */
const MODULE = path.resolve(__dirname, '../../src/sdk/nim-sdk');

/** The sorting and searching of friends with its pinyin table; use-directory.ts loads it from the sub-package. */
const DIRECTORY = 'packages/people/directory.js';
const DIRECTORY_MODULE = path.resolve(__dirname, '../../src/components/people/directory/index.ts');

/**
 * Taro plugin: builds the SDK as a file of its own in the package. src/sdk/nim-sdk.ts `require`s it when the
 * first login begins (docs/decisions/006). Inside app.js its 470 KB would be compiled before the first
 * screen.
 */
module.exports = (ctx) => {
  ctx.modifyWebpackChain(({ chain }) => {
    chain.externals([
      ({ context, request }, done) =>
        path.resolve(context, request) === MODULE ? done(null, `commonjs ./${FILE}`) : done(),
    ]);
    chain.plugin('nim-sdk-file').use(SdkFile);
  });
};

class SdkFile {
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('SdkFile', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'SdkFile', stage }, async () => {
        compilation.emitAsset(FILE, new sources.RawSource(await textOf(`${MODULE}.ts`, 'sdk')));
        const text = await textOf(DIRECTORY_MODULE, 'directory');
        compilation.emitAsset(DIRECTORY, new sources.RawSource(text));
      });
    });
  }
}

/** Bundles a module into one CommonJS file. */
async function textOf(module, globalName) {
  const { outputFiles } = await build({
    entryPoints: [module],
    bundle: true,
    write: false,
    // Everything is inside one function: only there the minifier shortens names.
    format: 'iife',
    globalName,
    footer: { js: `module.exports = ${globalName};` },
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // WeChat's define() has its own strictness and charset: plain ES2017, Chinese unescaped.
    target: 'es2017',
    charset: 'utf8',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.TARO_ENV': '"weapp"' },
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
