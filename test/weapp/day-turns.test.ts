import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const DAY = 86_400_000;
const CLOCK = /^\d\d:\d\d$/;

const textOf = (phone: Phone, className: string) => phone.host.page.find({ className }).text;

describe('time labels of the built package at midnight', () => {
  it('change to "yesterday" in the list and in the chat', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await host.waitForNode({ className: 'conv-time', text: CLOCK });
    await phone.openChat('本');
    await phone.bubble('在吗');
    expect(textOf(phone, 'msg-time')).toMatch(CLOCK);

    // Timers are suspended with the app; the label is updated when the page is shown.
    host.hide({ suspend: true });
    host.elapse(DAY);
    host.show();
    await host.waitForNode({ className: 'msg-time', text: /^昨天 \d\d:\d\d$/ });
    host.back();
    await host.waitForNode({ className: 'conv-time', text: '昨天' });

    // With the app in the foreground the timer at midnight updates the label.
    host.elapse(DAY);
    await host.waitForNode({ className: 'conv-time', text: /^星期/ });
  });
});
