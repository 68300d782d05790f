import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const LOGIN = 'pages/login/index';
const LIST = 'pages/conversations/index';

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  return phone;
}

async function inMe({ host }: Phone, cell: string): Promise<void> {
  host.tapTab('我');
  (await host.waitForNode({ className: 'cell-title', text: cell })).closest('cell')?.tap();
}

async function chooseAccount(phone: Phone, option: string): Promise<void> {
  await inMe(phone, '切换账号');
  const { host, wx } = phone;
  (await host.waitFor(() => wx.ui.actionSheet, { what: 'the accounts' })).select(option);
}

const accountShown = ({ host }: Phone, accountId: string) =>
  host.waitForNode({ className: 'profile-line', text: `账号：${accountId}` });

const rows = ({ host }: Phone) =>
  host.page.findAll({ className: 'login-account-id' }).map(({ text }) => text);

const stored = ({ wx }: Phone) => JSON.stringify([...wx.storage.entries()]);

describe('the accounts on a device, in the built package', () => {
  it('are switched between, by a sheet and on the sign-in page, with one socket', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await chooseAccount(phone, '登录其他账号');
    await host.waitForPage(LOGIN);
    await host.waitFor(() => rows(phone).join() === 'anna', { what: 'the account' });
    expect(wx.sockets.live).toBe(0);
    await phone.signIn('账号密码', 'ben', 'token-ben');
    await host.waitForPage(LIST);
    host.tapTab('我');
    await accountShown(phone, 'ben');
    await chooseAccount(phone, 'anna');
    await accountShown(phone, 'anna');
    await host.waitFor(() => stage.emulator.clients.list('anna').length === 1, { what: 'anna' });
    expect([wx.sockets.live, stage.emulator.clients.list('ben')]).toEqual([1, []]);
  });

  it('are left after a question when something the user wrote would be lost', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '早' });
    const phone = await signedIn();
    const { host, wx } = phone;
    await phone.openChat('本');
    host.page.find({ tag: 'textarea' }).input('没写完');
    host.back();
    await host.waitForPage(LIST);
    await chooseAccount(phone, '登录其他账号');
    const question = await host.waitFor(() => wx.ui.modal, { what: 'the question' });
    expect(question.content).toBe('草稿和未发送的消息会被删除');
    question.cancel();
    await chooseAccount(phone, '登录其他账号');
    (await host.waitFor(() => wx.ui.modal, { what: 'the second question' })).confirm();
    await host.waitForPage(LOGIN);
  });

  it('are forgotten with their tokens by a tap, and all by a sign-out', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await chooseAccount(phone, '登录其他账号');
    await host.waitForPage(LOGIN);
    await phone.signIn('账号密码', 'ben', 'token-ben');
    await host.waitForPage(LIST);
    expect(stored(phone)).toContain('token-anna');
    host.tapTab('我');
    (await host.waitForNode({ className: 'button-danger', text: '退出登录' })).tap();
    const question = await host.waitFor(() => wx.ui.modal, { what: 'the question' });
    expect(question.content).toContain('其他账号');
    question.confirm();
    await host.waitForPage(LOGIN);
    expect([rows(phone), stored(phone).includes('token-')]).toEqual([[], false]);

    await phone.signIn('账号密码', 'anna', 'token-anna');
    await host.waitForPage(LIST);
    await chooseAccount(phone, '登录其他账号');
    await host.waitForPage(LOGIN);
    (await host.waitForNode({ className: 'login-account-off' })).tap();
    await host.waitFor(() => rows(phone).length === 0, { what: 'the row to go' });
    expect(stored(phone)).not.toContain('token-');
  });

  it('whose token is refused leaves the list, and says so', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await chooseAccount(phone, '登录其他账号');
    await host.waitForPage(LOGIN);
    const { world } = stage.emulator;
    world.addAccount({ accountId: 'anna', name: '安娜', token: 'another-token' });
    (await host.waitForNode({ className: 'login-account-id' })).tap();
    await host.waitForNode({ className: 'login-problem' });
    expect(rows(phone)).toEqual([]);
  });
});
