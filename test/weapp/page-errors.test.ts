import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../../scripts/lib/build';
import { type Emulator, startEmulator } from '../../emulator';
import { launchPhone, type Phone } from './phone';

const LIST = 'pages/conversations/index';

/** Class name of an element of each page; the planted fault throws while the element renders. */
const PAGES = {
  login: 'login-mark',
  conversations: 'conv-face',
  me: 'profile-text',
  contacts: 'search-field',
  chat: 'chat-top',
  call: 'talk-peer',
  rooms: 'enter-as-text ellipsis',
  room: 'room-body',
} as const;
type PageName = keyof typeof PAGES;

let emulator: Emulator;
let planted = '';
const phones: Phone[] = [];

jest.setTimeout(60_000);

beforeAll(async () => {
  const { directory } = await build({ target: 'weapp' });
  planted = mkdtempSync(path.join(tmpdir(), 'planted-'));
  cpSync(directory, planted, { recursive: true });
  const found = new Set<string>();
  for (const file of readdirSync(planted, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const at = path.join(planted, file);
    const code = readFileSync(at, 'utf8');
    let changed = code;
    for (const [page, className] of Object.entries(PAGES)) {
      const quoted = JSON.stringify(className);
      if (changed.includes(`className:${quoted}`)) found.add(page);
      changed = changed
        .split(`className:${quoted}`)
        .join(`className:(wx.plantedThrow("${page}"),${quoted})`);
    }
    if (changed !== code) writeFileSync(at, changed);
  }
  expect([...found].sort()).toEqual(Object.keys(PAGES).sort());
}, 300_000);

afterAll(() => rmSync(planted, { recursive: true, force: true }));

beforeEach(async () => {
  emulator = await startEmulator({ port: 0, world: 'empty' });
  emulator.world.addAccount({ accountId: 'anna', name: '安娜', token: 'token-anna' });
  emulator.world.addAccount({ accountId: 'ben', name: '本', token: 'token-ben' });
  emulator.world.relations.befriend('anna', 'ben');
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  emulator.rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
});

afterEach(async () => {
  for (const phone of phones.splice(0)) {
    const errors = [...phone.host.errors];
    phone.host.close();
    expect(errors).toEqual([]);
  }
  await emulator.close();
});

/** Starts a phone on which these pages throw while rendering until the fault is removed. */
async function phoneWith(broken: Set<PageName>): Promise<Phone> {
  const plantedThrow = (page: PageName) => {
    if (broken.has(page)) throw new Error(`planted in ${page}`);
  };
  const phone = await launchPhone(planted, emulator, {}, (wx) => wx.install({ plantedThrow }));
  phones.push(phone);
  return phone;
}

async function signedIn(broken: Set<PageName>): Promise<Phone> {
  const phone = await phoneWith(broken);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  return phone;
}

/** Steps of the user from the list to each page. */
const WAYS: Readonly<Record<Exclude<PageName, 'login'>, (phone: Phone) => Promise<void>>> = {
  conversations: async () => undefined,
  me: async ({ host }) => host.tapTab('我'),
  contacts: async ({ host }) => host.tapTab('通讯录'),
  chat: openChat,
  call: async (phone) => {
    await openChat(phone);
    (await phone.moreItem('more-call')).tap();
    (
      await phone.host.waitFor(() => phone.wx.ui.actionSheet, {
        what: 'the choice of the call type',
      })
    ).select(1);
  },
  rooms: openRooms,
  room: async (phone) => {
    await openRooms(phone);
    (await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' }))
      .closest('room-item')
      ?.tap();
  },
};

async function openChat({ host }: Phone): Promise<void> {
  (await host.waitForNode({ className: 'conv-name', text: '本' })).closest('conv')?.tap();
}

async function openRooms({ host }: Phone): Promise<void> {
  host.tapTab('我');
  (await host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
}

describe('a page of the built package that throws while it renders', () => {
  it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
    '%s: shows an error, and renders again after "reload"',
    async (name) => {
      const broken = new Set<PageName>();
      const phone = await signedIn(broken);
      if (name === 'conversations') phone.host.tapTab('我');
      broken.add(name);
      if (name === 'conversations') {
        // A new row makes the list render again.
        emulator.world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
        emulator.world.sendMessage({ from: 'chen', to: 'anna', text: '你好' });
        phone.host.tapTab('消息');
      }
      await WAYS[name](phone);
      await phone.host.waitForNode({ className: 'empty-title', text: '页面出错了' });
      // A second failure shows the error page too.
      await phone.press('重新加载');
      await phone.host.waitForNode({ className: 'empty-title', text: '页面出错了' });
      broken.clear();
      await phone.press('重新加载');
      await phone.host.waitFor(
        () => phone.host.page.has({ className: PAGES[name].split(' ')[0] ?? '' }),
        { what: `the page ${name}` },
      );
      expect(phone.host.page.has({ className: 'empty-title', text: '页面出错了' })).toBe(false);
    },
  );

  it('login: shows an error, and renders again, before a user is signed in', async () => {
    const broken = new Set<PageName>(['login']);
    const phone = await phoneWith(broken);
    await phone.host.waitForNode({ className: 'empty-title', text: '页面出错了' });
    broken.clear();
    await phone.press('重新加载');
    await phone.host.waitForNode({ className: 'login-mark' });
  });

  it('does not affect the other pages, and copies the details for the developer', async () => {
    const broken = new Set<PageName>(['chat']);
    const phone = await signedIn(broken);
    await openChat(phone);
    await phone.host.waitForNode({ className: 'empty-title', text: '页面出错了' });
    await phone.press('复制详情');
    await phone.host.waitFor(() => phone.wx.ui.clipboard.includes('planted in chat'), {
      what: 'the details on the clipboard',
    });
    expect(phone.wx.ui.clipboard).toContain('packages/chat/index');
    await phone.press('连接检查');
    await phone.host.waitForPage('packages/diagnostics/inspector/index');
    await phone.host.waitForNode({ text: /packages\/chat\/index Error: planted in chat/ });
    phone.host.back();
    phone.host.back();
    await phone.host.waitForPage(LIST);
    await phone.host.waitForNode({ className: 'conv-name', text: '本' });
  });
});

describe('an old base library', () => {
  it('shows the pages without getWindowInfo and getAppBaseInfo', async () => {
    const phone = await launchPhone(planted, emulator, {}, (wx) =>
      wx.install({
        plantedThrow: () => undefined,
        getWindowInfo: undefined,
        getAppBaseInfo: undefined,
      }),
    );
    phones.push(phone);
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForNode({ className: 'conv-name', text: '本' });
    await openChat(phone);
    (await phone.bubble('在吗')).longPress();
    await phone.host.waitForNode({ text: '复制' });
  });
});

describe('a link to a page that does not exist', () => {
  it.each(['%E0%A4%A', '', 'nonsense', 'anna%7C1%7C'])(
    'to the chat "%s": explains the error, and leads to the list',
    async (conversationId) => {
      const phone = await signedIn(new Set());
      phone.wx.wx.navigateTo({ url: `/packages/chat/index?conversationId=${conversationId}` });
      await phone.host.waitForNode({ className: 'empty-title', text: '打不开这个会话' });
      await phone.press('返回');
      await phone.host.waitForPage(LIST);
    },
  );

  it.each([
    '/packages/team/settings/index?type=1',
    '/packages/team/code/index?team=%E0%A4%A&type=2',
    '/packages/search/chat/index?words=x',
  ])('%s: explains the error instead of loading without end', async (url) => {
    const phone = await signedIn(new Set());
    phone.wx.wx.navigateTo({ url });
    await phone.host.waitForNode({ className: 'empty-title' });
  });

  it('to a room: explains that the room cannot be entered', async () => {
    const phone = await signedIn(new Set());
    phone.wx.wx.navigateTo({ url: '/packages/chatroom/room/index?roomId=%E0%A4%A' });
    await phone.host.waitForPage('packages/chatroom/room/index');
    await phone.host.waitForNode({ className: 'exit-title' });
  });

  it.each(['people', 'about'])(
    'to the %s of a room: says that the user is not inside',
    async (page) => {
      const phone = await signedIn(new Set());
      phone.wx.wx.navigateTo({
        url: `/packages/chatroom/${page}/index?roomId=%E0%A4%A&accountId=%`,
      });
      await phone.host.waitForPage(`packages/chatroom/${page}/index`);
      await phone.host.waitForNode({ className: 'empty-title' });
    },
  );

  it('to the call page without a call: says that there is no call, and closes the page', async () => {
    const phone = await signedIn(new Set());
    phone.wx.wx.navigateTo({ url: '/packages/call/index' });
    await phone.host.waitForNode({ className: 'talk-note', text: '当前没有通话' });
    phone.host.elapse(2000);
    await phone.host.waitForPage(LIST);
  });
});
