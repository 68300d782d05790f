import { useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const stage = useWeapp();

describe('the built package and its next version', () => {
  it('asks whether to restart when WeChat has a new version, and restarts on "yes"', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.wx.updates.announce();
    const modal = await phone.host.waitFor(() => phone.wx.ui.modals[0], { what: 'the question' });
    expect(modal.content).toContain('是否重启');
    expect(phone.wx.updates.applied).toBe(0);
    modal.confirm();
    await phone.host.waitFor(() => phone.wx.updates.applied === 1, { what: 'the restart' });
  });

  it('does not ask again after "no"', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.wx.updates.announce();
    (await phone.host.waitFor(() => phone.wx.ui.modals[0])).cancel();
    phone.host.tapTab('我');
    await phone.host.waitForNode({ text: '设置' });
    expect(phone.wx.ui.modals).toHaveLength(1);
    expect(phone.wx.updates.applied).toBe(0);
  });
});

describe('the built package and the remote configuration', () => {
  it('shows the notice until the user closes the notice, and hides disabled features', async () => {
    stage.emulator.remoteConfig = { notice: '今晚九点维护', meetingEnabled: false };
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    await phone.host.waitForNode({ className: 'notice', text: /今晚九点维护/ });
    phone.host.page.find({ className: 'notice-close' }).tap();
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'notice' }), {
      what: 'the notice to disappear',
    });
    phone.host.tapTab('我');
    await phone.host.waitForNode({ text: '连接检查' });
    expect(phone.host.page.maybe({ text: '会议与房间' })).toBeUndefined();
  });

  it('hides the entries of chatrooms when chatrooms are disabled', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.host.tapTab('通讯录');
    const entry = await phone.host.waitForNode({ className: 'contact-name', text: '聊天室' });
    entry.closest('contacts-entry')?.tap();
    await phone.host.waitForPage('packages/chatroom/list/index');

    stage.emulator.remoteConfig = { chatroomEnabled: false };
    const other = await stage.phone();
    await other.signIn('账号密码', 'anna', 'token-anna');
    await other.host.waitForPage(LIST);
    other.host.tapTab('通讯录');
    await other.host.waitForNode({ text: '还没有好友' });
    await other.host.waitFor(() => !other.host.page.has({ text: '聊天室' }), {
      what: 'the entry to disappear',
    });
    other.host.tapTab('我');
    await other.host.waitForNode({ text: '连接检查' });
    expect(other.host.page.maybe({ text: '聊天室' })).toBeUndefined();
  });

  it('shows that this version is too old', async () => {
    stage.emulator.remoteConfig = { minVersion: '99.0.0' };
    const phone = await stage.phone();
    const modal = await phone.host.waitFor(() => phone.wx.ui.modals[0], { what: 'the word' });
    expect(modal.content).toContain('当前版本过低');
  });
});
