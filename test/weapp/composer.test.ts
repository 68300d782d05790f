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
  it('inserts emoji at the caret in order, and deletes there', async () => {
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
    // After the return to the keyboard the caret has the position from the panel.
    phone.host.page.find({ className: 'composer-emoji' }).tap();
    await phone.host.waitFor(() => Number(field(phone).attr('cursor')) === 2, {
      what: 'the caret',
    });
    phone.host.page.find({ className: 'composer-send' }).tap();
    await phone.bubble('早上，周一见');
  });

  it('has groups, a search in both languages, and the emoji that were used, also after a start', async () => {
    const phone = await stage.phone({ loginCode: 'demo:anna' });
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    await phone.press('微信一键登录');
    await phone.openChat('本');
    await openPanel(phone);
    const { host } = phone;
    const cells = () => host.page.findAll({ className: 'emoji' }).map(({ text }) => text);
    expect(cells()).toEqual(expect.arrayContaining(['👍', '😀', '😂']));
    expect(cells()).not.toContain('🍇');
    (await host.waitForNode({ className: 'emoji-tab', ariaLabel: '食物与饮料' })).tap();
    await host.waitForNode({ className: 'emoji', text: '🍇', ariaLabel: '葡萄' });
    expect(cells()).not.toContain('😀');

    const search = host.page.find({ className: 'emoji-search' });
    search.input('火箭');
    await host.waitFor(() => cells().join('') === '🚀', { what: 'the rocket' });
    search.input('Octop');
    await host.waitFor(() => cells().join('') === '🐙', { what: 'the octopus' });
    search.input('zzzz');
    await host.waitForNode({ className: 'emoji-none', text: '没有找到表情' });
    search.input('octopus');
    await pick(phone, '🐙');
    await becomes(phone, '🐙');
    host.close();

    const next = await stage.phone({ storage: phone.wx.storage });
    await next.openChat('本');
    await openPanel(next);
    expect(next.host.page.find({ className: 'emoji' }).text).toBe('🐙');
  });

  it('says how many characters are too many, and sends the shortened text', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    const text = 'x'.repeat(4999);
    field(phone).input(text);
    field(phone).blur();
    await host.waitForNode({ className: 'composer-count', text: '4999/5000' });
    await openPanel(phone);
    await pick(phone, '😂');
    await host.waitForNode({ className: 'too-long', text: '5001/5000' });
    host.page.find({ className: 'composer-send' }).tap();
    await host.waitFor(() => wx.ui.toast?.title.includes('最多 5000 字，现在是 5001 字'), {
      what: 'the reason',
    });
    expect(field(phone).value).toBe(`${text}😂`);
    host.page.find({ className: 'emoji-back' }).tap();
    await host.waitForNode({ className: 'composer-count', text: '4999/5000' });
    host.page.find({ className: 'composer-send' }).tap();
    await phone.bubble(text);
    expect(host.page.has({ className: 'composer-count' })).toBe(false);
  });
});

describe('a draft of the built package', () => {
  it('is shown in the list, and is there again in the chat and after a start of the app', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone({ loginCode: 'demo:anna' });
    await phone.press('微信一键登录');
    await phone.openChat('本');
    field(phone).input('先写一半[');
    phone.host.back();
    await phone.host.waitForNode({ className: 'conv-preview', text: '[草稿]先写一半[' });
    phone.host.close();
    const next = await stage.phone({ storage: phone.wx.storage });
    await next.openChat('本');
    await becomes(next, '先写一半[');
    (await next.host.waitForNode({ className: 'composer-send' })).tap();
    await next.bubble('先写一半[');
    next.host.back();
    await next.host.waitForNode({ className: 'conv-preview', text: '先写一半[' });
  });
});
