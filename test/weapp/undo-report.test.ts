import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const UNDO_MS = 5000;
/** A tap that deletes: the row is hidden by its class, and the bar comes. */
const HIDE_BYTES = 600;
const SHOW_BYTES = 300;

beforeEach(() => {
  const { world } = stage.emulator;
  for (const text of ['one', 'two', 'three']) world.sendMessage({ from: 'ben', to: 'anna', text });
});

async function inChat(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('three');
  return phone;
}

async function fromMenu(phone: Phone, text: string, item: string): Promise<void> {
  (await phone.bubble(text)).longPress();
  const found = await phone.menuItem(item);
  phone.host.setData.reset();
  found.tap();
}

const shown = ({ host }: Phone) =>
  host.page
    .findAll({ className: 'msg' })
    .filter((row) => !row.classes.includes('gone'))
    .map((row) => row.find({ className: 'bubble' }).text)
    .sort();
const deletions = () => stage.emulator.world.mailbox('anna').deletions.length;

describe('a deleted message', () => {
  it('leaves the screen at once, and comes back with undo', async () => {
    const phone = await inChat();
    const { host } = phone;
    await fromMenu(phone, 'two', '删除');
    await host.waitForNode({ className: 'undo-text', text: '已删除 1 条消息' });
    expect(shown(phone)).toEqual(['one', 'three']);
    const hidden = host.setData.snapshot();
    // One call closes the menu as well.
    expect(hidden.calls).toBeLessThanOrEqual(2);
    expect(hidden.bytes).toBeLessThanOrEqual(HIDE_BYTES);
    host.setData.reset();
    host.elapse(UNDO_MS - 100);
    // The countdown is drawn by the styles.
    expect(host.setData.snapshot().calls).toBe(0);
    (await host.waitForNode({ className: 'undo-act' })).tap();
    await host.waitFor(() => !host.page.has({ className: 'undo' }), { what: 'the end of the bar' });
    expect(shown(phone)).toEqual(['one', 'three', 'two']);
    expect(host.setData.snapshot().calls).toBe(1);
    expect(host.setData.snapshot().bytes).toBeLessThanOrEqual(SHOW_BYTES);
    host.elapse(UNDO_MS);
    expect(stage.emulator.log.requestsOf('30_23')).toBe(0);
  });

  it('is deleted on the server after 5 s', async () => {
    const phone = await inChat();
    const { host } = phone;
    await fromMenu(phone, 'two', '删除');
    await host.waitForNode({ className: 'undo' });
    expect(deletions()).toBe(0);
    host.elapse(UNDO_MS);
    await host.waitFor(() => deletions() === 1, { what: 'the deletion' });
    await host.waitFor(() => phone.bubbles().join() === 'one,three', {
      what: 'the end of the row',
    });
  });

  it.each(['the chat is left', 'the app hides'])('is deleted at once when %s', async (how) => {
    const phone = await inChat();
    const { host } = phone;
    await fromMenu(phone, 'two', '删除');
    await host.waitForNode({ className: 'undo' });
    if (how === 'the app hides') host.hide();
    else host.back();
    await host.waitFor(() => deletions() === 1, { what: 'the deletion' });
  });

  it('comes back with the reason when the server refuses', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    stage.emulator.faults.add({ kind: 'command', command: '30_23', code: 416, times: 1 });
    await fromMenu(phone, 'two', '删除');
    await host.waitForNode({ className: 'undo' });
    host.elapse(UNDO_MS);
    await host.waitFor(() => wx.ui.toast?.title === '操作太频繁，请稍后再试', {
      what: 'the reason',
    });
    await host.waitFor(() => shown(phone).join() === 'one,three,two', { what: 'the message' });
  });
});

describe('a report', () => {
  it('of a message goes to the app server with a chosen reason', async () => {
    const phone = await inChat();
    const { wx, host } = phone;
    await fromMenu(phone, 'two', '举报');
    const sheet = await host.waitFor(() => wx.ui.actionSheet, { what: 'the reasons' });
    expect(sheet.itemList).toHaveLength(6);
    sheet.select('诈骗');
    await host.waitFor(() => wx.ui.toast?.title === '已收到举报，我们会尽快核实', {
      what: 'the thanks',
    });
    expect(stage.emulator.reports).toMatchObject([
      {
        by: 'anna',
        accountId: 'ben',
        reason: 'fraud',
        message: { conversationId: 'anna|1|ben', text: 'two' },
      },
    ]);
  });

  it('that the server refuses says why', async () => {
    const phone = await inChat();
    const { wx, host } = phone;
    const time = Date.now();
    for (let i = 0; i < 20; i++)
      stage.emulator.reports.push({ by: 'anna', accountId: `a${i}`, reason: 'spam', time });
    await fromMenu(phone, 'two', '举报');
    (await host.waitFor(() => wx.ui.actionSheet, { what: 'the reasons' })).select('其他');
    await host.waitFor(() => wx.ui.toast?.title === '操作太频繁，请稍后再试', {
      what: 'the reason',
    });
    expect(stage.emulator.reports).toHaveLength(20);
  });

  it('is not offered without an app server that takes it, nor of an own message', async () => {
    const phone = await inChat();
    await phone.send('mine');
    const offered = async (text: string) => {
      (await phone.bubble(text)).longPress();
      await phone.host.waitForNode({ className: 'menu-mask' });
      const items = phone.host.page.findAll({ className: 'menu-item' }).map((item) => item.text);
      phone.host.page.find({ className: 'menu-mask' }).tap();
      await phone.host.waitFor(() => !phone.host.page.has({ className: 'menu-mask' }));
      return items.includes('举报');
    };
    expect(await offered('two')).toBe(true);
    expect(await offered('mine')).toBe(false);
    stage.emulator.remoteConfig = {};
    const next = await stage.phone();
    await next.signIn('账号密码', 'ben', 'token-ben');
    await next.openChat('安娜');
    (await next.bubble('mine')).longPress();
    await next.menuItem('删除');
    expect(next.host.page.has({ className: 'menu-item', text: '举报' })).toBe(false);
  });

  it('of a person is on the page about the person', async () => {
    const phone = await inChat();
    const { wx, host } = phone;
    void wx.wx.navigateTo({ url: '/packages/people/card/index?account=ben' });
    await host.waitForPage('packages/people/card/index');
    await phone.press('举报');
    (await host.waitFor(() => wx.ui.actionSheet, { what: 'the reasons' })).select('骚扰或辱骂');
    await host.waitFor(() => stage.emulator.reports.length === 1, { what: 'the report' });
    expect(stage.emulator.reports[0]).toMatchObject({ by: 'anna', accountId: 'ben' });
    expect(stage.emulator.reports[0]?.message).toBeUndefined();
  });
});
