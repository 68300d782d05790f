import { type Phone, useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const LOGIN = 'pages/login/index';
const stage = useWeapp();

/** A phone that signs in while WeChat downloads the sub-package of the SDK. */
async function signingIn(download: Promise<void>): Promise<Phone> {
  const phone = await stage.phone({ packageFaults: { 'packages/sdk': download } });
  await phone.signIn('账号密码', 'anna', 'token-anna');
  return phone;
}

describe('the built package signs in', () => {
  it.each([
    ['账号密码', 'token-anna'],
    ['动态令牌', undefined],
    ['第三方', undefined],
  ] as const)('by %s', async (way, token) => {
    const phone = await stage.phone();
    await phone.signIn(way, 'anna', token);
    await phone.host.waitForPage(LIST);
    expect(stage.emulator.log.logins.map(({ code }) => code)).toEqual([200]);
    expect(phone.wx.sockets.maxLive).toBe(1);
  });

  it('with one tap, through wx.login and the app server', async () => {
    const phone = await stage.phone({ loginCode: 'demo:ben' });
    await phone.press('微信一键登录');
    await phone.host.waitForPage(LIST);
    phone.host.tapTab('我');
    await phone.host.waitForNode({ className: 'profile-name', text: '本' });
  });

  it('automatically when the user chose to stay signed in, and not after signing out', async () => {
    const storage = new Map<string, unknown>();
    const first = await stage.phone({ storage, loginCode: 'demo:ben' });
    await first.press('微信一键登录');
    await first.host.waitForPage(LIST);
    first.host.close();
    const second = await stage.phone({ storage });
    await second.host.waitForPage(LIST);
    second.host.tapTab('我');
    (await second.host.waitForNode({ text: '退出登录' })).closest('button')?.tap();
    const modal = await second.host.waitFor(() => second.wx.ui.modals[0]);
    modal.confirm();
    await second.host.waitForPage(LOGIN);
    expect(JSON.stringify([...storage])).not.toContain('token-ben');
  });
});

it('a chat opened before WeChat has the sub-package of the SDK waits with the reason, and opens then', async () => {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const storage = new Map<string, unknown>();
  const first = await stage.phone({ storage, loginCode: 'demo:anna' });
  await first.press('微信一键登录');
  await first.host.waitForNode({ className: 'conv-preview', text: '在吗' });
  first.host.hide();
  first.host.close();
  const { host, wx } = await stage.phone({ storage, packageFaults: { 'packages/sdk': 'fail' } });
  (await host.waitForNode({ className: 'conv-name', text: '本' })).closest('conv')?.tap();
  await host.waitForPage('packages/chat/index');
  await host.waitForNode({ className: 'skeleton' });
  const banner = await host.waitForNode({ className: 'banner', text: /重连|下载失败/ });
  wx.options.packageFaults = {};
  banner.tap();
  await host.waitForNode({ className: 'bubble', text: '在吗' });
  expect(host.page.has({ className: 'skeleton' })).toBe(false);
});

it('a first sign-in goes on when a slow network has brought the sub-package of the SDK after 3 s', async () => {
  let arrive: () => void = () => undefined;
  const download = new Promise<void>((resolve) => (arrive = resolve));
  const { host, wx } = await signingIn(download);
  await host.waitForNode({ className: 'login-stage', text: /正在连接/ });
  host.elapse(3000);
  await host.waitForNode({ className: 'login-stage', text: /正在连接/ });
  expect([wx.sockets.maxLive, stage.emulator.log.logins]).toEqual([0, []]);
  arrive();
  await host.waitForPage(LIST);
  expect([wx.sockets.maxLive, stage.emulator.log.logins.length]).toEqual([1, 1]);
});

it('a sign-in that is cancelled during the download does not begin when the sub-package arrives', async () => {
  let arrive: () => void = () => undefined;
  const download = new Promise<void>((resolve) => (arrive = resolve));
  const phone = await signingIn(download);
  const { host, wx } = phone;
  await host.waitForNode({ className: 'login-stage' });
  await phone.press('取消');
  await host.waitForNode({ text: '微信一键登录' });
  arrive();
  await host.waitFor(() => host.evaluated.some(({ file }) => file.includes('nim-sdk')), {
    what: 'the evaluation of the file',
  });
  expect([host.route, wx.sockets.maxLive, stage.emulator.log.logins]).toEqual([LOGIN, 0, []]);
});

describe('the sign-in page shows the error and stays usable', () => {
  it('when WeChat does not load the sub-package of the SDK', async () => {
    const phone = await stage.phone({ packageFaults: { 'packages/sdk': 'fail' } });
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForNode({ text: /聊天组件下载失败/ });
    expect(phone.wx.sockets.maxLive).toBe(0);
    phone.wx.options.packageFaults = {};
    await phone.host.waitForPage(LIST);
    expect(phone.host.errors).toEqual([]);
  });

  it('for a wrong token (302)', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'wrong');
    await phone.host.waitForNode({ className: 'login-problem', text: /账号或密码不正确.*302/s });
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
  });

  it.each([
    [422, /已被封禁/],
    [403, /没有权限/],
    [101403, /应用已被停用/],
    [101303, /应用标识不存在/],
    [102404, /账号不存在/],
    [417, /已在其他设备登录/],
  ] as const)('for %i', async (code, text) => {
    stage.emulator.world.setLoginRefusal('anna', code);
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const problem = await phone.host.waitForNode({ className: 'login-problem' });
    expect(problem.text).toMatch(text);
    expect(problem.text).toContain(String(code));
    stage.emulator.world.setLoginRefusal('anna', undefined);
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
  });

  it.each(['动态令牌', '第三方'] as const)(
    'for a refusal (302) of a sign-in by %s, without mentioning a password',
    async (way) => {
      stage.emulator.faults.add({ kind: 'command', command: '26_3', code: 302, times: 1 });
      const phone = await stage.phone();
      await phone.signIn(way, 'anna');
      const problem = await phone.host.waitForNode({ className: 'login-problem' });
      expect(problem.text).toMatch(/登录验证未通过，请重试或联系管理员.*302/s);
      expect(problem.text).not.toContain('密码');
      await phone.signIn(way, 'anna');
      await phone.host.waitForPage(LIST);
    },
  );

  it.each(['动态令牌', '第三方'] as const)(
    'for the typed account of another user (%s), and signs in without a typed account',
    async (way) => {
      const phone = await stage.phone({ loginCode: 'demo:anna' });
      await phone.fillIn(way, 'ben');
      phone.submit();
      await phone.host.waitForNode({ className: 'login-problem', text: /这不是你的账号.*600108/s });
      expect(stage.emulator.log.logins).toEqual([]);
      await phone.fillIn(way, '');
      phone.submit();
      await phone.host.waitForPage(LIST);
      expect(stage.emulator.log.logins).toMatchObject([{ accountId: 'anna', code: 200 }]);
    },
  );

  it('for a session that the app server refuses twice', async () => {
    stage.emulator.appSessions.ttlSeconds = 0;
    const phone = await stage.phone({ loginCode: 'demo:anna' });
    await phone.press('微信一键登录');
    await phone.host.waitForNode({ className: 'login-problem', text: /登录状态已过期.*600107/s });
    stage.emulator.appSessions.ttlSeconds = 60;
    await phone.press('微信一键登录');
    await phone.host.waitForPage(LIST);
  });

  it('for a wx.login that never answers; the sign-in can be cancelled at once', async () => {
    const phone = await stage.phone();
    phone.wx.install({ login: () => undefined });
    await phone.press('微信一键登录');
    await phone.host.waitForNode({ className: 'login-progress' });
    await phone.press('取消');
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'login-progress' }), {
      what: 'the sign-in to be cancelled',
      timeoutMs: 1000,
    });
    await phone.press('微信一键登录');
    await phone.host.waitForNode(
      { className: 'login-problem', text: /服务器暂时无法访问.*600104/s },
      { timeoutMs: 15_000 },
    );
  });

  it('for an account that does not exist, in English', async () => {
    const phone = await stage.phone({ language: 'en' });
    await phone.press('Other ways to sign in');
    const fields = await phone.host.waitFor(() => {
      const found = phone.host.page.findAll({ tag: 'input' });
      return found.length === 2 && found;
    });
    fields[0]?.input('nobody');
    fields[1]?.input('x');
    phone.host.page.find({ className: 'ways' }).find({ text: 'Sign In' }).closest('button')?.tap();
    await phone.host.waitForNode({ className: 'login-problem', text: /does not exist/ });
  });

  it('without a network, and signs in when the network is back', async () => {
    const phone = await stage.phone();
    phone.wx.network.set(false, 'none');
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForNode({ text: /网络/ });
    phone.wx.network.set(true, 'wifi');
    await phone.host.waitForPage(LIST);
  });
});

describe('a running login that the server refuses on a reconnect', () => {
  it.each([
    [302, '登录已失效，请重新登录'],
    [417, '已在其他设备登录'],
  ] as const)('with %i is explained, and ends on the sign-in page', async (code, text) => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    stage.emulator.faults.add({ kind: 'command', command: '26_3', code });
    stage.emulator.faults.cut({ accountId: 'anna' });
    const modal = await phone.host.waitFor(() => phone.wx.ui.modals[0]);
    expect(modal.content).toMatch(new RegExp(`^\\d{2}:\\d{2}，${text}`));
    modal.cancel();
    await phone.host.waitForPage(LOGIN);
    expect(stage.emulator.log.logins.map((login) => login.code)).toEqual([200]);
    await phone.wx.sockets.whenEmpty();
  });
});
