import { MemberRole } from '../../emulator';
import { BareRoom, waitFor } from '../harness';
import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const ROOM = '9000';
const PEOPLE = 'packages/chatroom/people/index';
const ABOUT = 'packages/chatroom/about/index';
/** A picture of a single white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const stage = useWeapp();
let others: BareRoom[] = [];
afterEach(async () => {
  for (const other of others) await other.dispose();
  others = [];
});

/** Creates Anna's room with permanent members. */
function openRoom(audience = 0): void {
  const { world, rooms } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  const viewers = Array.from({ length: audience }, (_, at) => ({
    accountId: `viewer${at + 1}`,
    nick: `观众${at + 1}`,
    role: MemberRole.virtual,
    level: 0,
    avatar: '',
    serverExtension: '',
    blocked: false,
    chatBanned: false,
    tempChatBannedUntil: 0,
    updateTime: 0,
    order: at + 2,
  }));
  rooms.addRoom({
    roomId: ROOM,
    roomName: '晚间直播',
    announcement: '请文明发言',
    creatorAccountId: 'anna',
    nextOrder: audience + 2,
    members: Object.fromEntries(viewers.map((viewer) => [viewer.accountId, viewer])),
  });
}

async function bare(accountId: string): Promise<BareRoom> {
  const room = new BareRoom(stage.emulator);
  others.push(room);
  await room.enter({ roomId: ROOM, accountId, token: `token-${accountId}`, roomNick: accountId });
  return room;
}

/** Signs in as the account and enters the room. */
async function visit(accountId: string): Promise<Phone> {
  const phone = await stage.phone();
  const { host } = phone;
  await phone.signIn('账号密码', accountId, `token-${accountId}`);
  await host.waitForPage('pages/conversations/index');
  host.tapTab('我');
  (await host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
  await host.waitForPage('packages/chatroom/list/index');
  (await host.waitForNode({ className: 'room-name', text: '晚间直播' }))
    .closest('room-item')
    ?.tap();
  await host.waitForNode({ className: 'head-online' });
  return phone;
}

async function openPeople(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'head-online' }).tap();
  await phone.host.waitForPage(PEOPLE);
  await phone.host.waitForNode({ className: 'member' });
}

async function openAbout(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'head-about' }).tap();
  await phone.host.waitForPage(ABOUT);
  await phone.host.waitForNode({ className: 'about-me' });
}

async function openCard(phone: Phone, name: string): Promise<void> {
  const row = await phone.host.waitForNode({ className: 'member-name', text: name });
  row.closest('member')?.tap();
  await phone.host.waitForNode({ className: 'card-name', text: name });
}

const names = ({ host }: Phone) =>
  host.page.findAll({ className: 'member-name' }).map(({ text }) => text);
const actions = ({ host }: Phone) =>
  host.page.findAll({ className: 'card-action' }).map(({ text }) => text);
/** Resolves with an action of the card once the previous action has finished. */
const action = ({ host }: Phone, text: string): Promise<NodeHandle> =>
  host.waitFor(
    () =>
      !host.page.has({ className: 'card-busy' }) &&
      host.page.maybe({ className: 'card-action', text }),
    { what: `the action ${text}` },
  );
const field = ({ host }: Phone, name: string): Promise<NodeHandle> =>
  host.waitForNode({ id: `field-${name}` });

/** Presses the button of the form and waits until the form closes. */
async function save(phone: Phone, text = '保存'): Promise<void> {
  await phone.press(text);
  await phone.host.waitFor(() => !phone.host.page.has({ className: 'form-head' }), {
    what: 'the form to be closed',
  });
}

describe('the members of a room', () => {
  it('are loaded page by page as the user scrolls', async () => {
    openRoom(250);
    const phone = await visit('anna');
    await openPeople(phone);
    const { host } = phone;
    const { log } = stage.emulator;
    await host.waitForNode({ className: 'people-count', text: '在线 251 人' });
    expect(names(phone)[0]).toBe('观众1');
    expect(log.requestsOf('36_37')).toBe(1);
    // The event matches that of a phone: a screen further down in the current layout.
    for (let rows = 24; !names(phone).includes('安娜'); rows += 8) {
      expect(rows).toBeLessThan(300);
      const before = names(phone).join();
      const list = host.page.find({ className: 'people-list' });
      list.scroll({ scrollTop: rows * 64 - 700, scrollHeight: rows * 64 });
      await host.waitFor(() => names(phone).join() !== before, { what: `rows after ${rows}` });
    }
    expect(log.requestsOf('36_37')).toBe(6);
    expect(names(phone).length).toBeLessThanOrEqual(48);
  });

  it('are found by nick or account, also on pages that are not loaded', async () => {
    openRoom(250);
    const phone = await visit('anna');
    await openPeople(phone);
    const { host } = phone;
    host.page.find({ placeholder: '搜索昵称或账号' }).input('观众12');
    await host.waitFor(() => names(phone).join() === '观众12', { what: 'the loaded member' });
    host.page.find({ placeholder: '搜索昵称或账号' }).input('viewer240');
    await host.waitFor(() => names(phone).join() === '观众240', {
      what: 'the member of the last page',
    });
    host.page.find({ placeholder: '搜索昵称或账号' }).input('nobody');
    (await host.waitForNode({ text: '查找账号：nobody' })).closest('people-exact')?.tap();
    await host.waitFor(() => phone.wx.ui.toast?.title === '没有找到账号“nobody”');
  });

  it('are listed by role and tag: managers, muted, blocked', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await chen.service.updateChatroomTags({ tags: ['vip'] });
    stage.emulator.rooms.ban(ROOM, 'chen');
    await openPeople(phone);
    const { host } = phone;
    const tab = (text: string) => host.page.find({ className: 'tabs-tab', text }).tap();
    tab('管理员');
    await host.waitFor(() => names(phone).join() === '安娜', { what: 'the owner' });
    tab('禁言');
    await host.waitFor(() => names(phone).join() === 'chen', { what: 'the muted members' });
    tab('黑名单');
    await host.waitForNode({ text: '黑名单是空的' });
    tab('标签');
    const tag = await host.waitForNode({ placeholder: '输入标签名' });
    tag.input('vip');
    tag.blur();
    await host.waitForNode({ className: 'people-count', text: '标签“vip”在线 1 人' });
    expect(names(phone)).toEqual(['chen']);
  });
});

describe('the card of a member', () => {
  it('mutes, permanently and for a time, and unmutes', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await openPeople(phone);
    await openCard(phone, 'chen');
    (await action(phone, '禁言')).tap();
    await waitFor(() => chen.seen('onSelfChatBannedUpdated').length === 1, { what: 'the mute' });
    await phone.host.waitForNode({ className: 'label-danger', text: '已禁言' });
    (await action(phone, '解除禁言')).tap();
    await waitFor(() => chen.seen('onSelfChatBannedUpdated').length === 2, { what: 'the end' });
    expect(chen.seen('onSelfChatBannedUpdated')).toEqual([[true], [false]]);

    (await action(phone, '临时禁言…')).tap();
    const sheet = await phone.host.waitFor(() => phone.wx.ui.actionSheet);
    expect(sheet.itemList).toEqual(['1 分钟', '10 分钟', '1 小时', '自定义…']);
    sheet.select('自定义…');
    const minutes = await field(phone, 'duration');
    minutes.input('0');
    await phone.press('确定');
    await phone.host.waitForNode({ className: 'form-problem', text: /1 到 43200/ });
    minutes.input('5');
    await save(phone, '确定');
    await waitFor(() => chen.seen('onSelfTempChatBannedUpdated').length > 0, { what: '5 minutes' });
    expect(chen.seen('onSelfTempChatBannedUpdated')[0]).toEqual([true, 300]);
    await phone.host.waitForNode({ text: /临时禁言，剩余 0[45]:\d\d/ });
    await action(phone, '解除临时禁言');
  });

  it('removes a member with a reason that the member sees', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await openPeople(phone);
    await openCard(phone, 'chen');
    (await action(phone, '移出聊天室')).tap();
    (await field(phone, 'notificationExtension')).input('刷屏');
    await phone.press('移出聊天室');
    await waitFor(() => chen.kicked, { what: 'the kick' });
    expect(chen.kicked).toMatchObject({ kickedReason: 2, serverExtension: '刷屏' });
    await phone.host.waitFor(() => names(phone).join() === '安娜', {
      what: 'the row to disappear',
    });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'sheet' }));
  });

  it('blocks after a confirmation; a blocked member cannot enter again', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await openPeople(phone);
    await openCard(phone, 'chen');
    (await action(phone, '加入黑名单')).tap();
    const modal = await phone.host.waitFor(() => phone.wx.ui.modal);
    expect(modal.title).toBe('将“chen”加入黑名单？');
    modal.confirm();
    await waitFor(() => chen.kicked, { what: 'the removal' });
    await expect(bare('chen')).rejects.toMatchObject({ code: 114426 });
  });

  it('makes managers, and puts people on mic seats', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await openPeople(phone);
    await openCard(phone, 'chen');
    (await action(phone, '抱上麦位')).tap();
    await waitFor(() => chen.seen('onChatroomQueueOffered').length === 1, { what: 'the seat' });
    expect(stage.emulator.rooms.queue(ROOM)).toMatchObject([
      { key: 'chen', value: 'chen', ownerAccountId: 'chen' },
    ]);
    (await action(phone, '抱下麦位')).tap();
    await action(phone, '抱上麦位');
    expect(stage.emulator.rooms.queue(ROOM)).toEqual([]);
    (await action(phone, '设为固定成员')).tap();
    await action(phone, '取消固定成员');
    (await action(phone, '设为管理员')).tap();
    await action(phone, '取消管理员');
    await waitFor(() => chen.seen('onChatroomMemberRoleUpdated').length === 2, { what: 'roles' });
  });

  it("offers no actions to a plain member, and shows a manager the server's refusal", async () => {
    openRoom();
    await bare('chen');
    const phone = await visit('ben');
    await openPeople(phone);
    await openCard(phone, 'chen');
    expect(actions(phone)).toEqual([]);
    stage.emulator.rooms.setRole(ROOM, 'ben', 'manager');
    const mute = await action(phone, '禁言');
    stage.emulator.faults.add({ kind: 'command', command: '36_40', code: 114432 });
    mute.tap();
    await phone.host.waitForNode({
      className: 'card-refusal',
      text: '只有房主和管理员可以进行此操作',
    });
    expect(actions(phone)).toContain('禁言');
  });

  it('opens from the avatar beside a message; the own card opens the own details', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await chen.send('大家好');
    (await phone.host.waitForNode({ className: 'face' })).tap();
    await phone.host.waitForPage(PEOPLE);
    await phone.host.waitForNode({ className: 'card-name', text: 'chen' });
    await action(phone, '移出聊天室');
    phone.host.page.find({ className: 'sheet-mask' }).tap();
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'sheet' }));
    await openCard(phone, '安娜');
    expect(actions(phone)).toEqual(['编辑我的资料']);
    (await action(phone, '编辑我的资料')).tap();
    await phone.host.waitForPage(ABOUT);
  });
});

describe('the page about a room', () => {
  it('edits the announcement, shows a length limit beside the field, and deletes the announcement', async () => {
    openRoom();
    const phone = await visit('anna');
    const chen = await bare('chen');
    await openAbout(phone);
    const { host } = phone;
    const edit = async (text: string) => {
      (await host.waitForNode({ text: '公告' })).closest('words')?.tap();
      (await field(phone, 'announcement')).input(text);
    };
    await edit('长'.repeat(4097));
    await phone.press('保存');
    await host.waitForNode({ className: 'form-problem', text: /最多 4096 个字，现在 4097 个/ });
    (await field(phone, 'announcement')).input('八点开始');
    await save(phone);
    await host.waitForNode({ className: 'words-text', text: '八点开始' });
    await waitFor(() => chen.seen('onChatroomInfoUpdated').length === 1, { what: 'the change' });
    expect(chen.seen('onChatroomInfoUpdated')[0]).toMatchObject([{ announcement: '八点开始' }]);
    await edit('');
    await save(phone);
    await host.waitForNode({ className: 'words-text', text: '还没有公告' });
    expect(stage.emulator.rooms.view(ROOM)).toMatchObject({
      announcement: '',
      roomName: '晚间直播',
    });
  });

  it('changes the own nick, tags and location; the form shows a refusal', async () => {
    openRoom();
    const phone = await visit('ben');
    const chen = await bare('chen');
    await openAbout(phone);
    const { host } = phone;
    host.page.find({ className: 'about-me' }).tap();
    (await field(phone, 'roomNick')).input('小本');
    const fault = stage.emulator.faults.add({ kind: 'command', command: '36_15', code: 114451 });
    await phone.press('保存');
    await host.waitForNode({ className: 'form-refusal', text: '成员资料包含违规内容' });
    fault.remove();
    await save(phone);
    await host.waitForNode({ className: 'about-nick', text: '小本' });
    await waitFor(() => chen.seen('onChatroomMemberInfoUpdated').length > 0, { what: 'the nick' });
    expect(chen.seen('onChatroomMemberInfoUpdated')[0]).toMatchObject([{ roomNick: '小本' }]);

    (await host.waitForNode({ text: '我的标签' })).closest('cell')?.tap();
    (await field(phone, 'tags')).input('vip，red');
    await save(phone);
    await host.waitForNode({ className: 'cell-value', text: 'vip red' });
    (await host.waitForNode({ text: '我的位置' })).closest('cell')?.tap();
    (await field(phone, 'x')).input('1.5');
    (await field(phone, 'distance')).input('-1');
    await phone.press('保存');
    await host.waitForNode({ className: 'form-problem', text: '请输入不小于 0 的数字' });
    (await field(phone, 'distance')).input('100');
    await save(phone);
    await host.waitForNode({ className: 'cell-value', text: '1.5, 0, 0 (100)' });
    const [ben] = stage.emulator.rooms.clients(ROOM, 'ben');
    expect(ben?.tags).toEqual(['vip', 'red']);
  });

  it('uploads a picture from the phone as avatar', async () => {
    openRoom();
    const phone = await visit('ben');
    await openAbout(phone);
    const { host } = phone;
    const { rooms } = stage.emulator;
    host.page.find({ className: 'about-me' }).tap();
    await field(phone, 'roomNick');
    phone.wx.media.willPick({ bytes: Buffer.from(PIXEL, 'base64'), extension: 'png' });
    (await host.waitForNode({ className: 'form-fill', text: '从相册选择' })).tap();
    const avatarField = await field(phone, 'roomAvatar');
    await host.waitFor(() => avatarField.value.startsWith('http'), {
      what: 'the address of the picture',
    });
    await save(phone);
    expect(rooms.clients(ROOM, 'ben')[0]?.avatar).toMatch(/^http.*\/nos\//);
  });

  it('mutes a tag, and removes another client of the account', async () => {
    openRoom();
    const phone = await visit('anna');
    const mine = await bare('anna');
    const chen = await bare('chen');
    await chen.service.updateChatroomTags({ tags: ['vip'] });
    await openAbout(phone);
    const { host } = phone;
    (await host.waitForNode({ text: '按标签禁言' })).closest('cell')?.tap();
    (await field(phone, 'targetTag')).input('vip');
    (await field(phone, 'duration')).input('10');
    await save(phone, '确定');
    await waitFor(() => chen.seen('onSelfTempChatBannedUpdated').length > 0, { what: 'the mute' });
    (await host.waitForNode({ className: 'about-put-out' })).tap();
    (await host.waitFor(() => phone.wx.ui.modal)).confirm();
    await waitFor(() => mine.kicked, { what: 'the removal of the other client' });
    expect(mine.kicked).toMatchObject({ kickedReason: 3 });
    await host.waitForNode({ text: '没有其他设备在这个聊天室' });
  });

  it('leaves the room and returns to the list', async () => {
    openRoom();
    const phone = await visit('ben');
    await openAbout(phone);
    await phone.press('退出聊天室');
    (await phone.host.waitFor(() => phone.wx.ui.modal)).confirm();
    await phone.host.waitForPage('packages/chatroom/list/index');
    await phone.host.waitFor(() => stage.emulator.rooms.clients(ROOM).length === 0, {
      what: 'the exit',
    });
  });

  it('tells a removed member the reason', async () => {
    openRoom();
    const phone = await visit('ben');
    await openAbout(phone);
    stage.emulator.rooms.kick(ROOM, 'ben');
    await phone.host.waitForNode({ text: '你已被管理员移出聊天室' });
  });
});
