const { readFileSync } = require('node:fs');
const path = require('node:path');
const Ajv = require('ajv');
const features = require('./features');

const ROOT = path.resolve(__dirname, '../..');

/**
 * Reads and checks the configuration of the product: product.config.json, or the file that PRODUCT_CONFIG names.
 * @throws Error that names every wrong field
 */
function readProduct(file = process.env.PRODUCT_CONFIG || 'product.config.json') {
  const name = path.resolve(ROOT, file);
  return checkProduct(parse(readFileSync(name, 'utf8'), file), file);
}

function parse(text, file) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

/** Returns the configuration, or throws an Error that names every wrong field. */
function checkProduct(product, file) {
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'product.schema.json'), 'utf8'));
  const ajv = new Ajv({ allErrors: true });
  if (ajv.validate(schema, product)) return product;
  const problems = ajv.errors.map(({ dataPath, message, params }) => {
    const what = params.additionalProperty ?? params.allowedValues?.join(', ') ?? '';
    return `${dataPath || 'the file'} ${message}${what && `: ${what}`}`;
  });
  throw new Error(`${file} is not valid (product.schema.json):\n${problems.join('\n')}`);
}

/**
 * The values that sources read as `process.env.PRODUCT_…`: constants in the package, so that the code of a feature that
 * is off leaves it. Each is always set, because WeChat has no `process`.
 */
function productEnv(product) {
  const switches = Object.keys(features).map((name) => [
    `PRODUCT_${name.toUpperCase()}`,
    product.features?.[name] === false ? 'off' : 'on',
  ]);
  return {
    ...Object.fromEntries(switches),
    PRODUCT_NAME: product.name,
    PRODUCT_LIVE_PLAYER: product.live?.player ?? 'video',
  };
}

module.exports = { checkProduct, productEnv, readProduct };
