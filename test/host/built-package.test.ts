import { startEmulator, type Emulator } from '../../emulator';
import { createWx, type WxHandle } from '../wx';
import { launchHost, type Host } from '.';
import { builtPackage } from './built-package';

const BUILD_MS = 300_000;
/** The address the package was built with; tests put an emulator on a free port in its place. */
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

test('one tap signs in; a text goes to the echo bot and comes back as a bubble', async () => {
  await signIn();
  (await host.waitForNode({ text: '回声机器人' })).tap();
  await host.waitForPage('pages/chat/index');
  expect(host.tabBar).toEqual([]);
  (await host.waitForNode({ tag: 'textarea' })).input('你好 host');
  (await host.waitForNode({ text: '发送' })).tap();
  await host.waitFor(() => host.page.findAll({ text: '你好 host' }).length === 2);
  host.back();
  await host.waitForNode({ text: '你好 host' });
  expect(host.route).toBe('pages/conversations/index');
  expect(host.errors).toEqual([]);
  expect(host.unsupported).toEqual([]);
  expect(emulator.unimplemented).toEqual([]);
});

test('code of a sub-package is evaluated when its page is opened, not before', async () => {
  await signIn();
  const inSub = () => host.evaluated.filter(({ file }) => file.startsWith('packages/'));
  expect(inSub()).toEqual([]);
  await wx.wx.navigateTo({ url: '/packages/diagnostics/inspector/index' });
  await host.waitFor(() => host.page.texts().length > 0, { what: 'text on the inspector' });
  expect(inSub().length).toBeGreaterThan(0);
  expect(host.errors).toEqual([]);
});

test('closed, it leaves no timer, socket or listener behind', async () => {
  await signIn();
  expect(wx.sockets.live).toBe(1);
  host.close();
  expect(host.pendingTimers).toBe(0);
  expect(wx.sockets.live).toBe(0);
});
