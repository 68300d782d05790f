import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const NOTICES = 'packages/people/notices/index';

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage('pages/conversations/index');
  return phone;
}

async function openNotices({ host }: Phone): Promise<void> {
  (await host.waitForNode({ className: 'contact-name', text: '通知' }))
    .closest('contacts-entry')
    ?.tap();
  await host.waitForPage(NOTICES);
}

describe('notices in the built package', () => {
  it('of all kinds are in one list with a badge, are answered there, shown in full, and cleared', async () => {
    const { world } = stage.emulator;
    const ben = await stage.other('ben');
    const phone = await signedIn();
    const { host, wx } = phone;
    await ben.nim.V2NIMFriendService.addFriend('anna', { addMode: 2, postscript: '是我' });
    const team = await ben.nim.V2NIMTeamService.createTeam(
      { name: '周末爬山', teamType: 1, agreeMode: 0 },
      ['anna'],
      '一起来',
    );
    expect(team.team.name).toBe('周末爬山');
    const text = `${'今晚两点停机维护。'.repeat(10)}完`;
    world.broadcast(JSON.stringify({ title: '停机维护', text }));
    await ben.nim.V2NIMNotificationService.sendCustomNotification(
      'ben|1|anna',
      '{"text":"包裹已发出"}',
    );
    world.events.emit('proxyNotify', {
      accountId: 'anna',
      from: 'shop',
      body: '{"text":"付款成功"}',
    });
    await host.waitFor(() => wx.ui.tabBadges.get(1) === '5', { what: 'five on the tab' });
    host.tapTab('通讯录');
    await host.waitFor(
      () =>
        host.page.find({ className: 'contact-name', text: '通知' }).closest('contacts-entry')
          ?.text === '!通知3',
      { what: 'the badge of the entry' },
    );
    await openNotices(phone);
    for (const name of ['停机维护', '系统广播', '包裹已发出', '付款成功', '是我'])
      await host.waitFor(() => host.page.text().includes(name), { what: name });
    await host.waitFor(() => host.page.text().includes('邀请你加入周末爬山'), { what: 'the team' });
    expect(host.page.findAll({ className: 'p-row' })).toHaveLength(5);

    const row = (has: string) =>
      host.page.findAll({ className: 'p-row' }).find(({ text: all }) => all.includes(has));
    row('是我')?.find({ text: '接受' }).tap();
    await host.waitFor(() => row('是我')?.text.includes('已添加'), { what: 'the new friend' });
    row('周末爬山')?.find({ text: '接受' }).tap();
    await host.waitFor(() => row('周末爬山')?.text.includes('已同意'), { what: 'the membership' });

    row('停机维护')?.tap();
    const dialog = await host.waitFor(() => wx.ui.modal, { what: 'the whole text' });
    expect(dialog.content).toContain('完');
    dialog.confirm();
    row('包裹已发出')?.longPress();
    const sheet = await host.waitFor(() => wx.ui.actionSheet, { what: 'the offer to delete' });
    sheet.select('删除');
    await host.waitFor(() => !row('包裹已发出'), { what: 'the deletion' });

    host.page.find({ text: '清空' }).tap();
    (await host.waitFor(() => wx.ui.modal, { what: 'the question' })).confirm();
    await host.waitFor(() => host.page.findAll({ className: 'p-row' }).length === 1, {
      what: 'the clearing',
    });
    host.back();
    await host.waitFor(() => !wx.ui.tabBadges.has(1), { what: 'no badge' });
  });
});

describe('who is online', () => {
  it('is a dot at the picture, a word in the title and on the card, with one request for a page', async () => {
    const { emulator } = stage;
    emulator.world.relations.befriend('anna', 'ben');
    emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host, wx } = phone;
    await host.waitForNode({ className: 'conv-name', text: '本' });
    expect(host.page.has({ className: 'conv-online' })).toBe(false);
    const ben = await stage.other('ben');
    await host.waitForNode({ className: 'conv-online' });
    await phone.openChat('本');
    await host.waitFor(() => wx.ui.navigationBarTitle === '本 · 在线', { what: 'the title' });
    host.back();
    host.tapTab('通讯录');
    const contact = await host.waitForNode({ className: 'contact-online' });
    expect(contact.text).toContain('本');
    contact.tap();
    await host.waitForNode({ className: 'p-line', text: '在线' });
    await ben.dispose();
    await host.waitForNode({ className: 'p-line', text: '离线' });
    host.back();
    await host.waitFor(() => !host.page.has({ className: 'contact-online' }), { what: 'no dot' });
    expect(emulator.log.requestsOf('19_3')).toBeLessThanOrEqual(2);
  });

  it('is said nowhere by an app without the service', async () => {
    const { emulator } = stage;
    emulator.world.subscriptions.isEnabled = false;
    emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    await stage.other('ben');
    const phone = await signedIn();
    const { host, wx } = phone;
    await host.waitFor(() => emulator.log.requestsOf('19_3') === 1, { what: 'the refusal' });
    await phone.openChat('本');
    await host.waitFor(() => wx.ui.navigationBarTitle === '本', { what: 'the title' });
    host.back();
    await host.waitForNode({ className: 'conv-name', text: '本' });
    expect(host.page.has({ className: 'conv-online' })).toBe(false);
  });
});
