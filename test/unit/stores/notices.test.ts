import { Notices, NOTICES_PREFIX } from '@/stores/notices/notices';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

const KEY = `${NOTICES_PREFIX}me`;

function setUp({ entries = new Map<string, string>(), staysSignedIn = true } = {}) {
  const { platform, clock, entries: stored } = fakePlatform();
  for (const [key, value] of entries) stored.set(key, value);
  const connection = new FakeConnection();
  const notices = new Notices(
    connection.asConnection(),
    platform.storage,
    clock,
    () => staysSignedIn,
  );
  return {
    notices,
    stored,
    broadcast: (id: string, content: unknown, timestamp = 1000) =>
      connection.emit('notification', 'onReceiveBroadcastNotifications', [
        { id, senderId: 'operator', timestamp, content },
      ]),
    custom: (content: unknown, fields: object = {}) =>
      connection.emit('notification', 'onReceiveCustomNotifications', [
        {
          senderId: 'ben',
          receiverId: 'me',
          conversationType: 1,
          timestamp: 2000,
          content,
          ...fields,
        },
      ]),
    proxy: (body: unknown, time = 3000) =>
      connection.emit('passthrough', 'onProxyNotify', { fromAccountId: 'shop', body, time }),
    texts: () => notices.list.map(({ text }) => text),
  };
}

describe('notices', () => {
  test('of the three kinds are in one list, newest first, with the number of unread', () => {
    const { notices, broadcast, custom, proxy } = setUp();
    broadcast('1', 'Maintenance at 2');
    custom('{"title":"Order","text":"Sent today"}');
    proxy('{"text":"Paid"}');
    expect(notices.list).toMatchObject([
      { kind: 'proxy', senderId: 'shop', text: 'Paid', time: 3000 },
      { kind: 'custom', senderId: 'ben', title: 'Order', text: 'Sent today', teamId: '' },
      { kind: 'broadcast', text: 'Maintenance at 2', title: '' },
    ]);
    expect(notices.unread).toBe(3);
    notices.markRead();
    expect(notices.unread).toBe(0);
  });

  test('that come twice are there once, also after the user has cleared the list', () => {
    const { notices, broadcast, custom, texts } = setUp();
    for (let i = 0; i < 2; i++) {
      broadcast('1', 'Hello');
      custom('{"text":"Hi"}');
    }
    expect(texts()).toEqual(['Hi', 'Hello']);
    notices.clear();
    broadcast('1', 'Hello');
    custom('{"text":"Hi"}');
    expect(texts()).toEqual([]);
    broadcast('2', 'New', 2500);
    expect(texts()).toEqual(['New']);
  });

  test.each([
    ['{"typing":1}', {}],
    ['{"text":""}', {}],
    ['{"text":7}', {}],
    ['plain', {}],
    ['null', {}],
    [undefined, {}],
    ['x'.repeat(20_000), {}],
    ['{"text":"mine"}', { senderId: 'me' }],
  ])('a custom notification without a text to read is none: %p', (content, fields) => {
    const { custom, texts } = setUp();
    custom(content, fields);
    expect(texts()).toEqual([]);
  });

  test('the text of a push is a text to read; a team is named', () => {
    const { custom, notices } = setUp();
    custom('{"id":9}', {
      pushConfig: { pushContent: 'Come here' },
      conversationType: 2,
      receiverId: '7001',
    });
    expect(notices.list).toMatchObject([{ text: 'Come here', teamId: '7001' }]);
  });

  test('are stored, at most 100 and cut, and read again; without "stay signed in" they are not stored', () => {
    const first = setUp();
    for (let i = 0; i < 150; i++) first.broadcast(String(i), 'x'.repeat(900), i + 1);
    expect(first.notices.list).toHaveLength(100);
    const again = setUp({ entries: first.stored });
    expect(again.notices.list).toHaveLength(100);
    expect(again.notices.list[0]).toMatchObject({ id: '149', text: 'x'.repeat(500) });
    first.notices.clear();
    const cleared = setUp({ entries: first.stored });
    cleared.broadcast('149', 'x', 150);
    expect(cleared.texts()).toEqual([]);
    const guest = setUp({ staysSignedIn: false });
    guest.broadcast('1', 'Hello');
    expect(guest.stored.has(KEY)).toBe(false);
  });

  test.each(['[', 'null', '{"list":[null,{"id":1}],"clearedUntil":"x"}', '7'])(
    'storage of another version is none: %p',
    (stored) => {
      const { notices } = setUp({ entries: new Map([[KEY, stored]]) });
      expect(notices.list).toEqual([]);
    },
  );

  test('one is deleted', () => {
    const { notices, broadcast, texts } = setUp();
    broadcast('1', 'a', 1);
    broadcast('2', 'b', 2);
    notices.remove('1');
    expect(texts()).toEqual(['b']);
  });
});
