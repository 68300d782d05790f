import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../../emulator';
import { packageSizes } from '../../../scripts/lib/package-size';
import { BareSdk, createClient } from '../../harness';
import {
  embedInto,
  launchShop,
  nativeExample,
  PLACE,
  removeFolder,
  type ShopPhone,
} from './embedded-host';

const ACCOUNT = 'pages/account/index';
const HOME = 'pages/home/index';
const LIST = 'packages/im/pages/conversations/index';
const CHAT = 'packages/im/packages/chat/index';
const ROOM = 'packages/im/packages/chatroom/room/index';
const CALL = 'packages/im/packages/call/index';
/** Most bytes by which the main package of the host may grow. */
const ENTRIES = 2000;
const WECHAT_LIMIT = 2 * 1024 * 1024;

let shop = '';
let before = 0;
let emulator: Emulator;
let phone: ShopPhone;
let others: BareSdk[] = [];

jest.setTimeout(120_000);

beforeAll(async () => {
  shop = nativeExample();
  before = packageSizes(shop).main;
  await embedInto(shop);
}, 900_000);

afterAll(() => removeFolder(shop));

beforeEach(async () => {
  emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const [accountId, name] of [
    ['anna', '安娜'],
    ['ben', '本'],
  ] as const)
    emulator.world.addAccount({ accountId, name, token: `token-${accountId}` });
  emulator.rooms.addRoom({ roomId: '9001', roomName: '读书会', creatorAccountId: 'ben' });
  phone = await launchShop(shop, emulator);
});

afterEach(async () => {
  const { host, wx, tabBarCalls } = phone;
  const { errors } = host;
  await phone.close();
  await Promise.all(others.map((other) => other.dispose()));
  others = [];
  await emulator.close();
  expect(errors).toEqual([]);
  expect(tabBarCalls).toEqual([]);
  expect(wx.sockets.maxLive).toBeLessThanOrEqual(5);
  expect(wx.sockets.maxOfAnyHost).toBeLessThanOrEqual(2);
  expect(wx.sockets.refused).toBe(0);
});

async function otherSide(): Promise<BareSdk> {
  const ben = new BareSdk(emulator);
  others.push(ben);
  await ben.login('ben', 'token-ben');
  return ben;
}

/** Opens the tab of the shop with the buttons of the chat, and signs in there. */
async function signIn(): Promise<void> {
  phone.host.tapTab('Account');
  await phone.host.waitForPage(ACCOUNT);
  await phone.tap('sign-in');
  await phone.host.waitForNode({ className: 'session', text: 'signedIn' });
}

const bubble = (text: string) => phone.host.waitForNode({ className: 'bubble', text });

describe('the native example with the chat', () => {
  it('grows in its main package by the entries of app.json only, and each package of the chat is under 2 MB', () => {
    const { main, packages } = packageSizes(shop);
    expect(main - before).toBeLessThanOrEqual(ENTRIES);
    expect(Object.keys(packages)).toEqual([PLACE.root, PLACE.sdkRoot]);
    for (const bytes of Object.values(packages)) expect(bytes).toBeLessThan(WECHAT_LIMIT);
  });

  it('signs in on a page of the shop, receives, hands over the count, answers, and goes back', async () => {
    const { host } = phone;
    await signIn();
    const ben = await otherSide();
    await ben.send('anna', '在吗');
    await host.waitForNode({ className: 'messages', text: 'Messages (1)' });
    expect(host.tabBar.map(({ badge }) => badge)).toEqual(['', '1']);

    await phone.tap('messages');
    await host.waitForPage(LIST);
    (await host.waitForNode({ className: 'conv-name', text: '本' })).closest('conv')?.tap();
    await host.waitForPage(CHAT);
    await bubble('在吗');
    (await host.waitForNode({ tag: 'textarea' })).input('在的');
    (await host.waitForNode({ className: 'composer-send' })).tap();
    await host.waitFor(() => ben.received.some(({ text }) => text === '在的'), {
      what: 'the answer at the other side',
    });

    host.back();
    await host.waitForPage(LIST);
    host.back();
    await host.waitForPage(ACCOUNT);
    await host.waitForNode({ className: 'messages', text: 'Messages (0)' });
    expect(host.tabBar.map(({ badge }) => badge)).toEqual(['', '']);
    expect(host.stack.map(({ route }) => route)).toEqual([ACCOUNT]);
  });

  it('changes between its own tabs in place of one page, and signs out to the shop', async () => {
    const { host } = phone;
    await signIn();
    await phone.tap('messages');
    await host.waitForPage(LIST);
    for (const [tab, page] of [
      ['通讯录', 'contacts'],
      ['我', 'me'],
      ['消息', 'conversations'],
    ] as const) {
      (await host.waitForNode({ className: 'im-tab', text: tab })).tap();
      await host.waitForPage(`packages/im/pages/${page}/index`);
      expect(host.stack.map(({ route }) => route)).toEqual([ACCOUNT, host.route]);
    }
  });

  it('tells a page of the shop of a message, and opens its chat there', async () => {
    const { host } = phone;
    await signIn();
    host.tapTab('Shop');
    await host.waitForPage(HOME);
    const ben = await otherSide();
    await ben.send('anna', '有货了');
    (await host.waitForNode({ className: 'notice', text: '本: 有货了' })).tap();
    await host.waitForPage(CHAT);
    await bubble('有货了');
    phone.host.back();
    await host.waitForPage(HOME);
  });

  it('rings on a page of the shop, which opens the page of the call', async () => {
    const { host } = phone;
    await signIn();
    host.tapTab('Shop');
    const ben = createClient({ emulator, name: 'ben' });
    try {
      await ben.signIn({ way: 'static', accountId: 'ben', token: 'token-ben' });
      ben.account.call.start('anna', 'audio');
      await host.waitForNode({ className: 'call', text: /^本 calls/ });
      await phone.tap('answer');
      await host.waitForPage(CALL);
      await host.waitForNode({ className: 'talk-name', text: '本' });
      (await host.waitForNode({ className: 'talk-action', ariaLabel: '拒绝' })).tap();
      await host.waitForPage(HOME);
      expect(host.stack.map(({ route }) => route)).toEqual([HOME]);
    } finally {
      await ben.dispose();
    }
  });

  it('enters a room beside the socket of the shop, within the limits', async () => {
    const { host, wx } = phone;
    await signIn();
    await phone.tap('room');
    await host.waitForPage(ROOM);
    await host.waitForNode({ className: 'head' });
    await host.waitFor(() => wx.sockets.live === 3, { what: 'the sockets of shop, IM and room' });
    expect(wx.sockets.liveUrls.some((url) => url.startsWith('wss://shop.example.com/'))).toBe(true);
    host.back();
    await host.waitForPage(ACCOUNT);
  });

  it('holds a socket of the shop until there is room for it', async () => {
    const { host, wx } = phone;
    await signIn();
    phone.host.tapTab('Shop');
    await host.waitForPage(HOME);
    phone.tellStock('7');
    await host.waitForNode({ className: 'stock', text: 'Stock: 7' });
    expect(wx.sockets.live).toBe(2);
  });

  it('leaves no timer and no socket of its own behind, and starts again', async () => {
    const { host, wx } = phone;
    await host.waitFor(() => wx.sockets.live === 1, { what: "the shop's own socket" });
    await signIn();
    await phone.tap('service');
    await host.waitForPage(CHAT);
    (await host.waitForNode({ tag: 'textarea' })).input('你好');
    (await host.waitForNode({ className: 'composer-send' })).tap();
    await bubble('你好');
    host.back();
    await host.waitForPage(ACCOUNT);
    await phone.tap('leave');
    await host.waitForNode({ className: 'session', text: 'left' });
    await host.waitFor(() => host.pendingTimers === 0, { what: 'no timer' });
    expect(wx.sockets.liveUrls).toEqual(['wss://shop.example.com/stock']);
  });
});

describe('embedding again', () => {
  it('changes nothing the second time, and keeps a file that was changed by hand', async () => {
    const copy = nativeExample();
    try {
      const first = await embedInto(copy);
      expect(first.writes.size).toBeGreaterThan(100);
      const again = await embedInto(copy);
      expect([...again.writes.keys(), ...again.removals, ...again.kept]).toEqual([]);

      appendFileSync(path.join(copy, PLACE.root, 'app.wxss'), 'view { color: red; }');
      rmSync(path.join(copy, PLACE.root, 'host.js'));
      const third = await embedInto(copy);
      expect([...third.writes.keys()]).toEqual([`${PLACE.root}/host.js`]);
      expect(third.kept).toEqual([
        expect.stringContaining(`${PLACE.root}/app.wxss: changed by hand`),
      ]);
      expect(readFileSync(path.join(copy, PLACE.root, 'app.wxss'), 'utf8')).toContain('red');
      expect(readdirSync(path.join(copy, PLACE.root))).not.toContain('app.json');
    } finally {
      removeFolder(copy);
    }
  });
});
