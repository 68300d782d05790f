import type { BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const ONLINE_ONLY = { notificationConfig: { offlineEnabled: false, unreadEnabled: false } };

// The title would say that the other side is online, once that is known.
beforeEach(() => void (stage.emulator.world.subscriptions.isEnabled = false));

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

const title = (phone: Phone) => phone.wx.ui.navigationBarTitle;
const titled = (phone: Phone, text: string) =>
  phone.host.waitFor(() => title(phone) === text, { what: `the title ${text}` });
const field = ({ host }: Phone) => host.page.find({ tag: 'textarea' });
const notify = (ben: BareSdk, typing: 0 | 1) =>
  ben.nim.V2NIMNotificationService.sendCustomNotification(
    'ben|1|anna',
    JSON.stringify({ typing }),
    ONLINE_ONLY,
  );

/** The contents of the notices that an account receives. */
function noticesOf(ben: BareSdk): string[] {
  const contents: string[] = [];
  ben.nim.V2NIMNotificationService.on('onReceiveCustomNotifications', (all) =>
    contents.push(...all.map(({ content }) => content)),
  );
  return contents;
}

describe('"is typing" in the built package', () => {
  it('is the title while the other side writes, and costs the page no setData', async () => {
    const ben = await stage.other('ben');
    const phone = await inChat();
    await titled(phone, '本');
    phone.host.setData.reset();
    await notify(ben, 1);
    await titled(phone, '对方正在输入…');
    await notify(ben, 0);
    await titled(phone, '本');
    expect(phone.host.setData.snapshot().log).toEqual([]);
    await notify(ben, 1);
    await titled(phone, '对方正在输入…');
    await ben.send('anna', '写好了');
    await phone.bubble('写好了');
    await titled(phone, '本');
  });

  it('is sent while the user writes, and its end when the text is sent or the page is left', async () => {
    const ben = await stage.other('ben');
    const notices = noticesOf(ben);
    const phone = await inChat();
    const { host } = phone;
    field(phone).input('好');
    field(phone).input('好的');
    (await host.waitForNode({ className: 'composer-send' })).tap();
    await phone.bubble('好的');
    await host.waitFor(() => notices.length === 2, { what: 'the end after the text was sent' });
    expect(notices).toEqual(['{"typing":1}', '{"typing":0}']);
  });

  it('is neither sent nor shown when it is switched off', async () => {
    const ben = await stage.other('ben');
    const notices = noticesOf(ben);
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const { host } = phone;
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    await host.waitForNode({ className: 'conv-name', text: '本' });
    host.tapTab('我');
    await host.waitForPage('pages/me/index');
    (await host.waitForNode({ className: 'cell-title', text: '设置' })).closest('cell')?.tap();
    (await host.waitForNode({ tag: 'switch', ariaLabel: '“正在输入”提示' })).tap();
    host.back();
    host.tapTab('消息');
    await phone.openChat('本');
    await phone.send('好的');
    await notify(ben, 1);
    await ben.send('anna', '写好了');
    await phone.bubble('写好了');
    expect(notices).toEqual([]);
    expect(title(phone)).toBe('本');
  });
});
