import { useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const LOGIN = 'pages/login/index';
const stage = useWeapp();

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

  it('again by itself when the user asked to stay signed in, and not after signing out', async () => {
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

describe('the sign-in page says what is wrong and stays usable', () => {
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

  it('without a network, and signs in when it is back', async () => {
    const phone = await stage.phone();
    phone.wx.network.set(false, 'none');
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForNode({ text: /网络/ });
    phone.wx.network.set(true, 'wifi');
    await phone.host.waitForPage(LIST);
  });
});
