import { createWx } from '../wx';
import { launchHost, type Host } from '.';
import { PackageWriter } from './package-writer';
import { keepsRenderings, type RenderingCache } from './rendering-cache';

const packages = new PackageWriter();
let host: Host | undefined;
let cache: RenderingCache;

beforeEach(() => {
  cache = new Map();
});
afterEach(() => host?.close());
afterAll(() => packages.removeAll());

async function start(script: string, json: object, systemInfo = {}): Promise<Host> {
  host?.close();
  const dist = packages.write({
    'app.json': { pages: ['pages/a/index'] },
    'app.js': 'App({})',
    'pages/a/index.json': json,
    'pages/a/index.js': `Page({ data: { name: 'empty' }, ${script} })`,
    'pages/a/index.wxml': '<view>{{name}}</view>',
  });
  host = await launchHost({ dist, wx: createWx({ systemInfo }), renderingCache: cache });
  return host;
}

const DYNAMIC = { initialRenderingCache: 'dynamic' };
const KEEP = `onReady() { this.setInitialRenderingCache({ name: 'kept' }) }`;

test('the kept data are drawn at the next start, before the page has run', async () => {
  expect((await start(KEEP, DYNAMIC)).cachedPage).toBeUndefined();
  const next = await start('', DYNAMIC);
  expect([next.cachedPage?.texts(), next.page.texts()]).toEqual([['kept'], ['empty']]);
});

test('null ends the cache', async () => {
  await start(KEEP, DYNAMIC);
  await start('onReady() { this.setInitialRenderingCache(null) }', DYNAMIC);
  expect((await start('', DYNAMIC)).cachedPage).toBeUndefined();
});

test.each([
  ['before onReady', `onShow() { this.setInitialRenderingCache({ name: 'early' }) }`, DYNAMIC],
  ['of a page without the key', KEEP, {}],
  [
    'of a page that was unloaded',
    `onReady() { wx.reLaunch({ url: '/pages/a/index?b=1' }) },
     onUnload() { setTimeout(() => this.setInitialRenderingCache({ name: 'late' })) }`,
    DYNAMIC,
  ],
])('a call %s is an error and keeps nothing', async (_, script, json) => {
  const started = await start(script, json);
  await started.waitFor(() => started.errors.length > 0, { what: 'the refusal' });
  expect(String(started.errors[0])).toContain('setInitialRenderingCache of pages/a/index');
  expect(cache.size).toBe(0);
});

test('an old base library has no such method, and draws nothing', async () => {
  await start(KEEP, DYNAMIC);
  const old = await start(
    'onReady() { this.setData({ name: typeof this.setInitialRenderingCache }) }',
    DYNAMIC,
    { SDKVersion: '2.11.0' },
  );
  expect(old.cachedPage).toBeUndefined();
  await old.waitForNode({ text: 'undefined' });
  const versions = ['2.11.1', '2.20.0', '3.0.0', '2.10.4', '1.99.9'].map(keepsRenderings);
  expect(versions).toEqual([true, true, true, false, false]);
});
