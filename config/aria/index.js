const path = require('node:path');
const attributes = require('./attributes');

/** Taro plugin: aria-role and aria-label in the mini-program's templates. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      platform.template.mergeComponents(ctx, attributes);
      platform.runtimePath = [platform.runtimePath]
        .flat()
        .concat(path.join(__dirname, 'runtime.js'));
    },
  });
};
