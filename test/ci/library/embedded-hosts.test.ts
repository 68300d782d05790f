import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { embedInto, EXAMPLES, nativeExample, PLACE, removeFolder } from './embedded-host';
import {
  ACCOUNT,
  CALL,
  CHAT,
  HOME,
  LIST,
  LOGIN,
  ROOM,
  STOCK_SOCKET,
  useShop,
} from './embedded-stage';

/** Most bytes by which the main package of the host may grow. */
const ENTRIES = 2000;
const WECHAT_LIMIT = 2 * 1024 * 1024;

jest.setTimeout(120_000);

describe.each(EXAMPLES)('the %s example with the chat', (_, make) => {
  const stage = useShop(make);
  const { signIn, otherSide } = stage;
  const bubble = (text: string) => stage.phone.host.waitForNode({ className: 'bubble', text });

  it('grows in its main package by the entries of app.json only, and each package of the chat is under 2 MB', () => {
    const { main, packages } = stage.sizes;
    expect(main - stage.before).toBeLessThanOrEqual(ENTRIES);
    expect(Object.keys(packages)).toEqual([PLACE.root, PLACE.sdkRoot]);
    for (const bytes of Object.values(packages)) expect(bytes).toBeLessThan(WECHAT_LIMIT);
  });

  it('does not change when the chat is taken in a second time', () => {
    const { writes, removals, kept } = stage.again;
    expect([...writes.keys(), ...removals, ...kept]).toEqual([]);
  });

  it('signs in on a page of the shop, receives, hands over the count, answers, and goes back', async () => {
    const { host } = stage.phone;
    await signIn();
    const ben = await otherSide();
    await ben.send('anna', '在吗');
    await host.waitForNode({ className: 'messages', text: 'Messages (1)' });
    expect(host.tabBar.map(({ badge }) => badge)).toEqual(['', '1']);

    await stage.phone.tap('messages');
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

  it('changes between its own tabs in place of one page', async () => {
    const { host } = stage.phone;
    await signIn();
    await stage.phone.tap('messages');
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
    const { host } = stage.phone;
    await signIn();
    host.tapTab('Shop');
    await host.waitForPage(HOME);
    const ben = await otherSide();
    await ben.send('anna', '有货了');
    (await host.waitForNode({ className: 'notice', text: '本: 有货了' })).tap();
    await host.waitForPage(CHAT);
    await bubble('有货了');
    stage.phone.host.back();
    await host.waitForPage(HOME);
  });

  it('rings on a page of the shop, which opens the page of the call', async () => {
    const { host } = stage.phone;
    await signIn();
    host.tapTab('Shop');
    const ben = await stage.caller();
    ben.account.call.start('anna', 'audio');
    await host.waitForNode({ className: 'call', text: /^本 calls/ });
    await stage.phone.tap('answer');
    await host.waitForPage(CALL);
    await host.waitForNode({ className: 'talk-name', text: '本' });
    (await host.waitForNode({ className: 'talk-action', ariaLabel: '拒绝' })).tap();
    await host.waitForPage(HOME);
    expect(host.stack.map(({ route }) => route)).toEqual([HOME]);
  });

  it('enters a room beside the socket of the shop, within the limits', async () => {
    const { host, wx } = stage.phone;
    await signIn();
    await stage.phone.tap('room');
    await host.waitForPage(ROOM);
    await host.waitForNode({ className: 'head' });
    await host.waitFor(() => wx.sockets.live === 3, { what: 'the sockets of shop, IM and room' });
    expect(wx.sockets.liveUrls.some((url) => url.startsWith('wss://shop.example.com/'))).toBe(true);
    host.back();
    await host.waitForPage(ACCOUNT);
  });

  it('carries the socket of the shop, and holds a connect beyond 2 to its domain until another closes', async () => {
    const { host, wx } = stage.phone;
    await signIn();
    host.tapTab('Shop');
    await host.waitForPage(HOME);
    stage.phone.tellStock('7');
    await host.waitForNode({ className: 'stock', text: 'Stock: 7' });
    const connect = (name: string) =>
      wx.wx.connectSocket({ url: `wss://shop.example.com/${name}` });
    const isConnected = (name: string) => wx.sockets.connects.some((url) => url.endsWith(name));
    const second = connect('second');
    connect('third');
    await host.waitFor(() => wx.sockets.live === 3, { what: 'sockets of stock, IM and second' });
    expect(isConnected('third')).toBe(false);
    second.close({});
    await host.waitFor(() => isConnected('third'), { what: 'the third socket of the shop' });
  });

  it('says on a page of the chat that the shop has signed nobody in', async () => {
    const { host } = await stage.relaunch({ path: LIST });
    await host.waitForNode({ text: '尚未登录' });
    expect(host.stack.map(({ route }) => route)).toEqual([LIST]);
  });

  it('leaves no timer and no socket of its own behind, and starts again', async () => {
    const { host, wx } = stage.phone;
    await host.waitFor(() => wx.sockets.live === 1, { what: "the shop's own socket" });
    await signIn();
    await stage.phone.tap('service');
    await host.waitForPage(CHAT);
    (await host.waitForNode({ tag: 'textarea' })).input('你好');
    (await host.waitForNode({ className: 'composer-send' })).tap();
    await bubble('你好');
    host.back();
    await host.waitForPage(ACCOUNT);
    await stage.phone.tap('leave');
    await host.waitForNode({ className: 'session', text: 'left' });
    await host.waitFor(() => host.pendingTimers === 0, { what: 'no timer' });
    expect(wx.sockets.liveUrls).toEqual([STOCK_SOCKET]);
    await stage.phone.tap('sign-in');
    await host.waitForNode({ className: 'session', text: 'signedIn' });
    expect(wx.sockets.live).toBe(2);
  });

  it('takes a user to the sign-in page, if the shop uses it, and closes only its own pages at the sign-out', async () => {
    const { host, wx } = await stage.relaunch({ start: { signInPage: true } });
    const stack = () => host.stack.map(({ route }) => route);
    host.tapTab('Account');
    await stage.phone.tap('messages');
    await host.waitForPage(LOGIN);
    expect(stack()).toEqual([ACCOUNT, LOGIN]);
    wx.options.loginCode = 'demo:anna';
    (await host.waitForNode({ text: '微信一键登录' })).closest('button')?.tap();
    await host.waitForPage(LIST);
    expect(stack()).toEqual([ACCOUNT, LIST]);
    await host.waitForNode({ className: 'im-tab', text: '我' }).then((tab) => tab.tap());
    await host.waitForPage('packages/im/pages/me/index');
    (await host.waitForNode({ text: '退出登录' })).tap();
    const modal = await host.waitFor(() => wx.ui.modal, { what: 'the question' });
    modal.confirm();
    await host.waitForPage(LOGIN);
    expect(stack()).toEqual([ACCOUNT, LOGIN]);
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
