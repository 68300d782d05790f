import type { BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const TEAM = '7001';
/** Budgets of one setData: a count beside a bubble, the lists of the page, the mark of a row. */
const COUNT_BYTES = 300;
const PAGE_BYTES = 2000;
const MARK_BYTES = 150;

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.teams.createTeam({ teamId: TEAM, name: '项目组', owner: 'anna', members: ['ben', 'chen'] });
  const ben = world.teams.member(TEAM, 'ben');
  if (ben) ben.teamNick = '队长';
  world.sendMessage({ type: 'team', from: 'ben', to: TEAM, text: '开会' });
});

async function inTeam(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('项目组');
  await phone.host.waitFor(() => phone.host.title === '项目组（3）', { what: 'the members' });
  return phone;
}

/** Reports a message of the team as read by the account. */
async function readBy(accountId: string, text: string): Promise<BareSdk> {
  const sdk = await stage.other(accountId);
  const { V2NIMMessageService: messages } = sdk.nim;
  const page = await messages.getMessageList({
    conversationId: `${accountId}|2|${TEAM}`,
    limit: 50,
  });
  const message = page.find((one) => one.text === text);
  if (!message) throw new Error(`${accountId} has no ${text}`);
  await messages.sendTeamMessageReceipts([message]);
  return sdk;
}

const count = ({ host }: Phone, text: string) => host.waitForNode({ className: 'reads', text });
const requests = (command: string) => stage.emulator.log.requestsOf(command);

describe('read marks of a team in the built package', () => {
  it('are a count beside the bubble, in one small setData, and open the page of readers', async () => {
    const phone = await inTeam();
    const { host } = phone;
    await phone.send('好');
    await count(phone, '2 人未读');
    host.setData.keepJson = true;
    host.setData.reset();
    await readBy('ben', '好');
    await count(phone, '1 人已读');
    // The name of a sender can arrive in the meantime, in a setData of its own.
    const log = host.setData.snapshot().log.filter(({ json }) => json.includes('人已读'));
    expect(log).toHaveLength(1);
    expect(log[0]?.bytes).toBeLessThanOrEqual(COUNT_BYTES);

    (await count(phone, '1 人已读')).tap();
    await host.waitForPage('packages/chat/readers/index');
    const names = () => host.page.findAll({ className: 'rd-name' }).map(({ text }) => text);
    await host.waitFor(() => names().join() === '队长', { what: 'the reader' });
    host.page.find({ className: 'rd-tab', text: '未读 1' }).tap();
    await host.waitFor(() => names().join() === '陈', { what: 'the member without a receipt' });
    host.setData.reset();
    await readBy('chen', '好');
    await host.waitForNode({ text: '所有人都已读' });
    const { bytes } = host.setData.snapshot();
    expect(bytes).toBeLessThanOrEqual(PAGE_BYTES);
    host.page.find({ className: 'rd-tab', text: '已读 2' }).tap();
    await host.waitFor(() => names().join() === '陈,队长', { what: 'both readers' });
    host.back();
    await count(phone, '全部已读');
  });

  it('are requested once for a page of own messages, and sent for what was on the screen', async () => {
    const ben = await stage.other('ben');
    const { V2NIMMessageService: messages, V2NIMMessageCreator: creator } = ben.nim;
    for (const text of ['一', '二', '三'])
      await messages.sendMessage(creator.createTextMessage(text), `ben|2|${TEAM}`, {
        messageConfig: { readReceiptEnabled: true },
      });
    const phone = await inTeam();
    await phone.bubble('三');
    await phone.host.waitFor(() => requests('31_28') === 1, { what: 'the receipts' });
    await phone.send('好');
    await count(phone, '2 人未读');
    phone.host.back();
    await phone.openChat('项目组');
    await count(phone, '2 人未读');
    const mine = await stage.phone();
    await mine.signIn('账号密码', 'anna', 'token-anna');
    await mine.openChat('项目组');
    await count(mine, '2 人未读');
    expect(requests('31_29')).toBe(1);
  });

  it('say that the list did not load, and load it with a tap', async () => {
    const phone = await inTeam();
    const { host } = phone;
    await phone.send('好');
    const node = await count(phone, '2 人未读');
    stage.emulator.faults.add({ kind: 'command', command: '31_30', code: 108301, times: 1 });
    node.tap();
    await host.waitForNode({ text: '已读成员没有加载出来' });
    await host.waitForNode({ text: '没有这条消息的已读记录' });
    (await host.waitForNode({ text: '重试' })).tap();
    await host.waitForNode({ text: '还没有人读过' });
  });

  it('can be switched off on the page of the user, and stay off', async () => {
    const phone = await inTeam();
    const { host } = phone;
    await phone.send('好');
    await count(phone, '2 人未读');
    host.back();
    host.tapTab('我');
    (await host.waitForNode({ className: 'cell-title', text: '设置' })).closest('cell')?.tap();
    (await host.waitForNode({ tag: 'switch', ariaLabel: '已读回执' })).tap();
    host.back();
    host.tapTab('消息');
    await phone.openChat('项目组');
    await phone.bubble('好');
    expect(host.page.maybe({ className: 'reads' })).toBeUndefined();
    await phone.send('再见');
    await phone.bubble('再见');
    await host.waitFor(() => !host.page.has({ className: 'spinner' }), { what: 'the answer' });
    expect(host.page.maybe({ className: 'reads' })).toBeUndefined();
  });
});

describe('the row of the last own message', () => {
  it('has a mark when it was sent, and another when it was read, in one setData of few bytes', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    await phone.send('在');
    await phone.bubble('在');
    await host.waitFor(() => !host.page.has({ className: 'spinner' }), { what: 'the answer' });
    host.back();
    await host.waitForNode({ className: 'conv-sent', text: '在' });
    const ben = await stage.other('ben');
    const { V2NIMMessageService: messages } = ben.nim;
    const [last] = await messages.getMessageList({ conversationId: 'ben|1|anna', limit: 1 });
    if (!last) throw new Error('Ben has no message');
    host.setData.reset();
    await messages.sendP2PMessageReceipt(last);
    await host.waitForNode({ className: 'conv-read', text: '在' });
    const { calls, bytes } = host.setData.snapshot();
    expect(calls).toBe(1);
    expect(bytes).toBeLessThanOrEqual(MARK_BYTES);
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '好' });
    await host.waitForNode({ className: 'conv-preview', text: '好' });
    expect(host.page.maybe({ className: 'conv-read' })).toBeUndefined();
  });
});
