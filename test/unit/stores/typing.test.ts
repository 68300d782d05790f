import { autorun } from 'mobx';
import { TypingWatch } from '@/packages/chat/use-typing';
import { Typing } from '@/stores/chat/typing';
import { CONVERSATION, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

jest.mock('@tarojs/taro', () => ({ useDidHide: jest.fn(), useDidShow: jest.fn() }));

const TEAM = 'me|2|7001';

async function setUp() {
  const { connection, host, push } = await openChat();
  const sent: [at: number, conversationId: string, content: string, params: unknown][] = [];
  let answer: () => unknown = () => undefined;
  const start = host.clock.now();
  connection.answers.set(
    'sendCustomNotification',
    (id: string, content: string, params: unknown) => {
      sent.push([host.clock.now() - start, id, content, params]);
      return answer();
    },
  );
  const switched = { isOn: true };
  const typing = new Typing(connection.asConnection(), host.clock, () => switched.isOn);
  return {
    connection,
    clock: host.clock,
    push,
    typing,
    switched,
    sent,
    told: () => sent.map(([at, , content]) => [at, content]),
    answerWith: (next: () => unknown) => (answer = next),
    receive: (fields: object = {}) =>
      connection.emit('notification', 'onReceiveCustomNotifications', [
        {
          senderId: 'peer',
          receiverId: 'me',
          conversationType: 1,
          content: '{"typing":1}',
          ...fields,
        },
      ]),
  };
}

describe('the notices of a writer', () => {
  test('are one each three seconds, and one at the end', async () => {
    const { typing, clock, told, sent } = await setUp();
    for (let i = 0; i < 40; i++) {
      typing.written(CONVERSATION);
      await clock.advance(200);
    }
    typing.stopped(CONVERSATION);
    typing.stopped(CONVERSATION);
    await clock.advance(20_000);
    expect(told()).toEqual([
      [0, '{"typing":1}'],
      [3000, '{"typing":1}'],
      [6000, '{"typing":1}'],
      [8000, '{"typing":0}'],
    ]);
    expect(sent[0]?.slice(1)).toEqual([
      CONVERSATION,
      '{"typing":1}',
      {
        notificationConfig: { offlineEnabled: false, unreadEnabled: false },
        pushConfig: { pushEnabled: false, forcePushAccountIds: [] },
        routeConfig: { routeEnabled: false },
      },
    ]);
  });

  test('end after three seconds without a change, and are not sent twice within three seconds', async () => {
    const { typing, clock, told } = await setUp();
    typing.written(CONVERSATION);
    typing.stopped(CONVERSATION);
    typing.written(CONVERSATION);
    typing.stopped(CONVERSATION);
    await clock.advance(3000);
    typing.written(CONVERSATION);
    await clock.advance(10_000);
    expect(told()).toEqual([
      [0, '{"typing":1}'],
      [0, '{"typing":0}'],
      [3000, '{"typing":1}'],
      [6000, '{"typing":0}'],
    ]);
  });

  test('are none in teams, in a chat with oneself, without a link, and switched off', async () => {
    const { typing, connection, switched, sent } = await setUp();
    typing.written(TEAM);
    typing.written('me|1|me');
    switched.isOn = false;
    typing.written(CONVERSATION);
    switched.isOn = true;
    await connection.lose();
    typing.written(CONVERSATION);
    typing.stopped(CONVERSATION);
    expect(sent).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['refuses', () => Promise.reject(Object.assign(new Error('no'), { code: 403 }))],
    ['gives no answer', () => new Promise(() => undefined)],
  ])('disturb nothing when the SDK %s', async (_, answer) => {
    const { typing, clock, answerWith, told } = await setUp();
    answerWith(answer);
    typing.written(CONVERSATION);
    await clock.advance(20_000);
    expect(told()).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  test('come from edits, and not from the draft that the composer shows at its opening', async () => {
    const { typing, told } = await setUp();
    const watch = new TypingWatch(typing, CONVERSATION, 'half');
    const type = (text: string) => watch.edit({ text, caret: text.length });
    type('half');
    expect(told()).toEqual([]);
    expect(type('half a')).toEqual({ text: 'half a', caret: 6 });
    type('');
    expect(told()).toEqual([
      [0, '{"typing":1}'],
      [0, '{"typing":0}'],
    ]);
  });
});

describe('the notices of the other side', () => {
  test('are shown until five seconds after the last, and changed only at the beginning and the end', async () => {
    const { typing, clock, receive } = await setUp();
    const seen: boolean[] = [];
    autorun(() => seen.push(typing.isTyping(CONVERSATION)));
    typing.watch(CONVERSATION);
    receive();
    await clock.advance(3000);
    receive();
    await clock.advance(4999);
    expect(seen).toEqual([false, true]);
    await clock.advance(1);
    expect(seen).toEqual([false, true, false]);
    receive();
    receive({ content: '{"typing":0}' });
    expect(seen).toEqual([false, true, false, true, false]);
  });

  test('end with a message of the writer, and with the page', async () => {
    const { typing, receive, push } = await setUp();
    const stop = typing.watch(CONVERSATION);
    receive();
    expect(typing.isTyping(CONVERSATION)).toBe(true);
    await push(message({ senderId: 'me' }));
    expect(typing.isTyping(CONVERSATION)).toBe(true);
    await push(message());
    expect(typing.isTyping(CONVERSATION)).toBe(false);
    receive();
    stop();
    expect(typing.isTyping(CONVERSATION)).toBe(false);
    receive();
    expect(typing.isTyping(CONVERSATION)).toBe(false);
  });

  test('are none when switched off', async () => {
    const { typing, receive, switched } = await setUp();
    typing.watch(CONVERSATION);
    switched.isOn = false;
    receive();
    expect(typing.isTyping(CONVERSATION)).toBe(false);
  });

  test.each([
    ['of a team', { conversationType: 2, receiverId: '7001' }],
    ['of another receiver', { receiverId: 'somebody' }],
    ['of another account', { senderId: 'somebody' }],
    ['with another number', { content: '{"typing":2}' }],
    ['with a text for a number', { content: '{"typing":"1"}' }],
    ['that is no JSON', { content: '{typing' }],
    ['that is null', { content: 'null' }],
    ['without content', { content: undefined }],
    ['that is too long', { content: `{"typing":1,"x":"${'x'.repeat(300)}"}` }],
  ])('a notification %s is none', async (_, fields) => {
    const { typing, receive } = await setUp();
    typing.watch(CONVERSATION);
    receive(fields);
    expect(typing.isTyping(CONVERSATION)).toBe(false);
  });
});
