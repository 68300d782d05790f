import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  return phone;
}

const field = ({ host }: Phone) => host.page.find({ tag: 'textarea' });
const becomes = (phone: Phone, value: string) =>
  phone.host.waitFor(() => field(phone).value === value, { what: `the text ${value}` });

async function openPanel(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'composer-emoji' }).tap();
  await phone.host.waitForNode({ className: 'emoji-panel' });
}

async function pick(phone: Phone, emoji: string): Promise<void> {
  (await phone.host.waitForNode({ className: 'emoji', text: emoji })).tap();
}

describe('the emoji panel of the built package', () => {
  it('puts emoji where the caret was, one behind the other, and deletes there', async () => {
    const phone = await inChat();
    field(phone).input('早上好，周一见');
    field(phone).blur(3);
    await openPanel(phone);
    await pick(phone, '😂');
    await becomes(phone, '早上好😂，周一见');
    await pick(phone, '👍');
    await becomes(phone, '早上好😂👍，周一见');
    phone.host.page.find({ className: 'emoji-back' }).tap();
    phone.host.page.find({ className: 'emoji-back' }).tap();
    phone.host.page.find({ className: 'emoji-back' }).tap();
    await becomes(phone, '早上，周一见');
    // Back to the keyboard: the caret is where the panel left it.
    phone.host.page.find({ className: 'composer-emoji' }).tap();
    await phone.host.waitFor(() => Number(field(phone).attr('cursor')) === 2, {
      what: 'the caret',
    });
    phone.host.page.find({ className: 'composer-send' }).tap();
    await phone.bubble('早上，周一见');
  });

  it('never makes the text longer than 5000', async () => {
    const phone = await inChat();
    field(phone).input('x'.repeat(4999));
    field(phone).blur();
    await openPanel(phone);
    await pick(phone, '😂');
    await phone.host.waitForNode({ className: 'composer-send' });
    phone.host.page.find({ className: 'composer-send' }).tap();
    const sent = await phone.host.waitFor(
      () => phone.bubbles().find((text) => text.startsWith('xxx')),
      { what: 'the long text' },
    );
    expect(sent).toHaveLength(4999);
  });
});
