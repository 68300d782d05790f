const { readFileSync } = require('node:fs');
const path = require('node:path');
const Ajv = require('ajv');
const { colourProblems, sassOptions, themeOf } = require('./colours');
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

/** Returns the configuration, or throws an Error that names every wrong field, the cause and the way to mend it. */
function checkProduct(product, file) {
  const ajv = new Ajv({ allErrors: true, verbose: true });
  const isValid = ajv.validate(schemaOf(), product);
  const problems = isValid
    ? colourProblems(product)
    : ajv.errors.map((error) => {
        const { dataPath, message, params } = error;
        const what = params.additionalProperty ?? params.allowedValues?.join(', ') ?? '';
        return `${dataPath || 'the file'} ${message}${what && `: ${what}`}${fixOf(error)}`;
      });
  if (problems.length === 0) return product;
  throw new Error(`${file} is not valid (product.schema.json):\n${problems.join('\n')}`);
}

function schemaOf() {
  return JSON.parse(readFileSync(path.join(ROOT, 'product.schema.json'), 'utf8'));
}

/** What mends a wrong field; empty where the message says it. `parentSchema` describes the field or its object. */
function fixOf({ keyword, parentSchema, data }) {
  switch (keyword) {
    case 'additionalProperties':
      return `; remove it, or write one of ${Object.keys(parentSchema.properties ?? {}).join(', ')}`;
    case 'pattern':
      return `; write a colour as #rrggbb in small letters instead of ${JSON.stringify(data)}`;
    case 'minimum':
    case 'maximum':
      return `; write a number from ${parentSchema.minimum} to ${parentSchema.maximum} instead of ${data}`;
    default:
      return '';
  }
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
    ...limitsEnv(product),
    PRODUCT_THEME: JSON.stringify(themeOf(product)),
  };
}

/** `textLength` is PRODUCT_TEXT_LENGTH. */
function limitsEnv(product) {
  const { properties } = schemaOf().properties.limits;
  return Object.fromEntries(
    Object.entries(properties).map(([name, limit]) => [
      `PRODUCT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`,
      String(product.limits?.[name] ?? limit.default),
    ]),
  );
}

module.exports = { checkProduct, productEnv, readProduct, sassOptions, themeOf };
