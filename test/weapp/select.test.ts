import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const UNDO_MS = 5000;

beforeEach(() => {
  const { world } = stage.emulator;
  world.relations.befriend('anna', 'ben');
  for (const text of ['one', 'two', 'three', 'four'])
    world.sendMessage({ from: 'ben', to: 'anna', text });
});

const log = () => stage.emulator.world.serverLog('p2p', 'anna', 'ben').map(({ text }) => text);

async function inChat(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('four');
  return phone;
}

async function fromMenu(phone: Phone, text: string, item: string): Promise<void> {
  (await phone.bubble(text)).longPress();
  (await phone.menuItem(item)).tap();
}

const rowOf = ({ host }: Phone, text: string) =>
  host.page.findAll({ className: 'msg' }).find((row) => row.text.includes(text));

describe('several messages of a chat', () => {
  test('are chosen with one small setData each, and deleted together', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    await fromMenu(phone, 'one', '多选');
    await host.waitForNode({ className: 'select-count', text: '已选择 1 条' });
    expect(host.page.has({ tag: 'textarea' })).toBe(false);
    host.setData.reset();
    rowOf(phone, 'three')?.tap();
    await host.waitForNode({ className: 'select-count', text: '已选择 2 条' });
    const { calls, bytes } = host.setData.snapshot();
    expect(calls).toBe(1);
    expect(bytes).toBeLessThanOrEqual(300);
    rowOf(phone, 'four')?.tap();
    rowOf(phone, 'four')?.tap();
    host.page.find({ className: 'select-delete' }).tap();
    await host.waitForNode({ className: 'undo-text', text: '已删除 2 条消息' });
    expect(wx.ui.modal).toBeUndefined();
    host.elapse(UNDO_MS);
    await host.waitFor(() => phone.bubbles().length === 2, { what: 'the deletions' });
    expect(phone.bubbles()).toEqual(['two', 'four']);
    await host.waitForNode({ tag: 'textarea' });
    const tablet = await stage.other('anna');
    const page = await tablet.nim.V2NIMMessageService.getMessageList({
      conversationId: 'anna|1|ben',
      limit: 10,
      direction: 1,
    });
    expect(page.map(({ text }) => text)).toEqual(['two', 'four']);
    expect(log()).toEqual(['one', 'two', 'three', 'four']);
  });

  test('of which none is left are not asked about, and cancel leads back', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    await fromMenu(phone, 'one', '多选');
    await host.waitForNode({ className: 'select-count', text: '已选择 1 条' });
    rowOf(phone, 'one')?.tap();
    await host.waitForNode({ className: 'select-count', text: '已选择 0 条' });
    host.page.find({ className: 'select-delete' }).tap();
    host.page.find({ className: 'select-act', text: '取消' }).tap();
    await host.waitForNode({ tag: 'textarea' });
    expect(wx.ui.modal).toBeUndefined();
    expect(phone.bubbles()).toHaveLength(4);
  });
});
