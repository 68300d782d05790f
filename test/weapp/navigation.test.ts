import { type Phone, useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const CARD = 'packages/people/card/index';
const CHAT = 'packages/chat/index';
const ROOMS = 'packages/chatroom/list/index';
const ROOM = 'packages/chatroom/room/index';
const CALL = 'packages/call/index';

const stage = useWeapp();

beforeEach(() => {
  const { world, rooms } = stage.emulator;
  world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  world.relations.befriend('anna', 'ben');
  rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
});

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  return phone;
}

const routes = ({ host }: Phone) => host.stack.map(({ route }) => route);

/** Taps a node twice, `ms` milliseconds apart. */
async function tapTwice(node: { tap(): void } | undefined, ms: number): Promise<void> {
  if (!node) throw new Error('nothing to tap');
  node.tap();
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  node.tap();
}

describe('two taps open one page in the built package', () => {
  it.each([0, 5, 120, 250])(
    'a chat, when %i ms apart; a single back returns to the list',
    async (ms) => {
      const phone = await signedIn();
      const { host } = phone;
      const row = (await host.waitForNode({ className: 'conv-name', text: '本' })).closest('conv');
      await tapTwice(row, ms);
      await host.waitForPage(CHAT);
      await phone.bubble('在吗');
      expect(routes(phone)).toEqual([LIST, CHAT]);
      host.back();
      await host.waitForPage(LIST);
      expect(routes(phone)).toEqual([LIST]);
      // The list accepts the next tap.
      await phone.openChat('本');
      expect(routes(phone)).toEqual([LIST, CHAT]);
    },
  );

  it('a chat from the contacts, a room, and a call', async () => {
    const phone = await signedIn();
    const { host } = phone;
    host.tapTab('通讯录');
    const contact = (await host.waitForNode({ className: 'contact-name', text: '本' })).closest(
      'contact',
    );
    await tapTwice(contact, 120);
    await tapTwice((await host.waitForNode({ text: '发消息' })).closest('button'), 120);
    await phone.bubble('在吗');
    expect(routes(phone)).toEqual(['pages/contacts/index', CARD, CHAT]);

    // Both taps request a sheet before the first is shown; WeChat shows only one.
    await tapTwice(await phone.moreItem('more-call'), 0);
    await host.waitFor(() => phone.wx.ui.actionSheets.length === 2, {
      what: 'both choices of the call type',
    });
    for (const sheet of phone.wx.ui.actionSheets) sheet.select(1);
    await host.waitForPage(CALL);
    (await host.waitForNode({ className: 'talk-action', ariaLabel: '取消' })).tap();
    await host.waitForPage(CHAT);
    expect(routes(phone)).toEqual(['pages/contacts/index', CARD, CHAT]);

    host.back();
    await host.waitForPage(CARD);
    host.back();
    await host.waitForPage('pages/contacts/index');
    host.tapTab('我');
    const cell = (await host.waitForNode({ text: '聊天室' })).closest('cell');
    await tapTwice(cell, 5);
    await host.waitForPage(ROOMS);
    const room = (await host.waitForNode({ className: 'room-name', text: '音乐厅' })).closest(
      'room-item',
    );
    await tapTwice(room, 120);
    await host.waitForPage(ROOM);
    await host.waitForNode({ className: 'head' });
    expect(routes(phone)).toEqual(['pages/me/index', ROOMS, ROOM]);
  });

  it('accepts the next tap after WeChat refused to open the page, and shows the failure', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    const row = (await host.waitForNode({ className: 'conv-name', text: '本' })).closest('conv');
    wx.options.callFaults = { navigateTo: { reason: 'timeout' } };
    row?.tap();
    await host.waitFor(() => wx.ui.toast?.title === '未能完成操作，请重试', {
      what: 'the reason',
    });
    wx.options.callFaults = {};
    await phone.openChat('本');
    expect(routes(phone)).toEqual([LIST, CHAT]);
  });
});

describe('a page that is opened while the user leaves WeChat', () => {
  it('is shown when the user returns, with the parameters of its address', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await host.waitForNode({ className: 'conv-name', text: '本' });
    // The app is hidden between the start of the page and its first rendering, where Taro has no current page.
    void phone.wx.wx.navigateTo({ url: `/${CHAT}?conversationId=anna%7C1%7Cben` });
    host.hide();
    host.show();
    await phone.bubble('在吗');
    expect(routes(phone)).toEqual([LIST, CHAT]);
  });
});
