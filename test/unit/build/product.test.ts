import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkProduct, productEnv, readProduct, themeOf } from '../../../config/product';
import features from '../../../config/product/features';
import { PRODUCT_LIMITS } from '@/product-limits';
import theme from '@/theme.json';

const ROOT = path.resolve(__dirname, '../../..');
const schema = JSON.parse(readFileSync(path.join(ROOT, 'product.schema.json'), 'utf8')) as {
  properties: {
    features: { properties: object };
    limits: { properties: Readonly<Record<string, { default: number }>> };
  };
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
  [{ name: 'x', colour: 'red' }, 'additional properties: colour; remove it, or write one of $sch'],
  [{ name: 'x', live: { player: 'tv' } }, '.live.player should be equal to one of the allowed'],
  [
    { name: 'x', limits: { recallMinutes: 2 } },
    '.limits should NOT have additional properties: recallMinutes; remove it, or write one of textL',
  ],
  [
    { name: 'x', limits: { voiceSeconds: 90 } },
    '.limits.voiceSeconds should be <= 60; write a number from 5 to 60 instead of 90',
  ],
  [{ name: 'x', limits: { textLength: '5' } }, '.limits.textLength should be integer'],
  [
    { name: 'x', colours: { light: { button: 'red' } } },
    '#rrggbb in small letters instead of "red"',
  ],
  [{ name: 'x', colours: { light: { ground: '#ffffff' } } }, 'additional properties: ground; remo'],
  [
    { name: 'x', colours: { light: { button: '#ffee00' } } },
    '.colours.light.button: button-text #ffffff on button #ffee00 has a contrast of 1.2, and 4.5 is',
  ],
  [
    { name: 'x', colours: { dark: { 'button-quiet-text': '#555555' } } },
    '.colours.dark.button-quiet-text: button-quiet-text #555555 on surface #191919',
  ],
  [
    { name: 'x', colours: { light: { 'tab-selected': '#aaaaaa' } } },
    '.colours.light.tab-selected: tab-selected #aaaaaa on bar #f7f7f7',
  ],
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
  const limits = Object.keys(schema.properties.limits.properties);
  expect(Object.keys(env)).toHaveLength(Object.keys(features).length + limits.length + 3);
});

test('a limit is a constant for the sources, which have the same default', () => {
  const { properties } = schema.properties.limits;
  const defaults = Object.entries(properties).map(([name, limit]) => [name, limit.default]);
  expect(PRODUCT_LIMITS).toEqual(Object.fromEntries(defaults));
  expect(productEnv({ name: 'x' })).toMatchObject({ PRODUCT_RE_EDIT_SECONDS: '120' });
  const limits = { textLength: 500 };
  expect(productEnv({ name: 'x', limits })).toMatchObject({ PRODUCT_TEXT_LENGTH: '500' });
});

test('colours that can be read are accepted, and the tab has its colour in theme.json', () => {
  const light = { button: '#ffee00', 'button-text': '#191919', 'tab-selected': '#1456f0' };
  const product = { name: 'x', colours: { light } };
  expect(checkProduct(product, 'a.json')).toBe(product);
  expect(themeOf(product)).toEqual({ ...theme, light: { ...theme.light, tabSelected: '#1456f0' } });
  expect(themeOf({ name: 'x' })).toEqual(theme);
});
