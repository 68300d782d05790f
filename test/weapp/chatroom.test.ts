import { BareRoom } from '../harness';
import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const LIST = 'packages/chatroom/list/index';
const ROOM = 'packages/chatroom/room/index';
const CONVERSATIONS = 'pages/conversations/index';
const ROOM_ID = '9000';
/** A picture of a single white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const stage = useWeapp();
let others: BareRoom[] = [];

beforeEach(() => {
  const { world, rooms } = stage.emulator;
  for (const accountId of ['chen', 'dora'])
    world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  rooms.addRoom({
    roomId: ROOM_ID,
    roomName: '音乐厅',
    announcement: '请勿刷屏',
    creatorAccountId: 'ben',
  });
  rooms.addRoom({ roomId: '9001', roomName: '读书会', creatorAccountId: 'ben' });
});

afterEach(async () => {
  await Promise.all(others.map((other) => other.dispose()));
  others = [];
});

/** Enters the room with the bare chatroom SDK. */
async function other(accountId: string): Promise<BareRoom> {
  const bare = new BareRoom(stage.emulator);
  others.push(bare);
  await bare.enter({ roomId: ROOM_ID, accountId, token: `token-${accountId}` });
  return bare;
}

async function signedIn(way: '账号密码' | '动态令牌' | '第三方' = '账号密码'): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn(way, 'anna', way === '账号密码' ? 'token-anna' : undefined);
  await phone.host.waitForPage(CONVERSATIONS);
  return phone;
}

async function openList(phone: Phone): Promise<void> {
  phone.host.tapTab('我');
  (await phone.host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
  await phone.host.waitForPage(LIST);
}

async function openRoom(phone: Phone, name = '音乐厅'): Promise<void> {
  (await phone.host.waitForNode({ className: 'room-name', text: name }))
    .closest('room-item')
    ?.tap();
  await phone.host.waitForPage(ROOM);
  await phone.host.waitForNode({ className: 'head' });
}

/** Signs in and enters the room. */
async function visiting(way?: '账号密码' | '动态令牌' | '第三方'): Promise<Phone> {
  const phone = await signedIn(way);
  await openList(phone);
  await openRoom(phone);
  await phone.host.waitForNode({ tag: 'textarea' });
  return phone;
}

/** Returns the rows of the window in the order of their layout. */
function rows(phone: Phone, className: string): NodeHandle[] {
  const containers = phone.host.page.find({ className: 'segments' }).children();
  const order = (node: NodeHandle) =>
    Number(/order:\s*(-?\d+)/.exec(String(node.attr('style')))?.[1]);
  return [...containers]
    .sort((a, b) => order(a) - order(b))
    .flatMap((container) => container.findAll({ className }));
}

const bubbles = (phone: Phone) => rows(phone, 'bubble').map(({ text }) => text);

describe('the list of rooms in the built package', () => {
  it('shows rooms, searches for a room, and remembers visited rooms', async () => {
    stage.emulator.rooms.sendAs(ROOM_ID, 'ben', '你好');
    const phone = await signedIn();
    await openList(phone);
    const names = () => phone.host.page.findAll({ className: 'room-name' }).map(({ text }) => text);
    await phone.host.waitFor(() => names().length === 2, { what: 'two rooms' });
    phone.host.page.find({ tag: 'input' }).input('读书');
    await phone.host.waitFor(() => names().join() === '读书会', { what: 'the search result' });
    phone.host.page.find({ tag: 'input' }).input('没有这个');
    await phone.host.waitForNode({ text: '没有找到“没有这个”' });
    phone.host.page.find({ tag: 'input' }).input('');
    await phone.host.waitFor(() => names().length === 2, { what: 'both rooms again' });
    await openRoom(phone);
    expect(phone.host.title).toBe('音乐厅');
    phone.host.back();
    await phone.host.waitForNode({ className: 'recent-name', text: '音乐厅' });
  });

  it('shows an error when the app server does not answer, and tries again', async () => {
    let broken = true;
    const { host: emulator } = new URL(stage.emulator.url);
    const phone = await stage.phone({
      resolve: (url) =>
        url.replace('127.0.0.1:7600', broken && url.includes('/rooms') ? '127.0.0.1:1' : emulator),
    });
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(CONVERSATIONS);
    await openList(phone);
    await phone.host.waitForNode({ text: '聊天室没有加载出来' });
    broken = false;
    await phone.press('重试');
    await phone.host.waitForNode({ className: 'room-name', text: '读书会' });
  });
});

describe('entering in the built package', () => {
  it.each(['账号密码', '动态令牌', '第三方'] as const)(
    'enters the room with the sign-in method of IM: %s',
    async (way) => {
      const phone = await visiting(way);
      const ben = await other('ben');
      await phone.send('我来了');
      await phone.host.waitFor(() => ben.received.some(({ text }) => text === '我来了'), {
        what: 'the text at ben',
      });
      const authType = { 账号密码: 0, 动态令牌: 1, 第三方: 2 }[way];
      expect(stage.emulator.log.enters).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ accountId: 'anna', authType, code: 200 }),
        ]),
      );
    },
  );

  it('lets a guest without an account only read', async () => {
    const phone = await stage.phone();
    await phone.host.waitForPage('pages/login/index');
    await phone.press('游客进入聊天室');
    await phone.host.waitForPage(LIST);
    await openRoom(phone);
    await phone.host.waitForNode({ text: '游客只能浏览，登录后可以发言' });
    const ben = await other('ben');
    await ben.send('欢迎');
    await phone.host.waitForNode({ className: 'bubble', text: '欢迎' });
    expect(phone.host.page.has({ tag: 'textarea' })).toBe(false);
  });

  it('enters as a guest by choice, although signed in', async () => {
    const phone = await signedIn();
    await openList(phone);
    (await phone.host.waitForNode({ className: 'enter-as' })).tap();
    (await phone.host.waitFor(() => phone.wx.ui.actionSheet)).select('游客（只能浏览）');
    await phone.host.waitForNode({ text: '以游客身份进入，只能浏览' });
    await openRoom(phone);
    await phone.host.waitForNode({ text: '游客只能浏览，登录后可以发言' });
  });

  it('tells a guest at once that the room allows no guests, and leads to the sign-in', async () => {
    stage.emulator.rooms.room(ROOM_ID).anonymousAllowed = false;
    const phone = await stage.phone();
    await phone.host.waitForPage('pages/login/index');
    await phone.press('游客进入聊天室');
    const row = await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' });
    row.closest('room-item')?.tap();
    await phone.host.waitForNode({ className: 'exit-text', text: '游客不能进行此操作' });
    await phone.press('去登录');
    await phone.host.waitForPage('pages/login/index');
  });

  it('can be cancelled, and leaves no socket open', async () => {
    stage.emulator.faults.add({ kind: 'command', command: '13_2', drop: 'reply' });
    const phone = await signedIn();
    await openList(phone);
    (await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' }))
      .closest('room-item')
      ?.tap();
    await phone.host.waitForPage(ROOM);
    await phone.press('取消');
    await phone.host.waitForPage(LIST);
    await phone.host.waitFor(() => phone.wx.sockets.live === 1, {
      what: 'the IM link to be the only socket',
    });
  });
});

describe('in a room of the built package', () => {
  it('shows messages of three others in the order of the server', async () => {
    const phone = await visiting();
    const three = await Promise.all(['ben', 'chen', 'dora'].map(other));
    for (let round = 0; round < 3; round++) {
      await phone.send(`anna ${round}`);
      await phone.host.waitFor(() => phone.host.page.find({ tag: 'textarea' }).value === '', {
        what: 'an empty composer',
      });
      for (const one of three) await one.send(`${one.accountId} ${round}`);
    }
    await phone.host.waitFor(() => bubbles(phone).length === 12, { what: 'twelve bubbles' });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'spinner' }), {
      what: 'all texts to be sent',
    });
    const said = stage.emulator.rooms
      .messages(ROOM_ID)
      .map(({ wire }) => wire[13])
      .filter(Boolean);
    expect(bubbles(phone)).toEqual(said);
    await phone.host.waitForNode({ className: 'head-online', text: '4' });
  });

  it('sends a picture, a gift and likes', async () => {
    const phone = await visiting();
    const ben = await other('ben');
    phone.wx.media.willPick({ bytes: Buffer.from(PIXEL, 'base64'), extension: 'png' });
    (await phone.moreItem('more-album')).tap();
    await phone.host.waitForNode({ className: 'picture' });
    phone.host.page.find({ className: 'tool-gift' }).tap();
    (await phone.host.waitForNode({ text: '玫瑰' })).closest('gift-choice')?.tap();
    await phone.host.waitForNode({ className: 'gift', text: '🌹 送出 玫瑰 ×1' });
    phone.host.page.find({ className: 'like' }).tap();
    await phone.host.waitForNode({ className: 'like-count', text: '1' });
    await phone.host.waitFor(() => ben.received.length === 3, { what: 'three messages at ben' });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'picture-progress' }), {
      what: 'the end of the upload',
    });
    phone.host.page.find({ className: 'picture' }).tap();
    await phone.host.waitForPage('packages/media/viewer/index');
    (await phone.host.waitForNode({ className: 'view-action', text: '放大' })).tap();
    await phone.host.waitFor(() => phone.wx.ui.previews.length === 1, { what: 'the zoom' });
  });

  it('pages up through the history, each message once and in order', async () => {
    for (let i = 0; i < 120; i++) stage.emulator.rooms.sendAs(ROOM_ID, 'ben', `m${i}`);
    const phone = await visiting();
    await phone.host.waitForNode({ className: 'bubble', text: 'm119' });
    for (let page = 0; page < 20 && bubbles(phone)[0] !== 'm0'; page++) {
      const [oldest] = bubbles(phone);
      phone.host.page.find({ id: 'room-messages' }).scrollToUpper();
      await phone.host.waitFor(() => bubbles(phone)[0] !== oldest, {
        what: `rows before ${oldest}`,
      });
    }
    expect(bubbles(phone)).toEqual(Array.from({ length: 120 }, (_, i) => `m${i}`));
  });

  it('closes the composer for a muted member, with the time left, and opens it again', async () => {
    const phone = await visiting();
    const { rooms } = stage.emulator;
    rooms.tempBan(ROOM_ID, 'anna', 65);
    await phone.host.waitForNode({ text: '你已被禁言，1:05 后可以发言' });
    expect(phone.host.page.has({ tag: 'textarea' })).toBe(false);
    await phone.host.waitForNode({ text: '你已被禁言，1:03 后可以发言' });
    rooms.tempBan(ROOM_ID, 'anna', 0);
    await phone.host.waitForNode({ tag: 'textarea' });
    rooms.ban(ROOM_ID, 'anna');
    await phone.host.waitForNode({ text: '你已被禁言' });
    rooms.unban(ROOM_ID, 'anna');
    await phone.host.waitForNode({ tag: 'textarea' });
    rooms.setChatBanned(ROOM_ID, true);
    await phone.host.waitForNode({ text: '全员禁言中，只有房主和管理员可以发言' });
  });

  it('takes and leaves a mic seat; a manager removes a member from a seat', async () => {
    const phone = await visiting();
    const ben = await other('ben');
    (await phone.host.waitForNode({ text: '上麦' })).closest('seat-take')?.tap();
    await phone.host.waitForNode({ className: 'seat' });
    const queue = () => ben.client.V2NIMChatroomQueueService.queueList();
    expect(await queue()).toEqual([{ key: 'anna', value: '安娜' }]);
    (await phone.host.waitForNode({ text: '下麦' })).closest('seat-leave')?.tap();
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'seat' }), {
      what: 'the seat to be free',
    });
    expect(await queue()).toEqual([{ key: 'anna', value: '-' }]);
    await ben.client.V2NIMChatroomQueueService.queueOffer({
      elementKey: 'ben',
      elementValue: '本',
    });
    stage.emulator.rooms.setRole(ROOM_ID, 'anna', 'manager');
    (await phone.host.waitForNode({ className: 'seat' })).tap();
    await phone.host.waitFor(() => phone.wx.ui.actionSheet ?? phone.wx.ui.toast, {
      what: 'the action sheet or a toast',
    });
    phone.wx.ui.actionSheet?.select(0);
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'seat' }), {
      what: 'ben to be removed',
    });
    expect((await queue()).map(({ key }) => key)).toEqual(['anna']);
  });

  it('shows the remover and the reason, and offers to go back or to enter again', async () => {
    const phone = await visiting();
    stage.emulator.rooms.kick(ROOM_ID, 'anna', { reason: 2, extension: '刷屏' });
    await phone.host.waitForNode({ className: 'exit-text', text: '你已被管理员移出聊天室' });
    await phone.host.waitForNode({ className: 'exit-text', text: '附言：刷屏' });
    await phone.press('重新进入');
    await phone.host.waitForNode({ tag: 'textarea' });
    expect(phone.host.page.has({ className: 'exit' })).toBe(false);
    stage.emulator.rooms.closeRoom(ROOM_ID);
    await phone.host.waitForNode({ className: 'exit-text', text: '聊天室已关闭' });
    expect(phone.host.page.has({ text: '重新进入' })).toBe(false);
    await phone.press('返回列表');
    await phone.host.waitForPage(LIST);
  });

  it('shows the message of a refused action', async () => {
    const phone = await signedIn();
    await openList(phone);
    const row = await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' });
    stage.emulator.rooms.block(ROOM_ID, 'anna');
    row.closest('room-item')?.tap();
    await phone.host.waitForPage(ROOM);
    await phone.host.waitForNode({ className: 'exit-text', text: '你已被加入该聊天室黑名单' });
  });

  it('shows that the link is lost, reconnects, and shows the missed messages', async () => {
    const phone = await visiting();
    const ben = await other('ben');
    stage.emulator.faults.cut({ accountId: 'anna', service: 'chatroom' });
    await phone.host.waitForNode({ className: 'banner-text', text: '聊天室连接已断开，正在重连…' });
    await ben.send('断线时说的');
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'banner' }), {
      what: 'the banner to disappear',
    });
    await phone.host.waitForNode({ className: 'bubble', text: '断线时说的' });
    expect(bubbles(phone)).toEqual(['断线时说的']);
  });

  it('leaves the room when its page closes', async () => {
    const phone = await visiting();
    expect(stage.emulator.rooms.clients(ROOM_ID)).toHaveLength(1);
    phone.host.back();
    await phone.host.waitForPage(LIST);
    await phone.host.waitFor(() => phone.wx.sockets.live === 1, {
      what: 'the IM link to be the only socket',
    });
    expect(stage.emulator.rooms.clients(ROOM_ID)).toHaveLength(0);
  });
});

describe('the live video in the built package', () => {
  const LIVE = 'https://live.example.com/9000.m3u8';
  const card = (phone: Phone, note: string) =>
    phone.host.waitForNode({ className: 'live-note', text: note });
  const state = (phone: Phone, text: string) =>
    phone.host.waitForNode({ className: 'live-state', text });
  const hasVideo = (phone: Phone) => phone.host.page.has({ tag: 'video' });

  /** Taps the card, and returns the video when it plays. */
  async function play(phone: Phone): Promise<NodeHandle> {
    (await phone.host.waitForNode({ className: 'live-card' })).tap();
    const video = await phone.host.waitForNode({ tag: 'video' });
    video.event('play');
    await state(phone, '播放中');
    return video;
  }

  it('plays after a tap, tries again after a failure, and ends with the visit', async () => {
    stage.emulator.rooms.update(ROOM_ID, { liveUrl: LIVE });
    const phone = await visiting();
    const { host } = phone;
    await card(phone, '轻点播放');
    expect(hasVideo(phone)).toBe(false);
    host.page.find({ className: 'live-card' }).tap();
    const video = await host.waitForNode({ tag: 'video' });
    await state(phone, '加载中…');
    expect([video.attr('src'), video.attr('autoplay'), video.attr('controls')]).toEqual([
      LIVE,
      true,
      true,
    ]);
    video.event('error', { errMsg: 'MEDIA_ERR_NETWORK' });
    await host.waitForNode({ className: 'live-fault-text', text: '直播没有加载出来' });
    expect(hasVideo(phone)).toBe(false);
    await phone.press('复制地址');
    await host.waitFor(() => phone.wx.ui.clipboard === LIVE, { what: 'the address to be copied' });
    await phone.press('重试');
    const again = await host.waitForNode({ tag: 'video' });
    again.event('play');
    await state(phone, '播放中');
    again.event('pause');
    await state(phone, '已暂停');
    again.event('ended');
    await card(phone, '播放结束，轻点重新播放');

    await play(phone);
    host.page.find({ className: 'live-collapse' }).tap();
    await card(phone, '轻点播放');
    expect(hasVideo(phone)).toBe(false);

    await play(phone);
    stage.emulator.faults.cut({ accountId: 'anna', service: 'chatroom' });
    await host.waitForNode({ className: 'banner-text', text: '聊天室连接已断开，正在重连…' });
    await host.waitFor(() => !host.page.has({ className: 'banner' }), { what: 'the new link' });
    expect(hasVideo(phone)).toBe(true);
    stage.emulator.rooms.kick(ROOM_ID, 'anna', { reason: 2 });
    await host.waitForNode({ className: 'exit' });
    await host.waitFor(() => !hasVideo(phone), { what: 'the video to end' });

    await phone.press('重新进入');
    await host.waitForNode({ tag: 'textarea' });
    await play(phone);
    host.back();
    await host.waitForPage(LIST);
    await openRoom(phone);
    await card(phone, '轻点播放');
    expect(hasVideo(phone)).toBe(false);
  });

  it('stops for a voice message and for another page, and stops a voice message', async () => {
    stage.emulator.rooms.update(ROOM_ID, { liveUrl: LIVE });
    stage.emulator.rooms.sendAs(ROOM_ID, 'ben', {
      messageType: 2,
      attachment: JSON.stringify({ url: 'https://sounds.example/a.mp3', dur: 4000, ext: 'mp3' }),
    });
    const phone = await visiting();
    const { host, wx } = phone;
    await play(phone);
    (await host.waitForNode({ className: 'vo' })).tap();
    await card(phone, '已停止，轻点继续播放');
    await host.waitFor(() => wx.audio.playing.length === 1, { what: 'the voice message' });
    await play(phone);
    await host.waitFor(() => wx.audio.playing.length === 0, { what: 'the end of the voice' });
    host.page.find({ className: 'head-about' }).tap();
    await host.waitForPage('packages/chatroom/about/index');
    host.back();
    await host.waitForPage(ROOM);
    await card(phone, '已停止，轻点继续播放');
    expect(hasVideo(phone)).toBe(false);
  });

  it('stops for a call, which a tap on the card does not interrupt', async () => {
    stage.emulator.rooms.update(ROOM_ID, { liveUrl: LIVE });
    const phone = await visiting();
    await play(phone);
    const ben = await stage.phone();
    await ben.signIn('账号密码', 'ben', 'token-ben');
    stage.emulator.world.sendMessage({ from: 'anna', to: 'ben', text: '在吗' });
    await ben.openChat('安娜');
    (await ben.moreItem('more-call')).tap();
    (await ben.host.waitFor(() => ben.wx.ui.actionSheet, { what: 'the types of call' })).select(1);
    await card(phone, '已停止，轻点继续播放');
    phone.host.page.find({ className: 'live-card' }).tap();
    await phone.host.waitFor(() => phone.wx.ui.toast?.title === '通话中不能播放直播', {
      what: 'the notice',
    });
    expect(hasVideo(phone)).toBe(false);
  });

  it.each(['rtmp://live.example.com/app/9000', 'http://live.example.com/9000.m3u8'])(
    'only copies an address that it cannot play: %s',
    async (liveUrl) => {
      stage.emulator.rooms.update(ROOM_ID, { liveUrl });
      const phone = await visiting();
      await card(phone, liveUrl);
      phone.host.page.find({ className: 'live-card' }).tap();
      await phone.host.waitFor(() => phone.wx.ui.clipboard === liveUrl, {
        what: 'the address to be copied',
      });
      expect(hasVideo(phone)).toBe(false);
    },
  );
});

describe('a flood in the built package', () => {
  it('costs ten small setData a second, counts every message, and shows an own message at once', async () => {
    const phone = await visiting();
    const { host } = phone;
    host.page.find({ tag: 'textarea' }).focus();
    await host.waitFor(() => host.page.find({ tag: 'textarea' }).attr('focus') === true, {
      what: 'the keyboard',
    });
    host.setData.keepJson = true;
    host.setData.reset();
    const countedFrom = performance.now();
    const flood = stage.emulator.rooms.floodRoom({
      roomId: ROOM_ID,
      perSecond: 300,
      seconds: 3,
      members: 50,
      seed: 7,
    });
    await host.waitFor(() => host.page.findAll({ className: 'bubble' }).length > 60, {
      what: 'the first messages of the flood',
    });
    host.page.find({ tag: 'textarea' }).input('我的话');
    const button = await host.waitForNode({ className: 'composer-send' });
    const tappedAt = performance.now() - countedFrom;
    button.tap();
    await flood.done;

    // The setData contain the shown rows; an own row that moves to its place sends its neighbours again.
    const sent = () => host.setData.snapshot().log;
    const matches = (pattern: RegExp) => sent().flatMap(({ json }) => [...json.matchAll(pattern)]);
    const shown = () => new Set(matches(/"b-(flood-\d+-\d+)"/g).map(([, id]) => id)).size;
    const skipped = () => {
      const lines = matches(/略过了 (\d+) 条消息.*?"b-(flood-\d+-\d+)"/g);
      const byRow = new Map(lines.map(([, count, id]) => [id, Number(count)]));
      return [...byRow.values()].reduce((sum, count) => sum + count, 0);
    };
    await host.waitFor(() => shown() + skipped() === flood.sent, {
      what: `all of ${flood.sent} to be shown or skipped`,
    });
    expect(skipped()).toBeGreaterThan(0);
    const mine = sent().find(({ json }) => json.includes('"v":"我的话"'));
    expect((mine?.atMs ?? Infinity) - tappedAt).toBeLessThan(200);
    const times = sent().map(({ atMs }) => atMs);
    const inOneSecond = times.map(
      (at) => times.filter((one) => one >= at && one < at + 1000).length,
    );
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(10);
    expect(Math.max(...sent().map(({ bytes }) => bytes))).toBeLessThan(20_000);
  });
});
