import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

async function inChat(text: string): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  return phone;
}

describe('a text of the built package', () => {
  it('shows emoji codes as emoji, in the list and in the bubble, and copies them so', async () => {
    const phone = await inChat('早[大笑] [图片]');
    await phone.host.waitForNode({ className: 'conv-preview', text: '早😄 [图片]' });
    await phone.openChat('本');
    (await phone.bubble('早😄 [图片]')).longPress();
    (await phone.host.waitForNode({ text: '复制' })).tap();
    await phone.host.waitFor(() => phone.wx.ui.clipboard === '早😄 [图片]', { what: 'the copy' });
  });

  it('copies links and mail addresses, and calls phone numbers, after asking', async () => {
    const phone = await inChat('看 https://a.com/b 打 138-0013-8000 写 a@b.cn');
    await phone.openChat('本');
    const sheetOf = async (text: string) => {
      (await phone.host.waitForNode({ className: 'mark', text })).tap();
      return await phone.host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the sheet' });
    };
    const link = await sheetOf('https://a.com/b');
    expect(link.itemList).toEqual(['复制链接（a.com）']);
    link.select('复制链接（a.com）');
    await phone.host.waitFor(() => phone.wx.ui.clipboard === 'https://a.com/b');
    const number = await sheetOf('138-0013-8000');
    expect(number.itemList).toEqual(['呼叫 138-0013-8000', '复制号码']);
    number.select('呼叫 138-0013-8000');
    await phone.host.waitFor(() => phone.wx.ui.phoneCalls.length > 0, { what: 'the call' });
    expect(phone.wx.ui.phoneCalls).toEqual(['13800138000']);
    (await sheetOf('a@b.cn')).select('复制邮箱地址');
    await phone.host.waitFor(() => phone.wx.ui.clipboard === 'a@b.cn');
    expect(phone.bubbles()).toEqual(['看 https://a.com/b 打 138-0013-8000 写 a@b.cn']);
  });

  it('opens on a page of its own for selection, by the menu and by a double tap', async () => {
    const text = '很长'.repeat(2000);
    const phone = await inChat(text);
    await phone.openChat('本');
    const { host } = phone;
    (await phone.bubble(text)).longPress();
    (await host.waitForNode({ text: '选取' })).tap();
    await host.waitForPage('packages/chat/text/index');
    const shown = await host.waitForNode({ className: 'select-text' });
    expect(shown.text).toBe(text);
    expect(shown.attr('userSelect') ?? shown.attr('user-select')).toBe(true);
    host.back();
    await host.waitForPage('packages/chat/index');
    const bubble = await phone.bubble(text);
    bubble.tap();
    bubble.tap();
    await host.waitForPage('packages/chat/text/index');
  });
});

describe('a text of a room', () => {
  it('has the same marks, emoji and page for selection', async () => {
    const { rooms } = stage.emulator;
    rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const { host } = phone;
    await host.waitForPage('pages/conversations/index');
    void phone.wx.wx.navigateTo({ url: '/packages/chatroom/room/index?roomId=9000' });
    await host.waitForNode({ tag: 'textarea' });
    rooms.sendAs('9000', 'ben', '[鼓掌] 看 a.cn/b');
    (await host.waitForNode({ className: 'mark', text: 'a.cn/b' })).tap();
    const sheet = await host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the sheet' });
    expect(sheet.itemList).toEqual(['复制链接（a.cn）']);
    sheet.cancel();
    (await phone.bubble('👏 看 a.cn/b')).longPress();
    (await host.waitForNode({ text: '选取' })).tap();
    await host.waitForNode({ className: 'select-text', text: '👏 看 a.cn/b' });
  });
});
