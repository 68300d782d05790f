import { type Phone, useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const stage = useWeapp();

async function openInspector(phone: Phone): Promise<void> {
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  phone.host.tapTab('我');
  (await phone.host.waitForNode({ text: '连接检查' })).closest('cell')?.tap();
  await phone.host.waitForPage('packages/diagnostics/inspector/index');
}

describe('the built package and its connection', () => {
  it('shows the banner when the link is lost, reconnects, and shows the missed messages', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    await phone.bubble('在吗');
    stage.emulator.faults.add({ kind: 'command', command: '26_3', code: 503, times: 1 });
    stage.emulator.faults.cut({ accountId: 'anna' });
    await phone.host.waitForNode({ className: 'banner-text', text: /^连接已断开，\d+ 秒后重连$/ });
    expect(phone.host.page.find({ className: 'banner-action' }).text).toBe('重试');
    await phone.send('断线时发的');
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '断线时收的' });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'banner' }), {
      what: 'the banner to disappear',
    });
    await phone.host.waitFor(() => phone.bubbles().length === 3, { what: 'three bubbles' });
    expect([...phone.bubbles()].sort()).toEqual(['在吗', '断线时发的', '断线时收的'].sort());
    expect(phone.wx.sockets.maxLive).toBe(1);
  });

  it('reconnects at once when its link was cut in the background, and shows missed messages once', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    phone.host.hide({ suspend: true });
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '你不在时' });
    const back = Date.now();
    phone.host.show();
    await phone.bubble('你不在时');
    expect(Date.now() - back).toBeLessThan(2500);
    expect(phone.bubbles()).toEqual(['在吗', '你不在时']);
    expect(phone.wx.sockets.maxLive).toBe(1);
  });

  it('names the device that ended its login and does not sign in by itself', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    stage.emulator.clients.kick('anna');
    const modal = await phone.host.waitFor(() => phone.wx.ui.modals[0]);
    expect(JSON.stringify(modal)).toContain('下线');
    const logins = stage.emulator.log.logins.length;
    modal.cancel();
    await phone.host.waitForPage('pages/login/index');
    expect(stage.emulator.log.logins).toHaveLength(logins);
    await phone.wx.sockets.whenEmpty();
  });

  it.each([
    ['a foreign sign-in', /^\d{2}:\d{2} 你的账号在 Web 上登录。.*修改密码。$/],
    ['a kick from another device of the account', /^\d{2}:\d{2} 你在 Web 上将此设备下线。$/],
  ] as const)(
    'explains %s with the device and the time, over the unchanged page',
    async (how, text) => {
      stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
      const phone = await stage.phone();
      await phone.signIn('账号密码', 'anna', 'token-anna');
      await phone.openChat('本');
      await phone.bubble('在吗');
      const isForeign = how === 'a foreign sign-in';
      if (isForeign) stage.emulator.world.setMultiLogin({ kind: 'exclusive' });
      const other = await stage.other('anna');
      if (!isForeign) {
        const { V2NIMLoginService: login } = other.nim;
        const mine = login.getCurrentLoginClient()?.clientId;
        const phoneClient = login.getLoginClients().find(({ clientId }) => clientId !== mine);
        if (!phoneClient) throw new Error('the phone is not listed');
        await login.kickOffline(phoneClient);
      }
      const modal = await phone.host.waitFor(() => phone.wx.ui.modals[0]);
      expect(modal.content).toMatch(text);
      await phone.wx.sockets.whenEmpty();
      expect(phone.bubbles()).toEqual(['在吗']);
      expect(phone.host.title).toBe('本');
      modal.cancel();
      await phone.host.waitForPage('pages/login/index');
    },
  );

  it('continues on the same page when the user signs in again after a kick', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    stage.emulator.clients.kick('anna');
    (await phone.host.waitFor(() => phone.wx.ui.modals[0])).confirm();
    await phone.host.waitFor(() => stage.emulator.log.logins.length === 2, { what: 'the login' });
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '欢迎回来' });
    await phone.bubble('欢迎回来');
    await phone.send('我回来了');
    await phone.bubble('我回来了');
    expect(phone.host.title).toBe('本');
    // The messages are read because the chat was on the screen.
    phone.host.back();
    await phone.host.waitForPage(LIST);
    await phone.host.waitFor(() => !phone.wx.ui.tabBadges.has(0), {
      what: 'the badge to disappear',
    });
  });

  it('does not list the own device among the other devices', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '登录设备' })).closest('cell')?.tap();
    await phone.host.waitForPage('packages/devices/index');
    await phone.host.waitForNode({ className: 'devices-empty' });
    expect(phone.host.page.has({ className: 'device-action' })).toBe(false);
  });

  it('reports the sign-in of another device, lists the device, and can sign it out', async () => {
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    const other = await stage.other('anna');
    await phone.host.waitFor(
      () => phone.wx.ui.toasts.some(({ title }) => title.includes('登录了你的账号')),
      { what: 'the notice of the other device' },
    );
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '登录设备' })).closest('cell')?.tap();
    await phone.host.waitForPage('packages/devices/index');
    (await phone.host.waitForNode({ className: 'device-action', text: '下线' })).tap();
    (await phone.host.waitFor(() => phone.wx.ui.modals[0])).confirm();
    await phone.host.waitForNode({ className: 'devices-empty' });
    await phone.host.waitFor(() => other.nim.V2NIMLoginService.getLoginStatus() === 0, {
      what: 'the other device signed out',
    });
  });

  it('shows live figures in the inspector during a forced reconnect', async () => {
    const phone = await stage.phone();
    await openInspector(phone);
    const state = () => phone.host.page.find({ className: 'inspector-name' }).text;
    const budget = () => phone.host.page.find({ className: 'inspector-budget' }).text;
    await phone.host.waitFor(() => state() === '在线' && budget().includes('1 / 5'), {
      what: 'online, one socket',
    });
    const socket = await phone.host.waitForNode({ className: 'inspector-line' });
    expect(socket.text).toMatch(/127\.0\.0\.1 open .*\d\.\d s/);
    stage.emulator.faults.add({ kind: 'command', command: '26_3', code: 503, times: 2 });
    stage.emulator.faults.cut({ accountId: 'anna', how: 'close' });
    await phone.host.waitFor(() => state() === '等待重连', {
      what: 'the countdown to the next attempt',
    });
    await phone.host.waitFor(() => budget().includes('0 / 5'), { what: 'no live socket' });
    await phone.host.waitForNode({ className: 'inspector-note', text: /尝试次数 [12].*原因/ });
    await phone.host.waitFor(() => state() === '在线', {
      what: 'online again',
      timeoutMs: 15_000,
    });
    expect(phone.host.page.text()).toContain('closed im#1');
  });

  it('checks the connection step by step, and copies a report without secrets', async () => {
    const phone = await stage.phone();
    await openInspector(phone);
    await phone.press('开始自检');
    const good = () => phone.host.page.findAll({ className: 'inspector-good' }).length;
    // The steps are LBS, handshake, socket, login, and the single legal host.
    await phone.host.waitFor(() => good() === 5, { what: 'five successful steps' });
    expect(phone.host.page.has({ className: 'inspector-bad' })).toBe(false);
    expect(phone.wx.sockets.maxOfAnyHost).toBeLessThanOrEqual(2);
    await phone.press('复制报告');
    const report = await phone.host.waitFor(() => phone.wx.ui.clipboard);
    expect(report).toContain('sockets all: ');
    expect(report).not.toContain('token-anna');
  });

  it('sends the diagnostics as a file without secrets', async () => {
    const phone = await stage.phone();
    const sent: Record<string, unknown>[] = [];
    phone.wx.install({
      shareFileMessage: phone.wx.api('shareFileMessage', (file) => void sent.push(file)),
    });
    await openInspector(phone);
    await phone.press('发送诊断文件');
    const { filePath } = await phone.host.waitFor(() => sent[0], { what: 'the file' });
    const file = String(phone.wx.files.read(String(filePath)));
    expect(JSON.parse(file)).toMatchObject({ schemaVersion: 1, host: { platform: 'ios' } });
    expect(file).not.toContain('token-anna');
  });

  it('uses linkUrl when the LBS fails, and opens no socket to a host that is not allowed', async () => {
    stage.emulator.faults.add({
      kind: 'lbs',
      how: 'links',
      links: ['evil.example:443'],
      onlyThese: true,
    });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    expect(phone.wx.sockets.connects.every((url) => url.startsWith('ws://127.0.0.1:7600/'))).toBe(
      true,
    );
  });
});
