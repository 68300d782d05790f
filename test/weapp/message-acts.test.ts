import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

/** Bytes of a message's row with its acts. */
const ROW_BYTES = 900;

async function inChat(texts: readonly string[]) {
  for (const text of texts) stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  return phone;
}

/** Anna's and Ben's copies of the conversation, as Ben's client has them. */
async function benIn(text: string) {
  const ben = await stage.other('ben');
  const { V2NIMMessageService: messages } = ben.nim;
  const page = await messages.getMessageList({ conversationId: 'ben|1|anna', limit: 50 });
  const message = page.find((one) => one.text === text);
  if (!message) throw new Error(`Ben has no ${text}`);
  return { messages, message };
}

describe('reactions of the built package', () => {
  it('are chosen above the menu, toggled by a tap, and name their accounts', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    (await phone.bubble('你好')).longPress();
    await host.waitForNode({ className: 'menu-mask' });
    host.page.find({ className: 'rx-pick', text: '👍' }).tap();
    await host.waitForNode({ className: 'rx', text: '👍 1' });
    const { messages, message } = await benIn('你好');
    await messages.addQuickComment(message, 1, '');
    const chip = await host.waitForNode({ className: 'rx', text: '👍 2' });
    expect(chip.classes).toContain('on');
    chip.longPress();
    const dialog = await host.waitFor(() => phone.wx.ui.modal, { what: 'the names' });
    expect(dialog.content.split('\n').sort()).toEqual(['我', '本']);
    dialog.confirm();
    chip.tap();
    const mine = await host.waitForNode({ className: 'rx', text: '👍 1' });
    expect(mine.classes).not.toContain('on');
  });

  it('cost one small setData per event', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    const { messages, message } = await benIn('你好');
    const bytes: number[] = [];
    for (const act of ['addQuickComment', 'addQuickComment', 'removeQuickComment'] as const) {
      host.setData.reset();
      await messages[act](message, bytes.length === 1 ? 2 : 1, '');
      await host.waitFor(() => host.setData.snapshot().calls > 0, { what: 'the change' });
      const { log } = host.setData.snapshot();
      expect(log).toHaveLength(1);
      bytes.push(log[0]?.bytes ?? Infinity);
    }
    expect(Math.max(...bytes)).toBeLessThanOrEqual(ROW_BYTES);
  });
});

/** Waits until the server has what was sent: the menu of a message on its way is shorter. */
async function acknowledged({ host }: Phone): Promise<void> {
  const isSent = () =>
    host.page.has({ className: 'sent' }) && !host.page.has({ className: 'spinner' });
  await host.waitFor(isSent, { what: 'the acknowledgement' });
}

describe('edits of the built package', () => {
  it('are made in the composer, labelled, and keep the earlier text', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    await phone.send('以前');
    await acknowledged(phone);
    (await phone.bubble('以前')).longPress();
    (await phone.menuItem('编辑')).tap();
    await host.waitForNode({ className: 'strip-text', text: '编辑 以前' });
    await phone.send('以后');
    const label = await host.waitForNode({ className: 'ed', text: '已编辑' });
    expect(host.page.maybe({ className: 'strip-text' })).toBeUndefined();
    label.tap();
    const dialog = await host.waitFor(() => phone.wx.ui.modal, { what: 'the earlier text' });
    expect(dialog.content).toContain('以前');
    dialog.confirm();
    expect((await benIn('以后')).message.text).toBe('以后');
  });

  it('of the other side change the bubble in place', async () => {
    const phone = await inChat(['以前', '别的']);
    const { messages, message } = await benIn('以前');
    await messages.modifyMessage(message, { text: '以后' });
    await phone.host.waitForNode({ className: 'ed' });
    expect(phone.bubbles()).toEqual(['以后已编辑', '别的']);
  });

  it('are cancelled with the text that was written before', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    await phone.send('以前');
    const field = await host.waitForNode({ tag: 'textarea' });
    field.input('草稿');
    await acknowledged(phone);
    (await phone.bubble('以前')).longPress();
    (await phone.menuItem('编辑')).tap();
    await host.waitFor(() => field.attr('value') === '以前', { what: 'the text to edit' });
    (await host.waitForNode({ className: 'strip-x' })).tap();
    await host.waitFor(() => field.attr('value') === '草稿', { what: 'the draft' });
  });
});

describe('marks of the built package', () => {
  it('tint the message and name the account, for both sides', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    (await phone.bubble('你好')).longPress();
    (await phone.menuItem('标记')).tap();
    await host.waitForNode({ className: 'mk', text: '安娜 标记了这条消息' });
    expect(host.page.maybe({ className: 'pn' })).toBeDefined();
    const { messages, message } = await benIn('你好');
    await messages.unpinMessage(message, '');
    await host.waitFor(() => !host.page.maybe({ className: 'pn' }), { what: 'the unpinning' });
    await messages.pinMessage(message, '');
    await host.waitForNode({ className: 'mk', text: '本 标记了这条消息' });
  });
});

describe('the marked messages of a chat', () => {
  it('are listed with their author and mark, lead to the message, and are unmarked', async () => {
    const phone = await inChat(['先', '后']);
    const { host } = phone;
    const { messages, message } = await benIn('先');
    await messages.pinMessage(message, '');
    (await phone.moreItem('more-pins')).tap();
    await host.waitForPage('packages/chat/pins/index');
    await host.waitForNode({ className: 'kept-line', text: '先' });
    await host.waitForNode({ className: 'kept-note', text: '本 标记了这条消息' });
    (await host.waitForNode({ className: 'kept-text' })).tap();
    await host.waitForPage('packages/chat/index');
    await host.waitForNode({ className: 'tint' });
    host.back();
    await host.waitForPage('packages/chat/pins/index');
    (await host.waitForNode({ className: 'kept-off' })).tap();
    await host.waitForNode({ className: 'empty-title', text: '没有标记的消息' });
  });
});

describe('voice to text', () => {
  it('shows the text below the bubble, hides it, and says why it failed', async () => {
    const phone = await inChat(['你好']);
    const { host } = phone;
    stage.emulator.world.sendMessage({
      from: 'ben',
      to: 'anna',
      text: '',
      messageType: 2,
      attachment: JSON.stringify({ url: 'https://sounds.example/a.mp3', dur: 4000, size: 1000 }),
    });
    const choose = async (text: string) => {
      (await host.waitForNode({ className: 'vo' })).longPress();
      (await phone.menuItem(text)).tap();
    };
    const shown = () => host.page.maybe({ className: 'vt' })?.text ?? '';
    stage.emulator.faults.add({ kind: 'command', command: '29_5', code: 500, times: 1 });
    await choose('转文字');
    await host.waitFor(() => shown().startsWith('没有转换成功'), { what: 'the failure' });
    await choose('转文字');
    await host.waitFor(() => shown() === 'voice of 4 s', { what: 'the text' });
    await choose('收起文字');
    await host.waitFor(() => shown() === '', { what: 'the hidden text' });
  });
});

describe('favourites', () => {
  it('are added by the menu, listed by kind on the page of the user, and deleted', async () => {
    const phone = await inChat(['收好', '别的']);
    const { host } = phone;
    (await phone.bubble('收好')).longPress();
    (await phone.menuItem('收藏')).tap();
    await host.waitFor(() => phone.wx.ui.toast?.title === '已收藏', { what: 'the toast' });
    void phone.wx.wx.navigateTo({ url: '/packages/chat/favourites/index' });
    await host.waitForPage('packages/chat/favourites/index');
    await host.waitForNode({ className: 'kept-line', text: '收好' });
    (await host.waitForNode({ className: 'fav-kind', text: '图片' })).tap();
    await host.waitForNode({ className: 'empty-title', text: '没有收藏' });
    (await host.waitForNode({ className: 'fav-kind', text: '文字' })).tap();
    (await host.waitForNode({ className: 'kept-text' })).tap();
    await host.waitForNode({ className: 'select-text', text: '收好' });
    host.back();
    await host.waitForPage('packages/chat/favourites/index');
    (await host.waitForNode({ className: 'kept-off', text: '删除' })).tap();
    const dialog = await host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    dialog.confirm();
    await host.waitForNode({ className: 'empty-title', text: '没有收藏' });
  });
});
