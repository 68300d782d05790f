const path = require('node:path');
const { build } = require('esbuild');
const { placeOf } = require('../embed/place');

/** The SDK and its wrapper; src/sdk/lazy-nim.ts loads it from a sub-package of its own. */
const FILE = process.env.APP_EMBED_ROOT
  ? placeOf(process.env.APP_EMBED_ROOT).sdkFile
  : 'packages/sdk/nim-sdk.js';
const MODULE = path.resolve(__dirname, '../../src/sdk/nim.ts');

/** The sorting and searching of friends with its pinyin table; use-directory.ts loads it from the sub-package. */
const DIRECTORY = 'packages/people/directory.js';
const DIRECTORY_MODULE = path.resolve(__dirname, '../../src/components/people/directory/index.ts');

/**
 * Taro plugin: builds the files that the app loads with `require.async` (docs/decisions/006). Inside app.js the SDK's
 * 490 KB would be compiled before the first screen, and would fill half of the main package.
 */
module.exports = (ctx) => {
  ctx.modifyWebpackChain(({ chain }) => chain.plugin('nim-sdk-file').use(SdkFile));
};

class SdkFile {
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('SdkFile', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'SdkFile', stage }, async () => {
        const files = {
          [FILE]: await textOf(MODULE, 'sdk'),
          [DIRECTORY]: await textOf(DIRECTORY_MODULE, 'directory'),
        };
        for (const [name, text] of Object.entries(files))
          compilation.emitAsset(name, new sources.RawSource(text));
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
    alias: { '@': path.resolve(__dirname, '../../src') },
    target: 'es2017',
    charset: 'utf8',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.TARO_ENV': '"weapp"' },
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
