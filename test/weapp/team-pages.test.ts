import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';
const LIST = 'pages/conversations/index';
const SETTINGS = 'packages/team/settings/index';
const MEMBERS = 'packages/team/members/index';

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.relations.befriend('anna', 'ben');
  world.relations.befriend('anna', 'chen');
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben'] });
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
});

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  return phone;
}

async function inSettings(): Promise<Phone> {
  const phone = await signedIn();
  await phone.openChat('项目组');
  (await phone.host.waitForNode({ className: 'strip-item', text: '群设置' })).tap();
  await phone.host.waitForPage(SETTINGS);
  await phone.host.waitForNode({ className: 'tm-title', text: '项目组' });
  return phone;
}

const cell = ({ host }: Phone, title: string) => {
  const found = host.page.findAll({ className: 'cell-title' }).find(({ text }) => text === title);
  if (!found) throw new Error(`no cell ${title}`);
  return found.closest('cell') ?? found;
};

describe('the pages of a team in the built package', () => {
  it('show and change name, announcement and mute, and follow the changes of others', async () => {
    const { teams, world } = stage.emulator;
    const phone = await inSettings();
    const { host } = phone;
    cell(phone, '群名称').tap();
    await host.waitForPage('packages/team/edit/index');
    (await host.waitForNode({ tag: 'textarea' })).input('大项目组');
    (await host.waitForNode({ className: 'tm-count', text: '4/64' })).closest('tm-form');
    await phone.press('保存');
    await host.waitForPage(SETTINGS);
    await host.waitForNode({ className: 'tm-title', text: '大项目组' });
    expect(world.teams.require(TEAM).tags[3]).toBe('大项目组');

    teams.update(TEAM, { announcement: '周五聚餐' });
    await host.waitForNode({ className: 'cell-value', text: '周五聚餐' });
    teams.invite(TEAM, ['chen']);
    await host.waitForNode({ className: 'cell-value', text: '3 人' });
    teams.transferOwner(TEAM, 'ben');
    await host.waitForNode({ text: '退出群聊' });
    expect(host.page.maybe({ text: '解散群聊' })).toBeUndefined();
    expect(host.page.maybe({ text: '全员禁言' })).toBeUndefined();
    teams.dismiss(TEAM);
    await host.waitForNode({ className: 'empty-title', text: '该群聊已解散' });
    await host.waitForPage('packages/chat/index');
  });

  it('list the members by role with their labels, and change a member', async () => {
    const phone = await inSettings();
    const { host, wx } = phone;
    stage.emulator.teams.invite(TEAM, ['chen']);
    cell(phone, '群成员').tap();
    await host.waitForPage(MEMBERS);
    const rows = () =>
      host.page
        .findAll({ className: 'tm' })
        .map((row) => [
          row.find({ className: 'tm-name' }).text,
          row.find({ className: 'tm-note' }).text,
        ]);
    await host.waitFor(() => rows().join('; ') === '安娜,我 · 群主; 本,; 陈,', {
      what: 'three members by role, with their names',
    });
    const choose = async (name: string, act: string) => {
      (await host.waitForNode({ className: 'tm-name', text: name })).closest('tm')?.tap();
      const sheet = await host.waitFor(() => wx.ui.actionSheet, { what: 'the sheet' });
      sheet.select(act);
    };
    await choose('陈', '设为管理员');
    await host.waitFor(() => rows()[1]?.join() === '陈,管理员', { what: 'the manager' });
    await choose('本', '禁言');
    await host.waitFor(() => rows()[2]?.join() === '本,已禁言', { what: 'the mute' });
    host.page.find({ tag: 'input' }).input('chen');
    await host.waitFor(() => rows().length === 1, { what: 'the found member' });
    host.page.find({ tag: 'input' }).input('nobody');
    await host.waitForNode({ className: 'no-match', text: '没有找到“nobody”' });
  });

  it('follow a member, whose name is marked in the chat', async () => {
    const phone = await inSettings();
    const { host, wx } = phone;
    cell(phone, '群成员').tap();
    await host.waitForPage(MEMBERS);
    const choose = async (act: string) => {
      (await host.waitForNode({ className: 'tm-name', text: '本' })).closest('tm')?.tap();
      (await host.waitFor(() => wx.ui.actionSheet, { what: 'the sheet' })).select(act);
    };
    await choose('特别关注');
    await host.waitForNode({ className: 'tm-note', text: '特别关注' });
    host.back();
    await host.waitForPage(SETTINGS);
    host.back();
    await host.waitForNode({ className: 'followed', text: '本' });
    stage.emulator.world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '改到三点' });
    await phone.bubble('改到三点');
    expect(host.page.findAll({ className: 'followed' })).toHaveLength(2);
    (await host.waitForNode({ className: 'strip-item', text: '群设置' })).tap();
    await host.waitForPage(SETTINGS);
    await host.waitForNode({ className: 'tm-title', text: '项目组' });
    cell(phone, '群成员').tap();
    await host.waitForPage(MEMBERS);
    await choose('取消特别关注');
    await host.waitFor(() => !host.page.has({ className: 'tm-note', text: '特别关注' }), {
      what: 'no mark',
    });
  });

  it('change the mute in three modes, and who may mention all', async () => {
    const phone = await inSettings();
    const { host, wx } = phone;
    const { world } = stage.emulator;
    const value = (title: string) => cell(phone, title).find({ className: 'cell-value' }).text;
    const choose = async (title: string, option: string) => {
      cell(phone, title).tap();
      (await host.waitFor(() => wx.ui.actionSheet, { what: 'the sheet' })).select(option);
      await host.waitFor(() => value(title) === option, { what: `${title}: ${option}` });
    };
    expect(value('消息免打扰')).toBe('关闭');
    for (const [option, mode] of [
      ['仅普通成员', 2],
      ['开启', 1],
      ['关闭', 0],
    ] as const) {
      await choose('消息免打扰', option);
      expect(world.teams.member(TEAM, 'anna')?.muteMode).toBe(mode);
    }
    expect(value('谁可以 @所有人')).toBe('所有人');
    await choose('谁可以 @所有人', '仅群主和管理员');
    expect(world.teams.require(TEAM).tags[18]).toBe('{"yxAllowAt":"manager"}');
  });

  it('show the code of the team, which is saved, and a drawn picture that is uploaded', async () => {
    const phone = await inSettings();
    const { host, wx } = phone;
    cell(phone, '群二维码').tap();
    await host.waitForPage('packages/team/code/index');
    await host.waitForNode({ className: 'code-name', text: '项目组' });
    const src = String(host.page.find({ className: 'code-picture' }).attr('src'));
    expect(src).toMatch(/^data:image\/png;base64,iVBOR/);
    await phone.press('保存图片');
    await host.waitFor(() => wx.media.album.length === 1, { what: 'the picture in the album' });
    host.back();
    await host.waitForPage(SETTINGS);
    host.page.find({ className: 'tm-head' }).tap();
    await host.waitForPage('packages/team/avatar/index');
    await host.waitFor(() => host.page.findAll({ className: 'tm-avatar' }).length === 5, {
      what: 'five pictures',
    });
    host.page.findAll({ className: 'tm-avatar' })[2]?.tap();
    await host.waitForPage(SETTINGS);
    const avatar = String(stage.emulator.world.teams.require(TEAM).tags[20]);
    expect(avatar).toMatch(/^http/);
    await host.waitFor(
      () => host.page.find({ className: 'tm-head' }).find({ tag: 'image' }).attr('src') === avatar,
      { what: 'the new picture' },
    );
  });

  it('make a team of friends, with their names as its name', async () => {
    const phone = await signedIn();
    const { host } = phone;
    host.tapTab('通讯录');
    (await host.waitForNode({ className: 'contact-name', text: '群聊' })).closest('contact')?.tap();
    await host.waitForPage('packages/team/list/index');
    await host.waitForNode({ className: 'tm-name', text: '项目组' });
    cell(phone, '发起群聊').tap();
    await host.waitForPage('packages/team/pick/index');
    for (const name of ['本', '陈'])
      (await host.waitForNode({ className: 'tm-name', text: name })).closest('tm')?.tap();
    await phone.press('完成（2）');
    await host.waitForPage('packages/chat/index');
    await host.waitFor(() => host.title === '安娜、本、陈（3）', { what: 'the new team' });
  });

  it('tell a manager of an application, who accepts it', async () => {
    const { teams, world } = stage.emulator;
    teams.update(TEAM, { joinMode: 1 });
    const phone = await signedIn();
    const { host } = phone;
    await phone.openChat('项目组');
    await host.waitForNode({ className: 'strip-item', text: '群设置' });
    host.back();
    host.tapTab('通讯录');
    await host.waitForNode({ className: 'contact-name', text: '群聊' });
    const chen = await stage.other('chen');
    await chen.nim.V2NIMTeamService.applyJoinTeam(TEAM, 1, '让我进来');
    // The contacts and their tab show the number before a page of teams is opened.
    const entry = host.page.find({ className: 'contact-name', text: '群聊' }).closest('contact');
    await host.waitFor(() => entry?.findAll({ className: 'badge', text: '1' })[0], {
      what: 'the badge',
    });
    expect(host.tabBar[1]?.badge).toBe('1');
    host.tapTab('消息');
    await phone.openChat('项目组');
    (await host.waitForNode({ className: 'strip-asks', text: '1 人申请入群' })).tap();
    await host.waitForPage('packages/team/requests/index');
    await host.waitForNode({ className: 'tm-request-line', text: '让我进来' });
    (await host.waitForNode({ className: 'tm-answer', text: '同意' })).tap();
    await host.waitForNode({ className: 'tm-note', text: '已同意' });
    expect(world.teams.memberIds(TEAM)).toContain('chen');
    host.back();
    host.back();
    host.tapTab('通讯录');
    await host.waitFor(() => !host.tabBar[1]?.badge, { what: 'no badge' });
  });

  it('make a team of a chat of two', async () => {
    const { world } = stage.emulator;
    world.sendMessage({ type: 'p2p', from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host } = phone;
    await phone.openChat('本');
    (await phone.moreItem('more-team')).tap();
    await host.waitForPage('packages/team/pick/index');
    const ben = (await host.waitForNode({ className: 'tm-name', text: '本' })).closest('tm');
    expect(ben?.attr('ariaLabel')).toBe('已选择 本');
    await host.waitFor(() => host.page.findAll({ className: 'tm-avatar' }).length === 5, {
      what: 'five pictures',
    });
    host.page.findAll({ className: 'tm-avatar' })[1]?.tap();
    (await host.waitForNode({ className: 'tm-name', text: '陈' })).closest('tm')?.tap();
    await phone.press('完成（2）');
    await host.waitFor(() => host.title === '安娜、本、陈（3）', { what: 'the new team' });
    const made = world.teams
      .membershipsOf('anna', 'team')
      .map(({ teamId }) => world.teams.require(teamId).tags)
      .find((tags) => tags[3] === '安娜、本、陈');
    expect(made?.[20]).toMatch(/^http/);
  });

  it('invite, mute all, remove, hand over and leave; another client sees each step', async () => {
    const { teams } = stage.emulator;
    teams.update(TEAM, { agreeMode: 1 });
    const ben = await stage.other('ben');
    const seen: string[] = [];
    const { V2NIMTeamService: service } = ben.nim;
    const idsOf = (members: { accountId: string }[]) => members.map(({ accountId }) => accountId);
    service.on('onTeamMemberJoined', (members) => seen.push(`joined ${idsOf(members).join()}`));
    service.on('onTeamMemberKicked', (_by, members) =>
      seen.push(`removed ${idsOf(members).join()}`),
    );
    service.on('onTeamMemberLeft', (members) => seen.push(`left ${idsOf(members).join()}`));
    service.on('onTeamInfoUpdated', ({ chatBannedMode, ownerAccountId }) =>
      seen.push(`mute ${chatBannedMode}`, `owner ${ownerAccountId}`),
    );
    const phone = await inSettings();
    const { host, wx } = phone;
    const sees = (what: string) => host.waitFor(() => seen.includes(what), { what });
    const sure = async () =>
      (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();

    cell(phone, '添加成员').tap();
    await host.waitForPage('packages/team/pick/index');
    (await host.waitForNode({ className: 'tm-name', text: '陈' })).closest('tm')?.tap();
    await phone.press('完成（1）');
    await host.waitForPage(SETTINGS);
    await sees('joined chen');
    await host.waitForNode({ className: 'cell-value', text: '3 人' });

    const toggle = () => cell(phone, '全员禁言').find({ tag: 'switch' });
    toggle().tap();
    await sees('mute 1');
    await host.waitFor(() => toggle().attr('checked') === true, { what: 'the mute' });
    seen.length = 0;
    toggle().tap();
    await sees('mute 0');

    cell(phone, '群成员').tap();
    await host.waitForPage(MEMBERS);
    (await host.waitForNode({ className: 'tm-name', text: '陈' })).closest('tm')?.tap();
    (await host.waitFor(() => wx.ui.actionSheet, { what: 'the sheet' })).select('移出群聊');
    await sure();
    await sees('removed chen');
    await host.waitFor(() => host.page.findAll({ className: 'tm' }).length === 2, {
      what: 'two members',
    });
    host.back();
    await host.waitForPage(SETTINGS);

    cell(phone, '转让群主').tap();
    await host.waitForPage(MEMBERS);
    (await host.waitForNode({ className: 'tm-name', text: '本' })).closest('tm')?.tap();
    await sure();
    await host.waitForPage(SETTINGS);
    await sees('owner ben');
    await host.waitForNode({ text: '退出群聊' });
    await phone.press('退出群聊');
    await sure();
    await sees('left anna');
    await host.waitForNode({ className: 'empty-title', text: '你已退出该群聊' });
    await host.waitForPage('packages/chat/index');
  });

  it('reject an application, and dismiss the team; the other clients see both', async () => {
    const { teams, world } = stage.emulator;
    teams.update(TEAM, { joinMode: 1 });
    const [ben, chen] = [await stage.other('ben'), await stage.other('chen')];
    const seen: string[] = [];
    ben.nim.V2NIMTeamService.on('onTeamDismissed', ({ teamId }) => seen.push(`end of ${teamId}`));
    chen.nim.V2NIMTeamService.on('onReceiveTeamJoinActionInfo', ({ actionType }) =>
      seen.push(`request of type ${actionType}`),
    );
    const phone = await inSettings();
    const { host, wx } = phone;
    const sees = (what: string) => host.waitFor(() => seen.includes(what), { what });
    await chen.nim.V2NIMTeamService.applyJoinTeam(TEAM, 1, '让我进来');
    host.back();
    (await host.waitForNode({ className: 'strip-asks', text: '1 人申请入群' })).tap();
    await host.waitForPage('packages/team/requests/index');
    (await host.waitForNode({ className: 'tm-answer', text: '拒绝' })).tap();
    await host.waitForNode({ className: 'tm-note', text: '已拒绝' });
    await sees('request of type 1');
    expect(world.teams.memberIds(TEAM)).not.toContain('chen');
    host.back();
    (await host.waitForNode({ className: 'strip-item', text: '群设置' })).tap();
    await host.waitForPage(SETTINGS);
    await host.waitForNode({ text: '解散群聊' });
    await phone.press('解散群聊');
    (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
    await sees(`end of ${TEAM}`);
    await host.waitForNode({ className: 'empty-title', text: '该群聊已解散' });
    await host.waitForPage('packages/chat/index');
    await host.waitForNode({ className: 'closed-text', text: '该群聊已解散' });
  });

  it('find a team by its id, and apply with a text', async () => {
    const { teams, world } = stage.emulator;
    world.teams.createTeam({ teamId: '7002', name: '骑行', owner: 'chen', members: [] });
    teams.update('7002', { joinMode: 1 });
    const phone = await signedIn();
    const { host } = phone;
    host.tapTab('通讯录');
    (await host.waitForNode({ className: 'contact-name', text: '群聊' })).closest('contact')?.tap();
    await host.waitForPage('packages/team/list/index');
    await host.waitForNode({ className: 'cell-title', text: '加入群聊' });
    cell(phone, '加入群聊').tap();
    await host.waitForPage('packages/team/apply/index');
    (await host.waitForNode({ tag: 'input', ariaLabel: '群号' })).input('7002');
    await phone.press('查找');
    await host.waitForNode({ className: 'tm-name', text: '骑行' });
    host.page.find({ tag: 'input', ariaLabel: '验证信息（可不填）' }).input('我是安娜');
    await phone.press('申请加入');
    await host.waitFor(() => (world.state.teamRequests ?? []).length === 1, {
      what: 'the application at the server',
    });
    // The page does a single thing at a time.
    await host.waitFor(
      () => phone.wx.ui.toasts.some(({ title }) => /申请已发送/.test(String(title))),
      {
        what: 'the answer',
      },
    );
    host.page.find({ tag: 'input', ariaLabel: '群号' }).input('999999');
    await phone.press('查找');
    await host.waitFor(() => phone.wx.ui.toasts.at(-1)?.title === '群不存在', {
      what: 'the refusal',
    });
  });

  it('find a team by its QR code; a code of something else is refused with a text', async () => {
    const { world } = stage.emulator;
    world.teams.createTeam({ teamId: '7002', name: '骑行', owner: 'chen', members: [] });
    const phone = await signedIn();
    const { host, wx } = phone;
    host.tapTab('通讯录');
    (await host.waitForNode({ className: 'contact-name', text: '群聊' })).closest('contact')?.tap();
    await host.waitForPage('packages/team/list/index');
    await host.waitForNode({ className: 'cell-title', text: '加入群聊' });
    cell(phone, '加入群聊').tap();
    await host.waitForPage('packages/team/apply/index');
    wx.media.willScan('https://u.wechat.com/abc');
    await phone.press('扫描群二维码');
    await host.waitFor(() => wx.ui.toasts.at(-1)?.title === '这不是群或个人的二维码', {
      what: 'the refusal',
    });
    // The user closes the camera: nothing is said.
    await phone.press('扫描群二维码');
    wx.media.willScan('yunxin:team/1/7002');
    await phone.press('扫描群二维码');
    await host.waitForNode({ className: 'tm-name', text: '骑行' });
    expect(wx.ui.toasts).toHaveLength(1);
    wx.media.willScan('yunxin:person/ben');
    await phone.press('扫描群二维码');
    await host.waitForPage('packages/people/card/index');
    host.back();
    await phone.press('申请加入');
    await host.waitFor(() => host.title === '骑行（2）', { what: 'the chat of the joined team' });
  });
});
