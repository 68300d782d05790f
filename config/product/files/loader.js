const path = require('node:path');
const { readProduct, themeOf } = require('..');

/** webpack loader: src/theme.json and product.config.json as this product has them. */
module.exports = function productFile() {
  const product = readProduct();
  const isTheme = path.basename(this.resourcePath) === 'theme.json';
  return JSON.stringify(isTheme ? themeOf(product) : { texts: product.texts ?? {} });
};
