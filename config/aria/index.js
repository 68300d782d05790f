const attributes = require('./attributes');
const { importPath } = require('./import-path');

/** Taro plugin: aria-role and aria-label in the mini-program's templates. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template.mergeComponents(ctx, attributes);
      platform.runtimePath = [platform.runtimePath]
        .flat()
        .concat(importPath(__dirname, 'runtime.js'));
    },
  });
};
