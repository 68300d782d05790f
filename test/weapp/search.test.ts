import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const LIST = 'pages/conversations/index';

async function onSearchPage(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  await phone.host.waitForNode({ className: 'conv-name' });
  phone.host.page.find({ className: 'ch-search' }).tap();
  await phone.host.waitForPage('packages/search/index');
  return phone;
}

const field = (phone: Phone) => phone.host.waitForNode({ tag: 'input' });
const rows = (phone: Phone) => phone.host.page.findAll({ className: 'sr' });

function hitsIn(row: NodeHandle | undefined): string[] {
  return row?.findAll({ className: 'sr-hit' }).map(({ text }) => text) ?? [];
}

describe('the search', () => {
  it('finds people, teams and messages in groups, marks the words, and opens a message', async () => {
    const { world, teams } = stage.emulator;
    world.relations.befriend('anna', 'ben');
    teams.create({ name: '港口小组', owner: 'ben', members: ['anna'] });
    for (let i = 0; i < 120; i++)
      world.sendMessage({
        from: 'ben',
        to: 'anna',
        text: i === 3 ? '明天在港口见' : `第 ${i} 条`,
        createTime: Date.now() - (200 - i) * 60_000,
      });
    const phone = await onSearchPage();
    const { host } = phone;
    (await field(phone)).input('港口');
    await host.waitFor(() => rows(phone).length === 2, { what: 'a team and a message' });
    expect(host.page.findAll({ className: 'sr-title' }).map(({ text }) => text)).toEqual([
      '群聊',
      '聊天记录',
    ]);
    expect(rows(phone).map(hitsIn)).toEqual([['港口'], ['港口']]);
    rows(phone)[1]?.tap();
    await host.waitForPage('packages/chat/index');
    await phone.bubble('明天在港口见');
    host.back();

    await host.waitForPage('packages/search/index');
    (await field(phone)).input('ben');
    await host.waitFor(() => rows(phone).length === 1, { what: 'the person' });
    expect(hitsIn(rows(phone)[0])).toEqual(['ben']);
  });

  it('leads to the search in a chat, which pages, and filters by sender', async () => {
    const { world } = stage.emulator;
    for (let i = 0; i < 45; i++)
      world.sendMessage({
        ...(i % 9 === 0 ? { from: 'anna', to: 'ben' } : { from: 'ben', to: 'anna' }),
        text: `港口 ${i}`,
        createTime: Date.now() - (100 - i) * 60_000,
      });
    const phone = await onSearchPage();
    const { host } = phone;
    (await field(phone)).input('港口');
    await host.waitFor(() => rows(phone).length === 1, { what: 'the chat' });
    rows(phone)[0]?.tap();
    await host.waitForPage('packages/search/chat/index');
    await host.waitFor(() => rows(phone).length === 20, { what: 'the first page' });
    const list = host.page.find({ className: 'search-list' });
    list.scrollToLower();
    await host.waitFor(() => rows(phone).length === 39, { what: 'the second page' });
    list.scrollToLower();
    await host.waitFor(() => rows(phone).length === 45, { what: 'all' });

    host.page.find({ className: 'sr-chip', text: '所有人' }).tap();
    (await host.waitFor(() => phone.wx.ui.actionSheet)).select('我');
    await host.waitFor(() => rows(phone).length === 5, { what: 'the own messages' });
    host.page.find({ className: 'sr-chip', text: '不限时间' }).tap();
    (await host.waitFor(() => phone.wx.ui.actionSheet)).select('7 天内');
    await host.waitFor(() => rows(phone).length === 5, { what: 'the own messages of a week' });
  });

  it('says that nothing was found, and why a search failed, and searches again', async () => {
    const { world, faults } = stage.emulator;
    world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await onSearchPage();
    const { host } = phone;
    (await field(phone)).input('不存在');
    await host.waitForNode({ text: '没有找到“不存在”' });
    faults.add({ kind: 'command', command: '30_26', code: 500, times: 1 });
    faults.add({ kind: 'command', command: '30_27', code: 500, times: 1 });
    (await field(phone)).input('在吗');
    const failed = await host.waitForNode({ className: 'sr-more', text: /没有搜索出来/ });
    failed.tap();
    await host.waitFor(() => rows(phone).length === 1, { what: 'the message' });
  });

  it('opens a chat at a date', async () => {
    const { world } = stage.emulator;
    const DAY = 86_400_000;
    for (let i = 0; i < 80; i++)
      world.sendMessage({
        from: 'ben',
        to: 'anna',
        text: `第 ${i} 条`,
        createTime: new Date(2026, 0, 1, 12).getTime() + i * DAY,
      });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    (await phone.moreItem('more-search')).tap();
    const { host } = phone;
    await host.waitForPage('packages/search/chat/index');
    (await host.waitForNode({ tag: 'picker' })).change('2026-01-11');
    await host.waitForPage('packages/chat/index');
    await phone.bubble('第 10 条');
  });

  it('leads to a date in the open chat, from its panel', async () => {
    const { world } = stage.emulator;
    const DAY = 86_400_000;
    for (let i = 0; i < 80; i++)
      world.sendMessage({
        from: 'ben',
        to: 'anna',
        text: `第 ${i} 条`,
        createTime: new Date(2026, 0, 1, 12).getTime() + i * DAY,
      });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    const { host } = phone;
    await phone.moreItem('more-date');
    const pages = host.stack.length;
    host.page.find({ tag: 'picker' }).change('2026-01-11');
    await phone.bubble('第 10 条');
    expect(host.stack).toHaveLength(pages);
    host.page.find({ tag: 'picker' }).change('2027-01-01');
    await host.waitFor(() => phone.wx.ui.toasts.some(({ title }) => /没有消息/.test(title)), {
      what: 'the reason',
    });
  });
});
