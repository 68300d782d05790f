import { encodePng } from '../../emulator/server/png';
import type { BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const SETTINGS = 'packages/settings/index';

async function signedIn(options: Parameters<typeof stage.phone>[0] = {}): Promise<Phone> {
  const phone = await stage.phone(options);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage('pages/conversations/index');
  return phone;
}

async function openSettings({ host }: Phone): Promise<void> {
  host.tapTab('我');
  (await host.waitForNode({ className: 'cell-title', text: '设置' })).closest('cell')?.tap();
  await host.waitForPage(SETTINGS);
}

/**
 * Taps a switch that shows the opposite of `to`. A tap before the view shows the last change would repeat the old
 * value.
 */
async function flip({ host }: Phone, label: string, to: boolean): Promise<void> {
  await host.waitForNode({ tag: 'switch', ariaLabel: label });
  const node = () => host.page.find({ tag: 'switch', ariaLabel: label });
  await host.waitFor(() => node().attr('checked') === !to, { what: `"${label}" at ${!to}` });
  node().tap();
}

async function openCell({ host }: Phone, title: string): Promise<void> {
  (await host.waitForNode({ className: 'cell-title', text: title })).closest('cell')?.tap();
}

async function sendPicture(ben: BareSdk): Promise<void> {
  const path = 'wxfile://tmp/picture.png';
  ben.wx.files.write(path, encodePng({ width: 60, height: 60, data: Buffer.alloc(14_400, 9) }));
  const { V2NIMMessageCreator: creator, V2NIMMessageService: service } = ben.nim;
  await service.sendMessage(
    creator.createImageMessage(path, 'p.png', undefined, 60, 60),
    'ben|1|anna',
  );
}

describe('settings of the built package', () => {
  it('traditional Chinese is chosen, shown everywhere and kept for the next start', async () => {
    const phone = await signedIn();
    await openSettings(phone);
    await openCell(phone, '语言');
    (await phone.host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the languages' })).select(
      '繁體中文（台灣）',
    );
    await phone.host.waitForNode({ className: 'cell-title', text: '語言' });
    phone.host.back();
    await phone.host.waitForNode({ className: 'cell-title', text: '登入裝置' });
    expect(
      [...phone.wx.storage.entries()].find(([key]) => key === 'yunxin.settings')?.[1],
    ).toContain('zh-TW');
  });

  it('the size of texts follows WeChat until it is chosen, on every page', async () => {
    const phone = await signedIn({ systemInfo: { fontSizeSetting: 22 } });
    const { host, wx } = phone;
    const largest = () => host.page.maybe({ className: 'size-largest' });
    await host.waitFor(largest, { what: 'the largest texts' });
    await openSettings(phone);
    await host.waitFor(largest, { what: 'the largest texts of the settings' });
    await openCell(phone, '字体大小');
    (await host.waitFor(() => wx.ui.actionSheet, { what: 'the sizes' })).select('特大');
    await host.waitFor(() => host.page.maybe({ className: 'size-larger' }), { what: 'the choice' });
    host.back();
    await host.waitFor(() => host.page.maybe({ className: 'size-larger' }), {
      what: 'the choice on the page below',
    });
  });

  it('a new message is heard and felt once, not in the open chat, and not when it is switched off', async () => {
    const ben = await stage.other('ben');
    await stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '早' });
    const phone = await signedIn();
    const { host, wx } = phone;
    await host.waitForNode({ className: 'conv-name', text: '本' });
    const heard = () => wx.audio.contexts.length;
    expect([wx.ui.vibrations, heard()]).toEqual([[], 0]);
    await ben.send('anna', '一');
    await ben.send('anna', '二');
    await host.waitFor(() => wx.ui.vibrations.length === 1, { what: 'the vibration' });
    expect(heard()).toBe(1);
    await phone.openChat('本');
    await phone.bubble('二');
    await ben.send('anna', '三');
    await phone.bubble('三');
    host.back();
    await openSettings(phone);
    await flip(phone, '新消息振动', false);
    await flip(phone, '新消息提示音', false);
    host.back();
    host.tapTab(0);
    await ben.send('anna', '四');
    await host.waitForNode({ className: 'conv-preview', text: '四' });
    expect([wx.ui.vibrations.length, heard()]).toEqual([1, 1]);
  });

  it('with the data saver a picture is requested after a tap, on mobile data only', async () => {
    const ben = await stage.other('ben');
    const phone = await signedIn();
    const { host, wx } = phone;
    await openSettings(phone);
    await flip(phone, '省流量模式', true);
    host.back();
    host.tapTab(0);
    wx.network.set(true, '5g');
    await sendPicture(ben);
    await phone.openChat('本');
    const picture = await host.waitForNode({ className: 'picture' });
    expect(picture.findAll({ tag: 'image' })).toEqual([]);
    expect(picture.text).toMatch(/^点击加载/);
    picture.tap();
    await host.waitFor(
      () => host.page.find({ className: 'picture' }).findAll({ tag: 'image' }).length === 1,
      {
        what: 'the picture',
      },
    );
    expect(host.route).toBe('packages/chat/index');
    host.back();
    wx.network.set(true, 'wifi');
    await phone.openChat('本');
    await host.waitFor(
      () => host.page.maybe({ className: 'picture' })?.findAll({ tag: 'image' }).length === 1,
      { what: 'the picture on Wi-Fi' },
    );
  });

  it('privacy hides the screen and tells of a capture', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await openSettings(phone);
    wx.captureScreen();
    await flip(phone, '隐私保护', true);
    await host.waitFor(() => wx.ui.captureEffects.length === 1, { what: 'the effect' });
    expect(wx.ui.toasts.map(({ title }) => title)).toEqual([]);
    wx.captureScreen();
    await host.waitFor(() => wx.ui.toasts.some(({ title }) => title.startsWith('已截屏')), {
      what: 'the notice',
    });
    await flip(phone, '隐私保护', false);
    await host.waitFor(() => wx.ui.captureEffects.length === 2, { what: 'the end of the effect' });
    expect(wx.ui.captureEffects).toEqual(['hidden', 'none']);
  });

  it('privacy goes off with a reason where WeChat cannot hide the screen', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    wx.options.callFaults = { setVisualEffectOnCapture: { reason: 'not supported' } };
    await openSettings(phone);
    await flip(phone, '隐私保护', true);
    await host.waitFor(() => wx.ui.toasts.length === 1, { what: 'the reason' });
    await host.waitFor(
      () => host.page.find({ tag: 'switch', ariaLabel: '隐私保护' }).attr('checked') === false,
      { what: 'the switch' },
    );
    expect(wx.ui.captureEffects).toEqual([]);
  });

  it('the push switch is the answer of the server: a refused change goes back', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    await openSettings(phone);
    stage.emulator.faults.add({ kind: 'command', command: '34_15', code: 403 });
    await flip(phone, '电脑在线时手机仍推送', false);
    await host.waitFor(() => wx.ui.toasts.length > 0, { what: 'the reason' });
    await host.waitFor(
      () =>
        host.page.find({ tag: 'switch', ariaLabel: '电脑在线时手机仍推送' }).attr('checked') ===
        true,
      { what: 'the old state' },
    );
  });

  it('the storage page lists the bytes by kind and clears what can come again', async () => {
    const ben = await stage.other('ben');
    stage.emulator.world.broadcast('维护');
    await ben.send('anna', '早');
    const phone = await signedIn();
    const { host, wx } = phone;
    await host.waitForNode({ className: 'conv-name', text: '本' });
    await phone.openChat('本');
    (await host.waitForNode({ tag: 'textarea' })).input('没写完');
    host.back();
    await openSettings(phone);
    await openCell(phone, '存储空间');
    await host.waitForNode({ text: '草稿' });
    expect(host.page.text()).toContain('通知和请求');
    host.page.find({ text: '清理' }).closest('button')?.tap();
    (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
    await host.waitFor(() => !host.page.text().includes('聊天列表'), { what: 'the clearing' });
    expect(host.page.text()).toContain('草稿');
    host.back();
    await openCell(phone, '关于');
    await host.waitForNode({ text: 'mobx' });
    expect(host.page.text()).toContain('MIT');
  });
});
