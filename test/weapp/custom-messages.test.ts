import { createHash } from 'node:crypto';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const CUSTOM = 100;

beforeEach(() => {
  const { world } = stage.emulator;
  // The title would say that the other side is online, once that is known.
  world.subscriptions.isEnabled = false;
  world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
  world.relations.befriend('anna', 'ben');
  world.relations.befriend('anna', 'chen');
  world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
});

async function inChat(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

const send = (json: object) =>
  stage.emulator.world.sendMessage({
    from: 'ben',
    to: 'anna',
    messageType: CUSTOM,
    attachment: JSON.stringify(json),
  });

describe('a contact card in a chat of the built package', () => {
  it('is sent from the "+" panel, and opens the page about the person', async () => {
    const phone = await inChat();
    const { host, wx } = phone;
    const ben = await stage.other('ben');
    (await phone.moreItem('more-card')).tap();
    await host.waitForPage('packages/chat/person/index');
    await host.waitFor(() => host.title === '选择联系人', { what: 'the title' });
    const row = await host.waitForNode({ className: 'contact', text: /陈/ });
    row.tap();
    const question = await host.waitFor(() => wx.ui.modal);
    expect(question.content).toBe('发送“陈”的名片？');
    question.confirm();
    await host.waitForPage('packages/chat/index');
    const card = await host.waitForNode({ className: 'cc', text: /陈/ });
    const sent = await host.waitFor(
      () => ben.received.find((each) => each.messageType === CUSTOM),
      {
        what: 'the card at ben',
      },
    );
    const { attachment } = sent;
    expect(JSON.parse((attachment as { raw: string }).raw)).toMatchObject({
      type: 'nameCard',
      account: 'chen',
      name: '陈',
    });
    card.tap();
    await host.waitForNode({ className: 'p-big', text: '陈' });
    host.back();
    await host.waitFor(() => host.title === '本', { what: 'the chat before' });
    host.back();
    await host.waitForNode({ className: 'conv-preview', text: '[名片]' });
  });

  it('is received with one setData of at most 900 bytes, as are the other cards', async () => {
    const phone = await inChat();
    const { host } = phone;
    host.setData.keepJson = true;
    const lines = ['早上好', '收到', '明天见'].map((content) => ({ senderNick: '陈', content }));
    for (const [json, text] of [
      [
        { type: 'nameCard', account: 'chen', name: '陈', avatar: 'https://files.example/c.png' },
        /陈/,
      ],
      [
        { type: 'order', title: '自行车', price: '¥ 1,999', url: 'https://shop.example/o/1' },
        /自行车/,
      ],
      [{ type: 101, data: { url: 'https://files.example/m.txt', abstracts: lines } }, /明天见/],
    ] as const) {
      send({ type: `before-${json.type}` });
      await host.waitForNode({ className: 'bubble', text: `[自定义消息：before-${json.type}]` });
      host.setData.reset();
      send(json);
      await host.waitForNode({ className: 'cc', text });
      const carrying = host.setData.snapshot().log.filter(({ json: sent }) => text.test(sent));
      expect(carrying).toHaveLength(1);
      expect(carrying[0]?.bytes).toBeLessThanOrEqual(900);
    }
  });
});

describe('messages that a kit of Yunxin forwarded together', () => {
  const extension = JSON.stringify({ mergedMessageNickKey: '陈', mergedMessageAvatarKey: '' });
  const put = (name: string, lines: readonly object[]) => {
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    stage.emulator.storage.put(name, { content: Buffer.from(text) });
    const md5 = createHash('md5').update(text).digest('hex');
    return { url: `${new URL(stage.emulator.url).origin}/nos/${name}`, md5 };
  };
  const merged = (data: object) => send({ type: 101, data: { sessionName: '骑行', ...data } });

  it('are opened from their file, level by level', async () => {
    const header = { version: 1, terminal: 'web', message_count: 2 };
    const text = (value: string) => ({ 2: 'chen', 7: Date.now(), 8: 0, 9: value, 15: extension });
    let inner: object = put('level-4.txt', [header, text('第四层')]);
    for (const level of [3, 2, 1])
      inner = put(`level-${level}.txt`, [
        header,
        text(`第${level}层`),
        { 2: 'chen', 8: CUSTOM, 10: JSON.stringify({ type: 101, data: inner }), 15: extension },
      ]);
    merged({ ...inner, abstracts: [{ senderNick: '陈', content: '第1层' }] });
    const phone = await inChat();
    const { host, wx } = phone;
    (await host.waitForNode({ className: 'cc', text: /骑行的聊天记录/ })).tap();
    for (const level of [1, 2, 3]) {
      await host.waitForPage('packages/chat/merged/index');
      await host.waitForNode({ className: 'bubble', text: `第${level}层` });
      expect(host.page.find({ className: 'who' }).text).toContain('陈');
      host.page.find({ className: 'cc' }).tap();
    }
    await host.waitFor(() => wx.ui.toasts.some(({ title }) => /嵌套/.test(String(title))), {
      what: 'the notice of the last level',
    });
    expect(host.page.findAll({ tag: 'textarea' })).toHaveLength(0);
  });

  it.each([
    ['聊天记录已过期或被删除', () => ({ url: put('a.txt', []).url.replace('a.txt', 'none.txt') })],
    [
      '聊天记录与发送时不一致，无法打开',
      () => ({ ...put('a.txt', [{ 8: 0 }]), md5: '0'.repeat(32) }),
    ],
    ['聊天记录已损坏，无法打开', () => put('a.txt', [{ no: 'message' }])],
  ])('say "%s"', async (text, data) => {
    merged(data());
    const phone = await inChat();
    (await phone.host.waitForNode({ className: 'cc' })).tap();
    await phone.host.waitForNode({ text });
  });

  it('say why a file did not load, and can be requested again', async () => {
    merged({ url: 'https://unlisted.example/a.txt' });
    const phone = await inChat();
    phone.wx.options.legalHosts = { downloadFile: [] };
    (await phone.host.waitForNode({ className: 'cc' })).tap();
    await phone.host.waitForNode({ text: '聊天记录没有加载出来' });
    await phone.press('重试');
    await phone.host.waitForNode({ text: '聊天记录没有加载出来' });
  });
});
