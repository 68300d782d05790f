import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const LIST = 'pages/conversations/index';
const HOUR = 3_600_000;

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '明天的会改到三点' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('明天的会改到三点');
  return phone;
}

async function remind(phone: Phone, time: string, calendar: boolean): Promise<void> {
  const { host, wx } = phone;
  // A menu that still closes would take the tap.
  await host.waitFor(() => !host.page.findAll({ className: 'menu-mask' })[0], { what: 'no menu' });
  (await phone.bubble('明天的会改到三点')).longPress();
  (await phone.menuItem('提醒')).tap();
  (await host.waitFor(() => wx.ui.actionSheet, { what: 'the times' })).select(time);
  const question = await host.waitFor(() => wx.ui.modal, { what: 'the question' });
  if (calendar) question.confirm();
  else question.cancel();
}

describe('reminders of messages in the built package', () => {
  it('are due in the list after their time, and a tap opens the message', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    await remind(phone, '1 小时后', false);
    host.back();
    await host.waitForPage(LIST);
    expect(host.page.text()).not.toContain('提醒：');
    host.elapse(HOUR + 1000);
    const line = await host.waitForNode({ text: '提醒：本：明天的会改到三点' });
    expect(wx.ui.toasts.map(({ title }) => title)).toContain('提醒：明天的会改到三点');
    expect(wx.media.calendar).toEqual([]);
    line.tap();
    await host.waitForPage('packages/chat/index');
    await phone.bubble('明天的会改到三点');
    host.back();
    await host.waitForPage(LIST);
    await host.waitFor(() => !host.page.text().includes('提醒：'), { what: 'the line to go' });
  });

  it('are written into the calendar of the phone, and a refusal offers the settings', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    const before = Math.floor(Date.now() / 1000);
    await remind(phone, '1 小时后', true);
    const [entry] = await host.waitFor(() => wx.media.calendar.length > 0 && wx.media.calendar, {
      what: 'the entry',
    });
    expect(entry?.title).toBe('本: 明天的会改到三点');
    expect(entry?.startTime).toBeGreaterThanOrEqual(before + 3600);
    expect(entry?.startTime).toBeLessThan(before + 3700);
    // The app answers a reminder before it takes the next.
    await host.waitFor(() => wx.ui.toast?.title === '已加入手机日历', { what: 'the answer' });
    wx.permissions.scopes.set('scope.addPhoneCalendar', false);
    await remind(phone, '1 小时后', true);
    await host.waitFor(() => /设置/.test(wx.ui.modal?.confirmText ?? ''), {
      what: 'the way to the settings',
    });
  });

  it('are listed with their time, deleted there, and go with a recalled message', async () => {
    const phone = await inChat();
    const { host } = phone;
    await remind(phone, '1 小时后', false);
    host.back();
    await host.waitForPage(LIST);
    host.tapTab('我');
    const open = async () =>
      (await host.waitForNode({ className: 'cell-title', text: '消息提醒' }))
        .closest('cell')
        ?.tap();
    await open();
    await host.waitForNode({ className: 'kept-line', text: '明天的会改到三点' });
    host.page.find({ className: 'kept-off' }).tap();
    await host.waitForNode({ text: '没有提醒' });
    host.back();
    host.tapTab(0);
    await phone.openChat('本');
    await remind(phone, '1 小时后', false);
    const ben = await stage.other('ben');
    const { V2NIMMessageService: service } = ben.nim;
    const [sent] = await service.getMessageList({ conversationId: 'ben|1|anna', limit: 1 });
    if (!sent) throw new Error('no message');
    await service.revokeMessage(sent);
    host.back();
    host.tapTab('我');
    await open();
    await host.waitForNode({ text: '没有提醒' });
  });
});
