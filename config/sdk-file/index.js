const path = require('node:path');
const { build } = require('esbuild');

const FILE = 'nim-sdk.js';
/** The one module that imports the SDK; what it names is what the file has to hold. */
const MODULE = path.resolve(__dirname, '../../src/sdk/nim-sdk');

/**
 * Taro plugin: the SDK as a file of its own in the package, `require`d by src/sdk/nim-sdk.ts when the first
 * login begins (docs/decisions/006). Inside app.js its 470 KB would be compiled before the first screen.
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
        const { outputFiles } = await build({
          entryPoints: [`${MODULE}.ts`],
          bundle: true,
          write: false,
          // All inside of one function: only there the minifier shortens names.
          format: 'iife',
          globalName: 'sdk',
          footer: { js: 'module.exports = sdk;' },
          platform: 'neutral',
          mainFields: ['module', 'main'],
          // WeChat's define() has its own strictness and charset: plain ES2017, Chinese left as it is.
          target: 'es2017',
          charset: 'utf8',
          legalComments: 'none',
          define: { 'process.env.NODE_ENV': '"production"', 'process.env.TARO_ENV': '"weapp"' },
          logLevel: 'error',
        });
        compilation.emitAsset(FILE, new sources.RawSource(outputFiles[0].text));
      });
    });
  }
}
