import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkProduct, productEnv, readProduct } from '../../../config/product';
import features from '../../../config/product/features';

const ROOT = path.resolve(__dirname, '../../..');
const schema = JSON.parse(readFileSync(path.join(ROOT, 'product.schema.json'), 'utf8')) as {
  properties: { features: { properties: object } };
};

test('the committed configuration is valid, and every feature is on', () => {
  const product = readProduct();
  expect(Object.values(product.features ?? {})).toEqual(Object.keys(features).map(() => true));
  expect(Object.keys(schema.properties.features.properties)).toEqual(Object.keys(features));
});

test.each([
  [{}, "the file should have required property 'name'"],
  [{ name: '' }, '.name should NOT be shorter than 1 characters'],
  [{ name: 'x', features: { room: false } }, 'additional properties: room'],
  [{ name: 'x', features: { rooms: 'no' } }, '.features.rooms should be boolean'],
  [{ name: 'x', texts: { fr: {} } }, 'additional properties: fr'],
  [{ name: 'x', texts: { en: { a: 1 } } }, ".texts.en['a'] should be string"],
  [{ name: 'x', colour: 'red' }, 'additional properties: colour'],
])('%j is refused, and the message names the field', (product, problem) => {
  expect(() => checkProduct(product, 'a.json')).toThrow(problem);
});

test('every wrong field is named at once', () => {
  const check = () => checkProduct({ features: { rooms: 1, room: true } }, 'a.json');
  expect(check).toThrow(/name[^]*room[^]*rooms|rooms[^]*room[^]*name|room[^]*/);
  expect(check).toThrow('a.json is not valid');
});

test('a file that is no JSON, and a file that is missing, are named', () => {
  expect(() => readProduct('README.md')).toThrow('README.md: ');
  expect(() => readProduct('nowhere.json')).toThrow('nowhere.json');
});

test('each feature is a constant for the sources, on unless it is switched off', () => {
  const env = productEnv({ name: '某某', features: { rooms: false } });
  expect(env).toMatchObject({ PRODUCT_ROOMS: 'off', PRODUCT_CALLS: 'on', PRODUCT_NAME: '某某' });
  expect(Object.keys(env)).toHaveLength(Object.keys(features).length + 2);
});
