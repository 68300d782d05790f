import { BareRoom } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const UNDECLARED = { reason: 'api scope is not declared in the privacy agreement', errno: 112 };

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

const toast = (phone: Phone, title: string | RegExp) =>
  phone.host.waitFor(
    () =>
      phone.wx.ui.toasts.some((one) =>
        typeof title === 'string' ? one.title === title : title.test(one.title),
      ),
    { what: `the toast ${title}` },
  );

/** Waits until Node has reported unhandled rejections, which it does after the microtasks of a turn. */
const nextTurns = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('the built package, when WeChat refuses', () => {
  it('hideKeyboard without a keyboard: a tap on the list and the emoji panel still work', async () => {
    const phone = await inChat();
    phone.host.page.find({ id: 'messages' }).tap();
    (await phone.host.waitForNode({ className: 'composer-emoji' })).tap();
    await phone.host.waitForNode({ className: 'emoji-panel' });
    // jest fails a test with an unhandled rejection.
    await nextTurns();
  });

  it.each([
    [UNDECLARED, '复制失败：此功能未在隐私保护指引中声明，请联系开发者'],
    [
      { reason: 'privacy permission is not authorized', errno: 104 },
      '复制失败：同意隐私保护指引后才能使用此功能',
    ],
    ['throw', '复制失败：未能完成操作，请重试'],
  ] as const)('to copy (%j): shows the failure and the reason', async (fault, text) => {
    const phone = await inChat();
    phone.wx.options.callFaults = { setClipboardData: fault };
    (await phone.bubble('在吗')).longPress();
    (await phone.host.waitForNode({ text: '复制' })).tap();
    await toast(phone, text);
    expect(phone.wx.ui.clipboard).toBe('');
  });

  it('a dialog because of a button text: asks with the default buttons', async () => {
    const phone = await inChat();
    phone.host.back();
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '设置' })).closest('cell')?.tap();
    await phone.host.waitForPage('packages/settings/index');
    (await phone.host.waitForNode({ text: '语言' })).closest('cell')?.tap();
    (await phone.host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the languages' })).select(3);
    phone.host.back();
    (await phone.host.waitForNode({ text: 'Sign Out' })).closest('button')?.tap();
    const question = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(question.content).toBe('You will no longer receive new messages');
    question.confirm();
    await phone.host.waitForPage('pages/login/index');
  });
});

describe('pictures in a room of the built package', () => {
  const CANCELLED = { reason: 'cancel' };

  it.each([
    [CANCELLED, ''],
    [UNDECLARED, '此功能未在隐私保护指引中声明，请联系开发者'],
  ])('chooseMedia %j: says %j', async (fault, text) => {
    stage.emulator.rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
    const ben = new BareRoom(stage.emulator);
    await ben.enter({ roomId: '9000', accountId: 'ben', token: 'token-ben' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage('pages/conversations/index');
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
    (await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' }))
      .closest('room-item')
      ?.tap();
    const button = await phone.moreItem('more-album');
    const before = phone.wx.ui.toasts.length;
    phone.wx.options.callFaults = { chooseMedia: fault };
    button.tap();
    if (text) await toast(phone, text);
    else await nextTurns();
    expect(phone.wx.ui.toasts.slice(before).map(({ title }) => title)).toEqual(text ? [text] : []);
    await ben.dispose();
  });
});

describe('a refused permission in the built package', () => {
  it('offers the settings of the mini-program', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    let opened = 0;
    const { wx } = phone.wx as unknown as { wx: Record<string, (options: object) => unknown> };
    const { openSetting } = wx;
    wx.openSetting = (options) => {
      opened++;
      return openSetting?.(options);
    };
    phone.wx.options.callFaults = { chooseMedia: { reason: 'auth deny' } };
    (await phone.moreItem('more-album')).tap();
    const question = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(question).toMatchObject({
      content: '没有权限，请在微信设置中允许',
      confirmText: '去设置',
    });
    question.cancel();
    await nextTurns();
    expect(opened).toBe(0);
    (await phone.moreItem('more-album')).tap();
    (await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' })).confirm();
    await phone.host.waitFor(() => opened === 1, { what: 'the settings' });
  });
});
