import type { BareSdk } from '../harness';
import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const PICKER = 'packages/chat/forward/index';

beforeEach(() => {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.relations.befriend('anna', 'ben');
  world.relations.befriend('anna', 'chen');
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
  (await phone.menuItem(item)).tap();
}

const rowOf = ({ host }: Phone, text: string): NodeHandle | undefined =>
  host.page.findAll({ className: 'msg' }).find((row) => row.text.includes(text));

/** Chooses these conversations in the page, and sends with a comment. */
async function sendTo({ host }: Phone, names: readonly string[], comment = ''): Promise<void> {
  await host.waitForPage(PICKER);
  for (const name of names)
    (await host.waitForNode({ className: 'contact-name', text: name })).closest('contact')?.tap();
  if (comment) host.page.find({ className: 'fw-comment' }).input(comment);
  (await host.waitForNode({ className: 'button', text: `发送（${names.length}）` })).tap();
  await host.waitForPage('packages/chat/index');
}

/** The messages that anna has sent. The sync brings those of the world as well. */
const got = ({ host }: Phone, { received }: BareSdk, count: number) =>
  host.waitFor(
    () => {
      const some = received.filter(({ senderId }) => senderId === 'anna');
      return some.length >= count ? some : undefined;
    },
    { what: `${count} messages` },
  );

describe('forwarding', () => {
  it('sends a message to several conversations, with a comment, and not as the reply that is open', async () => {
    const phone = await inChat();
    const [ben, chen] = [await stage.other('ben'), await stage.other('chen')];
    await fromMenu(phone, 'one', '回复');
    await phone.host.waitForNode({ className: 'strip' });
    await fromMenu(phone, 'two', '转发');
    await phone.host.waitForNode({ className: 'fw-what', text: '转发：two' });
    await sendTo(phone, ['本', '陈'], 'look');
    for (const other of [ben, chen]) {
      const some = await got(phone, other, 2);
      expect(some.map(({ text }) => text)).toEqual(['two', 'look']);
      expect(some[0]?.threadReply).toBeUndefined();
    }
    await phone.host.waitForNode({ className: 'strip' });
  });

  it('sends several messages one by one, in their order', async () => {
    const phone = await inChat();
    const chen = await stage.other('chen');
    await fromMenu(phone, 'three', '多选');
    await phone.host.waitForNode({ className: 'select-bar' });
    rowOf(phone, 'one')?.tap();
    phone.host.page.find({ className: 'select-act', text: '转发' }).tap();
    (await phone.host.waitFor(() => phone.wx.ui.actionSheet)).select(0);
    await sendTo(phone, ['陈']);
    expect((await got(phone, chen, 2)).map(({ text }) => text)).toEqual(['one', 'three']);
    await phone.host.waitForNode({ tag: 'textarea' });
  });

  it('merges messages into a file, whose message is opened here and names what it has', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    const chen = await stage.other('chen');
    await fromMenu(phone, 'one', '多选');
    await host.waitForNode({ className: 'select-bar' });
    rowOf(phone, 'two')?.tap();
    host.page.find({ className: 'select-act', text: '转发' }).tap();
    (await host.waitFor(() => wx.ui.actionSheet)).select(1);
    await sendTo(phone, ['陈', '本']);
    const [message] = await got(phone, chen, 1);
    const { type, data } = JSON.parse((message?.attachment as { raw: string }).raw) as {
      type: number;
      data: Record<string, unknown>;
    };
    expect(type).toBe(101);
    expect(data).toMatchObject({ depth: 1, sessionId: 'ben', sessionName: '本' });
    expect(data.abstracts).toEqual([
      { senderNick: '本', userAccId: 'ben', content: 'one' },
      { senderNick: '本', userAccId: 'ben', content: 'two' },
    ]);
    (await host.waitForNode({ className: 'cc', text: /本的聊天记录/ })).tap();
    await host.waitForPage('packages/chat/merged/index');
    await host.waitForNode({ className: 'bubble', text: 'one' });
    await host.waitForNode({ className: 'bubble', text: 'two' });
  });

  it('says before what cannot be forwarded', async () => {
    stage.emulator.world.sendMessage({
      from: 'ben',
      to: 'anna',
      text: 'later',
      messageType: 99 as never,
    });
    const phone = await inChat();
    const { host, wx } = phone;
    await fromMenu(phone, 'one', '多选');
    await host.waitForNode({ className: 'select-bar' });
    const all = host.page.findAll({ className: 'msg' });
    all.find(({ text }) => !/one|two|three/.test(text))?.tap();
    rowOf(phone, 'two')?.tap();
    host.page.find({ className: 'select-act', text: '转发' }).tap();
    (await host.waitFor(() => wx.ui.actionSheet)).select(0);
    const question = await host.waitFor(() => wx.ui.modal);
    expect(question.content).toBe('此版本不支持的消息 1 条');
    question.confirm();
    await host.waitForNode({ className: 'fw-what', text: '逐条转发 2 条消息' });
  });

  it('is offered again when the file was not uploaded', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    const chen = await stage.other('chen');
    await fromMenu(phone, 'one', '多选');
    await host.waitForNode({ className: 'select-bar' });
    rowOf(phone, 'two')?.tap();
    host.page.find({ className: 'select-act', text: '转发' }).tap();
    (await host.waitFor(() => wx.ui.actionSheet)).select(1);
    await host.waitForPage(PICKER);
    const { legalHosts } = wx.options;
    wx.options.legalHosts = { uploadFile: [] };
    (await host.waitForNode({ className: 'contact-name', text: '陈' })).closest('contact')?.tap();
    (await host.waitForNode({ className: 'button', text: '发送（1）' })).tap();
    await host.waitFor(() => wx.ui.toasts.some(({ title }) => /^未能转发：/.test(String(title))), {
      what: 'the reason',
    });
    if (legalHosts) wx.options.legalHosts = legalHosts;
    else delete wx.options.legalHosts;
    (await host.waitForNode({ className: 'button', text: '发送（1）' })).tap();
    await host.waitForPage('packages/chat/index');
    await got(phone, chen, 1);
  });
});
