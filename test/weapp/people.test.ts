import { encodePng } from '../../emulator/server/png';
import { waitFor } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const REQUESTS = 'packages/people/requests/index';
const PICTURE = encodePng({ width: 10, height: 10, data: Buffer.alloc(400, 128) });
const CARD = 'packages/people/card/index';

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage('pages/conversations/index');
  return phone;
}

async function inContacts(): Promise<Phone> {
  const phone = await signedIn();
  phone.host.tapTab('通讯录');
  await phone.host.waitForNode({ className: 'contacts-entry' });
  return phone;
}

async function openEntry({ host }: Phone, name: string): Promise<void> {
  (await host.waitForNode({ className: 'contact-name', text: name }))
    .closest('contacts-entry')
    ?.tap();
}

async function openFriend({ host }: Phone, name: string): Promise<void> {
  (await host.waitForNode({ className: 'contact-name', text: name })).closest('contact')?.tap();
  await host.waitForPage(CARD);
}

const modal = ({ host, wx }: Phone) => host.waitFor(() => wx.ui.modal, { what: 'a dialog' });

describe('friend requests in the built package', () => {
  it('are counted in the contacts, accepted with a greeting, and refused with a text', async () => {
    stage.emulator.world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
    const ben = await stage.other('ben');
    const chen = await stage.other('chen');
    const phone = await inContacts();
    const { host } = phone;
    for (const other of [ben, chen])
      await other.nim.V2NIMFriendService.addFriend('anna', { addMode: 2, postscript: '是我' });
    await host.waitForNode({ className: 'badge', text: '2' });
    await openEntry(phone, '新的朋友');
    await host.waitForPage(REQUESTS);
    for (const text of ['本', '陈']) await host.waitForNode({ className: 'p-name', text });
    expect(host.page.findAll({ className: 'p-request' })).toHaveLength(2);
    const row = (name: string) => {
      const found = host.page.find({ className: 'p-name', text: name }).closest('p-request');
      if (!found) throw new Error(`no request of ${name}`);
      return found;
    };
    expect(row('本').text).toContain('是我');

    row('本').find({ text: '接受' }).tap();
    await host.waitFor(() => row('本').text.includes('已添加'), { what: 'the new friend' });
    await waitFor(() => ben.received.some(({ text }) => text?.startsWith('我通过了')), {
      what: 'the greeting',
    });
    row('陈').find({ text: '拒绝' }).tap();
    const dialog = await modal(phone);
    expect(dialog.editable).toBe(true);
    dialog.confirm('以后吧');
    await host.waitFor(() => row('陈').text.includes('我的回复：以后吧'), { what: 'the answer' });
    expect(row('陈').text).toContain('已拒绝');

    host.page.find({ text: '清空' }).tap();
    (await modal(phone)).confirm();
    await host.waitForNode({ text: '没有好友请求' });
    host.back();
    await host.waitForNode({ className: 'contact-name', text: '本' });
    expect(host.page.has({ className: 'badge' })).toBe(false);
  });

  it('are sent with a text to an account that is found by its exact name', async () => {
    const ben = await stage.other('ben');
    const applications: unknown[] = [];
    ben.nim.V2NIMFriendService.on('onFriendAddApplication', (each) => applications.push(each));
    const phone = await inContacts();
    const { host } = phone;
    await openEntry(phone, '新的朋友');
    (await host.waitForNode({ text: '添加好友' })).tap();
    await host.waitForPage('packages/people/add/index');
    const field = await host.waitForNode({ tag: 'input' });
    const search = () => host.page.find({ className: 'button', text: '搜索' }).tap();
    field.input('nobody');
    search();
    await host.waitForNode({ text: /请检查账号是否正确：nobody/ });
    field.input('ben');
    search();
    await host.waitForPage(CARD);
    (await host.waitForNode({ text: '添加好友' })).tap();
    const dialog = await modal(phone);
    expect(dialog.content).toBe('我是安娜');
    dialog.confirm('我是安娜，老同学');
    const asked = await waitFor(() => applications[0], { what: 'the request' });
    expect(asked).toMatchObject({ applicantAccountId: 'anna', postscript: '我是安娜，老同学' });
    await ben.nim.V2NIMFriendService.acceptAddApplication(asked as never);
    // The open page about the stranger becomes that of a friend.
    await host.waitForNode({ text: '删除好友' });
  });
});

describe('QR codes in the built package', () => {
  it('the own code is on its page, and a scanned code opens the person or the team', async () => {
    const { world } = stage.emulator;
    world.teams.createTeam({ teamId: '7001', name: '项目组', owner: 'ben', members: [] });
    const phone = await inContacts();
    const { host, wx } = phone;
    await openEntry(phone, '新的朋友');
    (await host.waitForNode({ text: '添加好友' })).tap();
    await host.waitForPage('packages/people/add/index');
    const tapCell = async (text: string) =>
      (await host.waitForNode({ className: 'cell-title', text })).closest('cell')?.tap();
    await tapCell('我的二维码');
    await host.waitForPage('packages/people/code/index');
    await host.waitForNode({ className: 'code-note', text: '账号：anna' });
    expect(String(host.page.find({ className: 'code-picture' }).attr('src'))).toMatch(
      /^data:image\/png;base64,iVBOR/,
    );
    host.back();
    wx.media.willScan('yunxin:other/7');
    await tapCell('扫一扫');
    await host.waitFor(() => wx.ui.toasts.length === 1, { what: 'the refusal' });
    wx.media.willScan('yunxin:person/ben');
    await tapCell('扫一扫');
    await host.waitForPage(CARD);
    await host.waitForNode({ text: '账号：ben' });
    host.back();
    wx.media.willScan('yunxin:team/1/7001');
    await tapCell('扫一扫');
    await host.waitForPage('packages/team/apply/index');
    await host.waitForNode({ className: 'tm-name', text: '项目组' });
  });
});

describe('the page about a person in the built package', () => {
  it('changes the remark, blocks, mutes and ends the friendship, seen in the contacts', async () => {
    stage.emulator.world.relations.befriend('anna', 'ben');
    stage.emulator.world.updateProfile('ben', { gender: 1, birthday: '1990-05-01', sign: '你好' });
    const ben = await stage.other('ben');
    const phone = await inContacts();
    const { host } = phone;
    await openFriend(phone, '本');
    for (const text of ['男', '1990-05-01', '你好'])
      await host.waitForNode({ className: 'p-value', text });
    host.page.find({ className: 'cell-title', text: '备注' }).closest('cell')?.tap();
    (await modal(phone)).confirm('老本');
    await host.waitForNode({ className: 'p-big', text: '老本' });
    const toggle = (label: string) => host.page.find({ tag: 'switch', ariaLabel: label });
    toggle('加入黑名单').change(true);
    (await modal(phone)).confirm();
    const { relations } = stage.emulator.world;
    await host.waitFor(() => relations.isBlocked('anna', 'ben'), { what: 'the block' });
    toggle('消息免打扰').change(true);
    await host.waitFor(() => relations.relation('anna', 'ben').muted, { what: 'the mute' });
    host.back();
    await host.waitForNode({ className: 'contact-name', text: '老本' });
    await openEntry(phone, '黑名单');
    (await host.waitForNode({ text: '移出' })).tap();
    (await modal(phone)).confirm();
    await host.waitForNode({ text: '黑名单是空的' });
    expect(relations.isBlocked('anna', 'ben')).toBe(false);
    host.back();
    await openFriend(phone, '老本');
    (await host.waitForNode({ text: '删除好友' })).tap();
    (await modal(phone)).confirm();
    await host.waitForNode({ text: '添加好友' });
    expect(await ben.nim.V2NIMFriendService.getFriendList()).toEqual([]);
    host.back();
    await host.waitForNode({ text: '还没有好友' });
  });

  it('opens from an avatar in a chat', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host } = phone;
    await phone.openChat('本');
    (await phone.bubble('在吗')).closest('msg')?.find({ className: 'av' }).tap();
    await host.waitForPage(CARD);
    await host.waitForNode({ className: 'p-big', text: '本' });
  });
});

describe('the own profile in the built package', () => {
  it('is changed line by line, and a wrong value is refused with its reason', async () => {
    const phone = await signedIn();
    const { host, wx } = phone;
    const ben = await stage.other('ben');
    host.tapTab('我');
    (await host.waitForNode({ className: 'profile' })).tap();
    await host.waitForPage('packages/people/profile/index');
    const cell = (title: string) => {
      const found = host.page.find({ className: 'cell-title', text: title }).closest('cell');
      if (!found) throw new Error(`no line ${title}`);
      return found;
    };
    const type = async (title: string, text: string) => {
      cell(title).tap();
      (await modal(phone)).confirm(text);
    };
    await host.waitForNode({ className: 'cell-title', text: '签名' });
    await type('昵称', '安娜二号');
    await host.waitFor(() => cell('昵称').text.includes('安娜二号'), { what: 'the name' });
    await type('生日', '2001-02-30');
    await host.waitFor(() => wx.ui.toasts.some(({ title }) => /2000-01-31/.test(title)), {
      what: 'the reason',
    });
    await type('生日', '2001-02-28');
    await host.waitFor(() => cell('生日').text.includes('2001-02-28'), { what: 'the birthday' });
    cell('性别').tap();
    (await host.waitFor(() => wx.ui.actionSheets.at(-1), { what: 'the sheet' })).select(1);
    await host.waitFor(() => cell('性别').text.includes('女'), { what: 'the gender' });
    const [profile] = await ben.nim.V2NIMUserService.getUserListFromCloud(['anna']);
    expect(profile).toMatchObject({ name: '安娜二号', birthday: '2001-02-28', gender: 2 });

    wx.media.willPick({ bytes: PICTURE, extension: 'png' });
    host.page.find({ className: 'p-head' }).tap();
    await host.waitForNode({ tag: 'image', className: 'av-l' });
    expect(stage.emulator.storage.objects()).toHaveLength(1);
    host.back();
    await host.waitForNode({ className: 'profile-name', text: '安娜二号' });
  });
});

describe('3,000 friends in the built package', () => {
  it('open with a first setData under 60 KB, from A to Z, found by pinyin, reached by letters', async () => {
    const { world } = stage.emulator;
    const chars = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾';
    for (let i = 0; i < 3000; i++) {
      const name = `${chars.charAt(i % 32)}${chars.charAt(i % 29)}${i}`;
      world.addAccount({ accountId: `f${i}`, name, token: '' });
      world.relations.befriend('anna', `f${i}`);
    }
    const phone = await signedIn();
    const { host } = phone;
    await host.waitFor(() => !host.page.has({ className: 'banner' }), { what: 'the sync' });
    host.setData.reset();
    host.tapTab('通讯录');
    await host.waitForNode({ className: 'letter', text: 'C' });
    await host.waitForNode({ className: 'contact-name', text: /^曹/ });
    const { log } = host.setData.snapshot();
    expect(Math.max(...log.map(({ bytes }) => bytes))).toBeLessThan(60_000);
    const names = () => host.page.findAll({ className: 'contact-name' }).map(({ text }) => text);
    expect(names().length).toBeLessThan(60);

    const bar = () => host.page.find({ className: 'index-bar' });
    const letter = bar()
      .children()
      .find(({ text }) => text === 'Z');
    letter?.event('touchstart', { touches: [{ clientX: 370, clientY: 500 }] });
    await host.waitForNode({ className: 'contact-name', text: /^曾/ });
    await host.waitForNode({ className: 'letter', text: 'Z' });

    host.setData.reset();
    host.page.find({ className: 'search-field' }).input('zenglin');
    await host.waitFor(() => names().length > 0 && names().every((name) => /^曾林/.test(name)), {
      what: 'the friends of this name',
    });
  });
});
