const path = require('node:path');

/**
 * Taro plugin: gives the sources the product's own files. src/theme.json gets the colours of the product, also as the
 * file from which WeChat reads the colours of its own bars, which Taro copies past webpack's loaders;
 * product.config.json is the file that PRODUCT_CONFIG names.
 */
module.exports = (ctx) => {
  ctx.modifyWebpackChain(({ chain }) => {
    const root = path.resolve(__dirname, '../../..');
    chain.module
      .rule('product-files')
      .include.add(path.join(root, 'src/theme.json'))
      .add(path.join(root, 'product.config.json'))
      .end()
      .use('product-files')
      .loader(require.resolve('./loader'));
    chain.plugin('product-files').use(ThemeFile);
  });
};

class ThemeFile {
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('ThemeFile', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: 'ThemeFile', stage }, (assets) => {
        if (assets['theme.json'])
          compilation.updateAsset('theme.json', new sources.RawSource(process.env.PRODUCT_THEME));
      });
    });
  }
}
