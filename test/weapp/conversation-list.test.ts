import type { Phone } from './phone';
import { useWeapp } from './phone';

const stage = useWeapp();
const LIST = 'pages/conversations/index';
/** Budget of a row for any change: one setData of this size. */
const ROW_BYTES = 900;

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  await row(phone);
  await phone.host.waitFor(() => !phone.host.page.has({ className: 'banner' }), {
    what: 'the sync',
  });
  return phone;
}

async function row(phone: Phone, name = '本') {
  const node = await phone.host.waitForNode({ className: 'conv-name', text: name });
  const found = node.closest('conv');
  if (!found) throw new Error('no row');
  return found;
}

async function chooseInMenu(phone: Phone, text: string): Promise<void> {
  (await row(phone)).longPress();
  (await phone.host.waitForNode({ className: 'pm-item', text })).tap();
}

describe('the menu of a conversation', () => {
  it('opens at the finger with one setData, and pins, mutes, marks as unread and read', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host } = phone;
    host.setData.reset();
    (await row(phone)).longPress();
    const items = () => host.page.findAll({ className: 'pm-item' }).map(({ text }) => text);
    await host.waitFor(() => items().length > 0, { what: 'the menu' });
    expect(items()).toEqual(['标为已读', '置顶', '免打扰', '不显示该聊天', '删除该聊天']);
    const { calls, bytes } = host.setData.snapshot();
    expect(calls).toBe(1);
    expect(bytes).toBeLessThan(2 * ROW_BYTES);
    host.page.find({ className: 'pm-item', text: '标为已读' }).tap();
    await host.waitFor(() => !host.page.has({ className: 'badge' }), { what: 'no badge' });

    await chooseInMenu(phone, '标为未读');
    await host.waitForNode({ className: 'badge-dot' });
    await host.waitFor(() => host.title.includes('（1）'), { what: 'the mark in the title' });
    await chooseInMenu(phone, '标为已读');
    await host.waitFor(() => !host.page.has({ className: 'badge-dot' }), { what: 'no mark' });

    await chooseInMenu(phone, '置顶');
    await host.waitForNode({ className: 'conv-stuck' });
    await chooseInMenu(phone, '取消置顶');
    await host.waitFor(() => !host.page.has({ className: 'conv-stuck' }), { what: 'no pin' });

    await chooseInMenu(phone, '免打扰');
    const sheet = await host.waitFor(() => phone.wx.ui.actionSheet);
    sheet.select('一直');
    await host.waitForNode({ className: 'conv-muted' });
    await chooseInMenu(phone, '取消免打扰');
    await host.waitFor(() => !host.page.has({ className: 'conv-muted' }), { what: 'no mute' });
  });

  it('mutes for a time, and says until when', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    await chooseInMenu(phone, '免打扰');
    (await phone.host.waitFor(() => phone.wx.ui.actionSheet)).select('1 小时');
    await phone.host.waitForNode({ className: 'conv-muted' });
    await phone.host.waitFor(() => phone.wx.ui.toast?.title.includes('免打扰至'), {
      what: 'the end of the mute',
    });
  });
});

describe('a swipe to the left', () => {
  async function swipe(phone: Phone, dx: number, dy = 0): Promise<void> {
    const node = await row(phone);
    node.event('touchstart', { x: 300, y: 200 });
    node.event('touchmove', { x: 300 + dx / 2, y: 200 + dy / 2 });
    node.event('touchmove', { x: 300 + dx, y: 200 + dy });
    node.event('touchend', { x: 300 + dx, y: 200 + dy });
  }

  it('shows the actions with one setData, and a tap on the row hides them', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host } = phone;
    host.setData.reset();
    await swipe(phone, -100);
    await host.waitForNode({ className: 'conv-swiped' });
    const { calls, bytes } = host.setData.snapshot();
    expect(calls).toBe(1);
    expect(bytes).toBeLessThan(ROW_BYTES);
    expect(host.page.findAll({ className: 'conv-act' }).map(({ text }) => text)).toEqual([
      '标为已读',
      '不显示该聊天',
      '删除该聊天',
    ]);
    (await row(phone)).tap();
    await host.waitFor(() => !host.page.has({ className: 'conv-swiped' }), { what: 'no actions' });
    expect(host.route).toBe(LIST);

    host.setData.reset();
    await swipe(phone, -100, 90);
    await swipe(phone, 100);
    await swipe(phone, -20);
    expect(host.setData.snapshot().calls).toBe(0);

    await swipe(phone, -100);
    (await host.waitForNode({ className: 'conv-act', text: '不显示该聊天' })).tap();
    (await host.waitFor(() => phone.wx.ui.modal)).confirm();
    await host.waitFor(() => !host.page.has({ className: 'conv' }), { what: 'no row' });
  });
});

describe('the head of the list', () => {
  it('filters by tabs with counts, and marks all as read after a question', async () => {
    const { world, teams } = stage.emulator;
    const { teamId } = teams.create({ name: '项目组', owner: 'ben', members: ['anna'] });
    world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    world.sendMessage({ type: 'team', from: 'ben', to: teamId, text: '大家好' });
    const phone = await signedIn();
    const { host } = phone;
    await row(phone, '项目组');
    const tab = (name: RegExp) => host.page.find({ className: 'ch-tab', text: name });
    const names = () => host.page.findAll({ className: 'conv-name' }).map(({ text }) => text);
    expect(tab(/未读/).text).toBe('未读 2');
    tab(/群聊/).tap();
    await host.waitFor(() => names().length === 1, { what: 'the teams' });
    expect(names()).toEqual(['项目组']);
    tab(/未读/).tap();
    await host.waitFor(() => names().length === 2, { what: 'the unread' });

    host.page.find({ className: 'ch-more' }).tap();
    (await host.waitForNode({ className: 'pm-item', text: '全部标为已读' })).tap();
    (await host.waitFor(() => phone.wx.ui.modal)).confirm();
    await host.waitForNode({ text: '没有这样的聊天' });
    expect(tab(/未读/).text).toBe('未读');
    tab(/全部/).tap();
    await host.waitFor(() => names().length === 2, { what: 'all' });
    host.page.find({ className: 'ch-more' }).tap();
    await host.waitForNode({ className: 'pm-item' });
    expect(host.page.findAll({ className: 'pm-item' }).map(({ text }) => text)).toEqual([
      '发起聊天',
      '添加朋友',
      '进入聊天室',
    ]);
  });

  it('starts a chat with a chosen friend', async () => {
    stage.emulator.world.relations.befriend('anna', 'ben');
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await signedIn();
    const { host } = phone;
    host.page.find({ className: 'ch-more' }).tap();
    (await host.waitForNode({ className: 'pm-item', text: '发起聊天' })).tap();
    await host.waitForPage('packages/chat/person/index');
    (await host.waitForNode({ className: 'contact-name', text: '本' })).closest('contact')?.tap();
    await host.waitForPage('packages/chat/index');
    await phone.bubble('在吗');
    host.back();
    await host.waitForPage(LIST);
  });
});
