import { startEmulator, type Emulator } from '../../emulator';
import { createWx, type WxHandle } from '../wx';
import { launchHost, type Host } from '.';
import { builtPackage } from './built-package';

const BUILD_MS = 300_000;
/** The address in the built package; tests replace it by an emulator on a free port. */
const BUILT_FOR = '127.0.0.1:7600';

let dist: string;
let emulator: Emulator;
let wx: WxHandle;
let host: Host;

beforeAll(async () => {
  dist = await builtPackage();
}, BUILD_MS);

beforeEach(async () => {
  emulator = await startEmulator({ port: 0 });
  wx = createWx({ closeDelayMs: 30, resolve: (url) => url.replace(BUILT_FOR, emulator.linkUrl) });
  host = await launchHost({ dist, wx });
});

afterEach(async () => {
  host.close();
  await emulator.close();
});

async function signIn(): Promise<void> {
  (await host.waitForNode({ text: '微信一键登录' })).tap();
  await host.waitForPage('pages/conversations/index');
}

test('a tap signs in, and the echo bot returns a text as a bubble', async () => {
  await signIn();
  (await host.waitForNode({ text: '回声机器人' })).tap();
  await host.waitForPage('packages/chat/index');
  expect(host.tabBar).toEqual([]);
  (await host.waitForNode({ tag: 'textarea' })).input('你好 host');
  (await host.waitForNode({ text: '发送' })).tap();
  await host.waitForNode({ className: 'bubble', text: '你好 host' });
  await host.waitForNode({ className: 'bubble', text: '🔁 你好 host' });
  host.back();
  await host.waitForNode({ text: '🔁 你好 host' });
  expect(host.route).toBe('pages/conversations/index');
  expect(host.errors).toEqual([]);
  expect(host.unsupported).toEqual([]);
  expect(emulator.unimplemented).toEqual([]);
});

test("a sub-package's code is evaluated when its page opens, not earlier", async () => {
  await signIn();
  // The package of the SDK has no pages; signing in loads it.
  const inSub = () => host.evaluated.filter(({ file }) => /^packages\/(?!sdk\/)/.test(file));
  expect(inSub()).toEqual([]);
  await wx.wx.navigateTo({ url: '/packages/diagnostics/inspector/index' });
  await host.waitFor(() => host.page.texts().length > 0, { what: 'text on the inspector' });
  expect(inSub().length).toBeGreaterThan(0);
  expect(host.errors).toEqual([]);
});

test('a closed app leaves no timer, socket or listener', async () => {
  await signIn();
  expect(wx.sockets.live).toBe(1);
  host.close();
  expect(host.pendingTimers).toBe(0);
  expect(wx.sockets.live).toBe(0);
});
