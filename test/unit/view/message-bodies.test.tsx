import { renderToStaticMarkup } from 'react-dom/server';
import { BODIES, type Bodies } from '@/components/message/bodies';
import { registerCustom } from '@/components/message/bodies/custom-body';
import type { Body, ContentProps } from '@/components/message/body-props';
import { Bubble } from '@/components/message/bubble';
import { MessageBody } from '@/components/message/message-body';
import { StoresProvider } from '@/components/page/stores-context';
import { MessageType } from '@/sdk/constants';
import type { RootStore } from '@/stores';
import { kindReader, KINDS, readMessage } from '@/stores/messages/kinds';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'div', Image: 'img' }));

const root = {
  settings: { language: 'zh-CN', isOn: () => false },
  account: {
    accountId: 'me',
    nameIn: (_conversationId: string, id: string) => `<${id}>`,
    users: { get: (id: string) => (id === 'ben' ? { alias: '小本', avatar: '' } : {}) },
    conversations: { conversationIdWith: (id: string) => `me|1|${id}` },
  },
} as unknown as RootStore;
const FIELDS = {
  messageClientId: 'm1',
  conversationId: 'me|2|team',
  senderId: 'ben',
  mine: false,
  createTime: Date.now(),
  status: 'sent',
  progress: 100,
} as const;
const actions = { openMenu: () => undefined };

/** The markup of a message without the attributes that all bubbles have. */
function draw(read: { kind: string; content: unknown }, bodies?: Bodies): string {
  const row = { ...FIELDS, ...(read as ReturnType<typeof readMessage>) };
  const markup = renderToStaticMarkup(
    <StoresProvider root={root}>
      <MessageBody row={row} actions={actions} {...(bodies ? { bodies } : {})} />
    </StoresProvider>,
  );
  return markup.replace(' id="b-m1"', '').replace(' data-id="m1"', '');
}

const custom = (json: unknown) =>
  readMessage({ messageType: MessageType.CUSTOM, attachment: { raw: JSON.stringify(json) } });

describe('the view of a message', () => {
  test.each([
    [{ messageType: MessageType.TEXT, text: 'hello' }, '<div class="bubble">hello</div>'],
    [{ messageType: MessageType.IMAGE }, '<div class="bubble bubble-kind">[图片]</div>'],
    [
      { messageType: MessageType.TEXT, text: '[大笑]a.cn!' },
      '<div class="bubble">😄<div class="mark" data-id="m1" data-mark="1" ariaRole="link">a.cn</div>!</div>',
    ],
    [
      { messageType: MessageType.FILE, attachment: { name: '周报.docx', size: 2048 } },
      '<div class="bubble card file f-word"><div class="f-name">周报.docx</div><div class="f-note">2 KB</div></div>',
    ],
    [
      { messageType: MessageType.FILE, attachment: { name: 7, size: -1 } },
      '<div class="bubble card file f-other"><div class="f-name">未命名文件</div><div class="f-note"></div></div>',
    ],
    [
      {
        messageType: MessageType.LOCATION,
        text: '西湖',
        attachment: { latitude: 30.2, longitude: 120.1, address: '杭州市\u202e' },
      },
      '<div class="bubble card loc"><div class="ellipsis">西湖</div><div class="loc-note ellipsis">杭州市</div></div>',
    ],
    [
      {
        messageType: MessageType.LOCATION,
        attachment: { latitude: NaN, longitude: 0, address: '家' },
      },
      '<div class="bubble card loc nowhere"><div class="ellipsis">家</div><div class="loc-note ellipsis">位置无效</div></div>',
    ],
    [
      { messageType: MessageType.LOCATION },
      '<div class="bubble card loc nowhere"><div class="ellipsis">位置</div><div class="loc-note ellipsis">位置无效</div></div>',
    ],
    [{ messageType: 77 }, '<div class="bubble bubble-kind">[暂不支持的消息]</div>'],
    [
      { messageType: MessageType.CALL, attachment: { type: 1, status: 3 } },
      '<div class="bubble rec rec-audio">语音通话 已拒绝</div>',
    ],
    [{ messageType: MessageType.TIPS, text: 'welcome' }, 'welcome'],
    [{ messageType: MessageType.TIPS }, '[提示]'],
    [{ messageType: MessageType.NOTIFICATION, attachment: { type: 2 } }, '&lt;ben&gt;退出了群聊'],
    [{ messageType: MessageType.NOTIFICATION }, '[通知]'],
  ])('%j: %s', (message, markup) => {
    expect(draw(readMessage(message))).toBe(markup);
  });

  test('does not compile when a kind is missing', () => {
    const { text: _text, ...others } = BODIES;
    // @ts-expect-error The view of `text` is missing.
    const incomplete: Bodies = others;
    expect(Object.keys(incomplete)).not.toContain('text');
  });
});

describe('a picture', () => {
  const of = (attachment: object) => readMessage({ messageType: MessageType.IMAGE, attachment });
  const url = 'https://files.example/a.jpg';

  test('has a box of its shape before it is loaded', () => {
    const markup = draw(of({ url, width: 3000, height: 1500 }));
    expect(markup).toContain('class="picture" style="width:180PX;height:90PX"');
    expect(markup).toContain(`src="${url}"`);
  });

  test.each([
    'wxfile://usr/secret.png',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://tmp/a.png',
  ])('of another user at %s is shown by its name', (local) => {
    expect(draw(of({ url: local, width: 3000, height: 1500 }))).toContain('[图片]');
  });

  test('of mine is shown from its file before the upload, with the progress', () => {
    const mine = { mine: true, status: 'sending', progress: 42 };
    const markup = draw({ ...of({ path: 'wxfile://tmp/a.png' }), ...mine });
    expect(markup).toContain('src="wxfile://tmp/a.png"');
    expect(markup).toContain('<div class="picture-progress">42%</div>');
  });
});

describe('a custom message', () => {
  const Vote = ({ row, content, actions: handlers }: ContentProps<{ choice: string }>) => (
    <Bubble row={row} actions={handlers} className="vote">
      {content.choice}
    </Bubble>
  );

  test('of an unknown type says its type, cut to 30 characters', () => {
    expect(draw(custom({ type: 'quiz' }))).toContain('[自定义消息：quiz]');
    expect(draw(custom({ type: 'q'.repeat(99) }))).toContain(`：${'q'.repeat(30)}]`);
    expect(draw(custom({ question: 'Tea?' }))).toContain('[自定义消息]');
  });

  test('of a numeric type is read as the type of its digits', () => {
    expect(draw(custom({ type: 7 }))).toContain('[自定义消息：7]');
    registerCustom(8, { parse: ({ choice }) => ({ choice: String(choice) }), Body: Vote });
    expect(draw(custom({ type: 8, choice: 'tea' }))).toBe('<div class="bubble vote">tea</div>');
    expect(draw(custom({ type: '8', choice: 'tea' }))).toContain('vote');
    for (const type of [null, NaN, {}, [], true])
      expect(draw(custom({ type }))).toContain('[自定义消息]');
  });

  test('with a person shows the friend’s alias, else what the sender knew, else the account', () => {
    const card = (fields: object) => draw(custom({ type: 'nameCard', ...fields }));
    expect(card({ account: 'ben', name: 'Ben' })).toContain('>小本</div>');
    expect(card({ account: 'chen', name: '陈' })).toContain('>陈</div>');
    expect(card({ account: 'chen' })).toMatch(/>chen<.*个人名片 · chen/);
    expect(card({ account: 'chen', avatar: 'https://a/b.png' })).toContain('src="https://a/b.png"');
    expect(card({ account: 'chen', avatar: 'wxfile://a.png' })).not.toContain('<img');
  });

  test.each([{}, { account: '' }, { account: 7 }, { account: 'a|b' }, { account: 'x'.repeat(99) }])(
    'with the person %j says its type',
    (fields) => {
      expect(draw(custom({ type: 'nameCard', ...fields }))).toContain('[自定义消息：nameCard]');
    },
  );

  test('with forwarded messages shows where they are from, and their first lines', () => {
    const abstracts = ['a', 'b', 'c', 'd'].map((content) => ({ senderNick: '陈', content }));
    const data = { url: 'https://files.example/a.txt', sessionName: '骑行', abstracts };
    const markup = draw(custom({ type: 101, data }));
    expect(markup).toContain('骑行的聊天记录');
    expect(markup.match(/陈: [a-d]/g)).toEqual(['陈: a', '陈: b', '陈: c']);
    expect(draw(custom({ type: 101, data: { url: data.url } }))).toContain('>聊天记录<');
    for (const wrong of [undefined, {}, { url: 'javascript:alert(1)' }, { url: 7 }, 'x', []])
      expect(draw(custom({ type: 101, data: wrong }))).toContain('[自定义消息：101]');
  });

  test('of the sample shows title, picture and price, and drops other protocols', () => {
    const order = { type: 'order', title: '自行车', price: '¥ 1,999' };
    const whole = draw(
      custom({ ...order, picture: 'https://a/b.png', url: 'https://shop.example' }),
    );
    expect(whole).toMatch(/b\.png.*自行车.*¥ 1,999.*查看订单/);
    const unsafe = draw(custom({ ...order, picture: 'file:///a', url: 'javascript:alert(1)' }));
    expect(unsafe).not.toMatch(/img|查看订单|javascript/);
    expect(draw(custom({ type: 'order', title: ' ' }))).toContain('[自定义消息：order]');
  });

  test('of a registered type is shown in its view, with wrong fields by its type', () => {
    registerCustom('vote', {
      parse: ({ choice }) => (typeof choice === 'string' ? { choice } : null),
      Body: Vote,
    });
    expect(draw(custom({ type: 'vote', choice: 'tea' }))).toBe(
      '<div class="bubble vote">tea</div>',
    );
    expect(draw(custom({ type: 'vote' }))).toContain('[自定义消息：vote]');
  });
});

test('a further kind is one entry of each table', () => {
  const POLL = 41;
  const PollBody: Body<{ question: string }> = ({ row, content, actions: handlers }) => (
    <Bubble row={row} actions={handlers}>
      {content.question}
    </Bubble>
  );
  const poll = {
    messageType: POLL,
    parse: ({ text = '' }) => ({ question: text }),
    previewKey: null,
  };
  const { read } = kindReader({ ...KINDS, poll });
  const bodies = { ...BODIES, poll: PollBody };
  expect(draw(read({ messageType: POLL, text: 'Tea?' }), bodies)).toBe(
    '<div class="bubble">Tea?</div>',
  );
});
