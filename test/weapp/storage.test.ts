import { type Phone, useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const LOGIN = 'pages/login/index';
const NOTICE = /存储已满或不可用/;
const stage = useWeapp();
const storageFault = (operation: string) => `${operation} DB data fail`;

async function signOut(phone: Phone): Promise<void> {
  phone.host.tapTab('我');
  (await phone.host.waitForNode({ text: '退出登录' })).closest('button')?.tap();
  const modal = await phone.host.waitFor(() => phone.wx.ui.modals.at(-1));
  modal.confirm();
  await phone.host.waitForPage(LOGIN);
  await phone.wx.sockets.whenEmpty();
}

describe('on a device whose storage refuses every access, the built package', () => {
  it('signs in, says once that nothing is stored, chats, calls, signs out and starts again', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone({ storageFault });
    await phone.host.waitForNode({ className: 'notice-text', text: NOTICE });
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    await phone.host.waitForNode({ className: 'notice-text', text: NOTICE });
    phone.host.page.find({ className: 'notice-close' }).tap();
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'notice' }), {
      what: 'the notice to disappear',
    });
    await phone.openChat('本');
    await phone.send('在');
    await phone.host.waitFor(() => phone.bubbles().length === 2, { what: 'two bubbles' });
    phone.host.hide();
    phone.host.show();
    phone.host.back();
    await phone.host.waitForPage(LIST);
    expect(phone.host.page.has({ className: 'notice' })).toBe(false);
    await signOut(phone);
    await phone.signIn('账号密码', 'anna', 'wrong');
    await phone.host.waitForNode({ className: 'login-problem', text: /302/ });
    await phone.wx.sockets.whenEmpty();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.host.close();

    const again = await stage.phone({ storageFault, storage: phone.wx.storage });
    await again.host.waitForPage(LOGIN);
    await again.signIn('账号密码', 'anna', 'token-anna');
    await again.openChat('本');
    await again.bubble('在吗');
  });

  it('enters a room', async () => {
    stage.emulator.rooms.addRoom({
      roomId: '9000',
      roomName: '音乐厅',
      announcement: '',
      creatorAccountId: 'ben',
    });
    const phone = await stage.phone({ storageFault });
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
    (await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' }))
      .closest('room-item')
      ?.tap();
    await phone.host.waitForPage('packages/chatroom/room/index');
    await phone.host.waitForNode({ className: 'head' });
  });
});
