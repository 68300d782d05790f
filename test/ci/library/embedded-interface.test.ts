import type { Im, ImError, ImIncomingCall, ImNotice, ImSession } from '@/embed/host-types';
import { issueDynamicToken } from '../../../emulator/im/authentication';
import { ITEM, nativeExample } from './embedded-host';
import { ACCOUNT, CALL, CHAT, HOME, LIST, ROOM, STOCK_SOCKET, useShop } from './embedded-stage';

const TEAM = '2600000001';
const SUPER_TEAM = '2600000002';
const CONTACTS = 'packages/im/pages/contacts/index';

jest.setTimeout(120_000);

const stage = useShop(nativeExample);
const { signIn, otherSide, caller } = stage;

const routes = () => stage.phone.host.stack.map(({ route }) => route);
const button = (ariaLabel: string | RegExp) =>
  stage.phone.host.waitForNode({ className: 'talk-action', ariaLabel });
const isLinkOfIm = (url: string) => url !== STOCK_SOCKET;

/** The host cuts the socket of the chat; the next one needs a new login. */
function cutLink(): void {
  const { wx } = stage.phone;
  expect(wx.sockets.cutWhere(isLinkOfIm)).toBe(1);
}

/** A message of Ben is counted: Anna is online. */
async function expectOnline(im: Im): Promise<void> {
  const ben = await otherSide();
  await ben.send('anna', '在吗');
  await stage.phone.host.waitFor(() => im.unreadCount === 1, { what: 'the message' });
}

/** The rejection of a call of the interface. */
async function rejectionOf(call: Promise<unknown>): Promise<ImError> {
  return await call.then(
    () => {
      throw new Error('the call was not rejected');
    },
    (error: ImError) => error,
  );
}

describe('the sign-in by the host', () => {
  it('asks the token provider at each login, reconnects included', async () => {
    const { emulator, phone } = stage;
    const im = await phone.im;
    const asked: string[] = [];
    const tokenProvider = (accountId: string) => {
      asked.push(accountId);
      return Promise.resolve(issueDynamicToken(emulator, accountId, Date.now(), 600));
    };
    await im.signIn({ accountId: 'anna', tokenProvider });
    expect(im.session).toEqual({ status: 'signedIn', accountId: 'anna', code: 0 });
    expect(asked).toEqual(['anna']);
    cutLink();
    await phone.host.waitFor(() => asked.length === 2, { what: 'the provider to be asked again' });
    await expectOnline(im);
  });

  it('asks for another token when the server has replaced the static token', async () => {
    const { emulator, phone } = stage;
    const im = await phone.im;
    const asked: string[] = [];
    const renewToken = (accountId: string) => {
      asked.push(accountId);
      return Promise.resolve('token-new');
    };
    await im.signIn({ accountId: 'anna', token: 'token-anna', renewToken });
    emulator.world.addAccount({ accountId: 'anna', token: 'token-new' });
    cutLink();
    await phone.host.waitFor(() => asked.length > 0, { what: 'the request for a token' });
    await expectOnline(im);
    expect(asked).toEqual(['anna']);
    expect(im.session).toEqual({ status: 'signedIn', accountId: 'anna', code: 0 });
  });

  it('rejects with the code of the server, and tells the session the same code', async () => {
    const im = await stage.phone.im;
    const told: ImSession[] = [];
    im.onSession((session) => told.push(session));
    const { code, message } = await rejectionOf(im.signIn({ accountId: 'anna', token: 'wrong' }));
    expect(code).toBe(302);
    expect(message).toMatch(/^302 /);
    expect(told[0]).toEqual({ status: 'signedOut', accountId: null, code: 0 });
    expect(told.map(({ status }) => status)).toContain('signingIn');
    expect(told.at(-1)).toEqual({ status: 'signedOut', accountId: null, code: 302 });
  });
});

describe('sockets of the host', () => {
  it('count when they were opened before the start, until the host says that they are closed', async () => {
    const opened: { close(options: object): void; onClose(handler: () => void): void }[] = [];
    const url = 'wss://shop.example.com/early';
    const { host, im, wx } = await stage.relaunch({
      beforeStart: ({ connectSocket }) => void opened.push(connectSocket({ url })),
    });
    const [early] = opened;
    early?.onClose((await im).countSocket(url));
    await host.waitFor(() => wx.sockets.live === 2, { what: 'the early socket and the stock' });
    wx.wx.connectSocket({ url: 'wss://shop.example.com/third' });
    await signIn();
    expect(wx.sockets.liveUrls.filter((each) => !isLinkOfIm(each) || each === url)).toEqual([
      url,
      STOCK_SOCKET,
    ]);
    expect(wx.sockets.liveUrls).toHaveLength(3);
    early?.close({});
    await host.waitFor(() => wx.sockets.connects.some((each) => each.endsWith('third')), {
      what: 'the third socket of the shop',
    });
  });
});

describe('language and theme', () => {
  it('are those that the host sets at the start and later, and the system’s after null', async () => {
    const { host, im } = await stage.relaunch({ start: { language: 'en', theme: 'dark' } });
    await signIn();
    const chat = await im;
    await chat.open({ page: 'conversations' });
    await host.waitForPage(LIST);
    await host.waitForNode({ className: 'im-tab', text: 'Contacts' });
    await host.waitForNode({ className: 'theme-dark' });
    chat.setLanguage('zh-TW');
    chat.setTheme('light');
    await host.waitForNode({ className: 'im-tab', text: '通訊錄' });
    await host.waitForNode({ className: 'theme-light' });
    chat.setLanguage(null);
    chat.setTheme(null);
    await host.waitForNode({ className: 'im-tab', text: '通讯录' });
    expect(host.page.has({ className: 'theme-light' })).toBe(false);
  });
});

describe('the host opens', () => {
  it.each([
    ['a team', 'team', TEAM],
    ['a super team', 'superTeam', SUPER_TEAM],
  ] as const)('%s', async (_, kind, teamId) => {
    const { emulator, phone } = stage;
    emulator.world.teams.createTeam({
      kind,
      teamId,
      name: '项目组',
      owner: 'anna',
      members: ['ben'],
    });
    await signIn();
    await (await phone.im).open({ team: teamId, isSuper: kind === 'superTeam' });
    await phone.host.waitForPage(CHAT);
    await phone.host.waitFor(() => /^项目组/.test(phone.host.title), { what: 'the title' });
    const ben = await otherSide();
    (await phone.host.waitForNode({ tag: 'textarea' })).input('大家好');
    (await phone.host.waitForNode({ className: 'composer-send' })).tap();
    await phone.host.waitFor(() => ben.received.some(({ text }) => text === '大家好'), {
      what: 'the message at the other side',
    });
  });

  it('a call to an account, the page of a call that runs, and no page for nobody', async () => {
    const { host, im } = stage.phone;
    const chat = await im;
    expect((await rejectionOf(chat.open({ call: 'ben' }))).code).toBe(600107);
    expect(routes()).toEqual([HOME]);
    await signIn();
    const ben = await caller();
    await chat.open({ call: 'ben', type: 'video' });
    await host.waitForPage(CALL);
    await host.waitFor(() => ben.account.call.incoming?.peerId === 'anna', { what: 'the ringing' });
    expect(ben.account.call.devices.type).toBe('video');
    ben.account.call.accept();
    await host.waitForNode({ className: 'talk-timer' });
    host.back();
    await host.waitForPage(ACCOUNT);
    await chat.open({ call: 'current' });
    await host.waitForPage(CALL);
    (await button('挂断')).tap();
    await host.waitForPage(ACCOUNT);
    expect(routes()).toEqual([ACCOUNT]);
  });

  it('a room for a guest without a sign-in', async () => {
    const { host, im } = stage.phone;
    await (await im).open({ room: '9001', asGuest: true });
    await host.waitForPage(ROOM);
    await host.waitForNode({ className: 'head' });
    host.back();
    await host.waitForPage(HOME);
  });

  it('nothing over ten pages of its own, and is told why', async () => {
    const { emulator, phone } = stage;
    const { host, wx } = phone;
    const im = await phone.im;
    await signIn();
    const ben = await otherSide();
    for (let pages = 1; pages < 10; pages++) wx.wx.navigateTo({ url: `/${ITEM}` });
    await host.waitFor(() => host.stack.length === 10, { what: 'a full stack' });
    const full = routes();
    const error = await rejectionOf(im.open({ page: 'conversations' }));
    expect(error.message).toMatch(/did not open .*10 pages are open$/);
    expect(wx.ui.toast?.title).toBeTruthy();
    // The user could not end a call without a page: it ends, with its record in the chat.
    await rejectionOf(im.open({ call: 'ben' }));
    await host.waitFor(() => ben.received.length === 1, { what: 'the record of the call' });
    await host.waitFor(() => emulator.world.signalling.channels().length === 0, {
      what: 'the end of the channel',
    });
    expect(routes()).toEqual(full);
    host.back();
    await host.waitFor(() => host.stack.length === 9, { what: 'nine pages' });
    await im.open({ page: 'conversations' });
    await host.waitForPage(LIST);
    // The tenth page is the chat's: it gives its place to the next.
    await im.open({ page: 'contacts' });
    await host.waitForPage(CONTACTS);
    expect(routes()).toEqual([...full.slice(0, 9), CONTACTS]);
  });
});

describe('events', () => {
  it('tell of a call that rings and of its end, and the host rejects it', async () => {
    const { host, im } = stage.phone;
    await signIn();
    const chat = await im;
    const calls: (ImIncomingCall | null)[] = [];
    const stop = chat.onIncomingCall((call) => calls.push(call));
    const ben = await caller();
    ben.account.call.start('anna', 'video');
    // The first call of an account may ring before its name is known.
    const ringing = { accountId: 'ben', name: '本', type: 'video' };
    await host.waitFor(() => calls.at(-1)?.name === '本', { what: 'the call with its name' });
    expect(calls.at(-1)).toEqual(ringing);
    expect(calls[0]).toBeNull();
    chat.rejectCall();
    await host.waitFor(() => ben.account.call.active === null, { what: 'the rejection' });
    expect(ben.account.call.state).toMatchObject({ cause: 'rejected' });
    expect(calls.at(-1)).toBeNull();
    const told = calls.length;
    stop();
    ben.account.call.dismiss();
    ben.account.call.start('anna', 'audio');
    host.tapTab('Shop');
    await host.waitForNode({ className: 'call', text: /^本 calls/ });
    await stage.phone.tap('reject');
    await host.waitFor(() => ben.account.call.active === null, { what: 'the second rejection' });
    expect(calls).toHaveLength(told);
  });

  it('tell of a message with what opens its conversation', async () => {
    const { emulator, phone } = stage;
    emulator.world.teams.createTeam({
      teamId: TEAM,
      name: '项目组',
      owner: 'anna',
      members: ['ben'],
    });
    await signIn();
    const im = await phone.im;
    const notices: ImNotice[] = [];
    const counts: number[] = [];
    im.onNotice((notice) => notices.push(notice));
    const stop = im.onUnread((count) => counts.push(count));
    emulator.world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会了' });
    await phone.host.waitFor(() => notices.length === 1, { what: 'the notice' });
    expect(notices).toEqual([
      { target: { team: TEAM, isSuper: false }, title: '项目组', text: '本: 开会了' },
    ]);
    await phone.host.waitFor(() => counts.length === 2, { what: 'the count' });
    expect(counts).toEqual([0, 1]);
    stop();
    await im.open(notices[0]?.target ?? { page: 'me' });
    await phone.host.waitForPage(CHAT);
    await phone.host.waitForNode({ className: 'bubble', text: '开会了' });
    expect(im.unreadCount).toBe(0);
    expect(counts).toEqual([0, 1]);
  });
});

describe('leave', () => {
  /** No timer of the chat, and no socket but the shop's. */
  async function expectNothingLeft(): Promise<void> {
    const { host, wx } = stage.phone;
    await host.waitFor(() => host.pendingTimers === 0, { what: 'no timer' });
    await host.waitFor(() => wx.sockets.live === 1, { what: "the shop's socket alone" });
    expect(wx.sockets.liveUrls).toEqual([STOCK_SOCKET]);
  }

  it('ends a chat and a room that are open; the pages say so, and go on after the next start', async () => {
    const { host, im } = await stage.relaunch({ start: { language: 'en', theme: 'dark' } });
    await signIn();
    const chat = await im;
    await chat.open({ room: '9001' });
    await host.waitForNode({ className: 'head' });
    await chat.open({ person: 'ben' });
    (await host.waitForNode({ tag: 'textarea' })).input('你好');
    (await host.waitForNode({ className: 'composer-send' })).tap();
    await host.waitForNode({ className: 'bubble', text: '你好' });
    expect(routes()).toEqual([ACCOUNT, ROOM, CHAT]);
    await chat.leave();
    expect(chat.isStarted).toBe(false);
    expect(chat.session.status).toBe('signedOut');
    await host.waitForNode({ text: 'Chat is not running' });
    await host.waitForNode({ className: 'theme-dark' });
    await expectNothingLeft();
    stage.phone.tellStock('7');
    await chat.leave();
    chat.start({ language: 'en' });
    await host.waitForNode({ text: 'Not signed in' });
    host.back();
    await host.waitForPage(ROOM);
    // A room is open to guests.
    await host.waitForNode({ className: 'closed-action', text: 'Sign in' });
    await chat.leave();
    await expectNothingLeft();
    host.back();
    await host.waitForPage(ACCOUNT);
  });

  it('ends a call that is on the screen', async () => {
    const { host, im } = stage.phone;
    await signIn();
    const chat = await im;
    const ben = await caller();
    await chat.open({ call: 'ben' });
    await host.waitFor(() => ben.account.call.incoming, { what: 'the ringing' });
    ben.account.call.accept();
    await host.waitForNode({ className: 'talk-timer' });
    await chat.leave();
    await host.waitFor(() => ben.account.call.active === null, { what: 'the end at Ben' });
    await host.waitForNode({ text: '聊天未启动' });
    expect(routes()).toEqual([ACCOUNT, CALL]);
    await expectNothingLeft();
  });

  it('rejects a sign-in that has not ended', async () => {
    const { host, im } = stage.phone;
    host.tapTab('Account');
    await host.waitForPage(ACCOUNT);
    const chat = await im;
    const rejection = rejectionOf(chat.signIn({ accountId: 'anna', token: 'token-anna' }));
    await chat.leave();
    expect((await rejection).code).toBe(191002);
    await expectNothingLeft();
    expect(chat.session).toEqual({ status: 'signedOut', accountId: null, code: 0 });
  });
});
