import { autorun } from 'mobx';
import { Presence } from '@/stores/people/presence';
import { FakeClock, settle } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

const LOGIN = 1;
const LOGOUT = 2;
const DISCONNECT = 3;
const WEB = 16;
const IOS = 2;

/** A server that is asked for statuses; it answers each request, and sends a status only when the test says so. */
async function setUp({ refuses = false } = {}) {
  const connection = new FakeConnection();
  const clock = new FakeClock();
  const asked: string[][] = [];
  const dropped: string[][] = [];
  const server = { refuses };
  connection.answers.set('subscribeUserStatus', (option: { accountIds: string[] }) => {
    asked.push(option.accountIds);
    return server.refuses ? Promise.reject({ code: 403 }) : [];
  });
  connection.answers.set('unsubscribeUserStatus', (option: { accountIds: string[] }) => {
    dropped.push(option.accountIds);
    return [];
  });
  const presence = new Presence(connection.asConnection(), clock);
  await connection.online();
  return {
    connection,
    clock,
    asked,
    dropped,
    server,
    presence,
    tell: (accountId: string, statusType: number, fields: object = {}) =>
      connection.emit('subscription', 'onUserStatusChanged', [
        { accountId, statusType, clientType: WEB, publishTime: 1000, ...fields },
      ]),
  };
}

describe('who is asked for', () => {
  test('300 shown people cost three requests of at most 100 accounts; rows passed by a scroll cost none', async () => {
    const { presence, clock, asked } = await setUp();
    for (let i = 0; i < 1000; i++) presence.watch(`passed${i}`)();
    for (let i = 0; i < 300; i++) presence.watch(`p${i}`);
    await clock.advance(250);
    expect(asked.map((each) => each.length)).toEqual([100, 100, 100]);
    expect(new Set(asked.flat()).size).toBe(300);
  });

  test('a person shown at two places is asked for once, and given up 31 s after the last', async () => {
    const { presence, clock, asked, dropped } = await setUp();
    const first = presence.watch('ben');
    const second = presence.watch('ben');
    await clock.advance(1000);
    first();
    await clock.advance(60_000);
    expect(dropped).toEqual([]);
    second();
    await clock.advance(30_000);
    const again = presence.watch('ben');
    await clock.advance(60_000);
    expect(dropped).toEqual([]);
    again();
    await clock.advance(31_300);
    expect(dropped).toEqual([['ben']]);
    expect(new Set(asked.flat())).toEqual(new Set(['ben']));
  });

  test('the subscription is renewed within its hour, and on each new link', async () => {
    const { presence, clock, asked, connection, tell } = await setUp();
    presence.watch('ben');
    await clock.advance(1000);
    tell('ben', LOGIN);
    await clock.advance(49 * 60_000);
    expect(asked).toHaveLength(1);
    await clock.advance(2 * 60_000);
    expect(asked.length).toBeGreaterThan(1);
    const before = asked.length;
    await connection.lose();
    await connection.online();
    await clock.advance(250);
    expect(asked).toHaveLength(before + 1);
  });

  test('after a refusal nothing is asked until the next link', async () => {
    const { presence, clock, asked, connection, server } = await setUp({ refuses: true });
    presence.watch('ben');
    await clock.advance(1000);
    presence.watch('chen');
    await clock.advance(100_000);
    expect(asked).toEqual([['ben']]);
    expect(presence.isOnline('ben')).toBeNull();
    server.refuses = false;
    await connection.lose();
    await connection.online();
    await clock.advance(250);
    expect(asked.at(-1)).toEqual(['ben', 'chen']);
  });

  test('a disposed presence asks nothing and keeps no timer', async () => {
    const { presence, clock, asked } = await setUp();
    presence.watch('ben')();
    presence.watch('chen');
    presence.dispose();
    await clock.advance(4_000_000);
    expect(asked).toEqual([]);
  });
});

describe('what is shown', () => {
  test('a status changes the observers of its account alone', async () => {
    const { presence, clock, tell } = await setUp();
    const seen: unknown[] = [];
    const others: unknown[] = [];
    autorun(() => seen.push(presence.isOnline('ben')));
    autorun(() => others.push(presence.isOnline('chen')));
    presence.watch('ben');
    presence.watch('chen');
    await clock.advance(300);
    tell('ben', LOGIN);
    tell('ben', LOGIN, { publishTime: 1001 });
    tell('ben', LOGOUT, { publishTime: 1002 });
    tell('ben', 20_001, { publishTime: 1003 });
    tell('nobody', LOGIN);
    expect(seen).toEqual([null, true, false]);
    expect(others).toEqual([null]);
  });

  test('a person stays online until the last client has gone; late and repeated statuses change nothing', async () => {
    const { presence, clock, tell } = await setUp();
    presence.watch('ben');
    await clock.advance(300);
    tell('ben', LOGIN, { publishTime: 10 });
    tell('ben', LOGIN, { publishTime: 11, clientType: IOS });
    tell('ben', DISCONNECT, { publishTime: 12 });
    tell('ben', LOGIN, { publishTime: 10 });
    expect(presence.isOnline('ben')).toBe(true);
    tell('ben', LOGOUT, { publishTime: 13, clientType: IOS });
    expect(presence.isOnline('ben')).toBe(false);
  });

  test.each([
    ['{"online":[]}', false],
    ['{"online":[2]}', true],
    ['{"online":"2"}', true],
    ['[', true],
    ['null', true],
    [7, true],
  ])('the server names the clients that are online: %p', async (serverExtension, isOnline) => {
    const { presence, clock, tell } = await setUp();
    presence.watch('ben');
    await clock.advance(300);
    tell('ben', LOGIN, { publishTime: 10, clientType: IOS });
    tell('ben', LOGOUT, { publishTime: 12, serverExtension });
    expect(presence.isOnline('ben')).toBe(isOnline);
  });

  test('a person who left while the link was lost is not shown as online for ever', async () => {
    const { presence, clock, tell, connection, asked } = await setUp();
    presence.watch('ben');
    presence.watch('chen');
    await clock.advance(300);
    tell('ben', LOGIN);
    tell('chen', LOGIN);
    await clock.advance(60_000);
    await connection.lose();
    await connection.online();
    await clock.advance(300);
    tell('chen', LOGIN, { publishTime: 2000 });
    // The server is silent about those who are not online, and about everybody within 30 s: it is asked twice.
    await clock.advance(5000);
    expect(presence.isOnline('ben')).toBe(true);
    await clock.advance(35_000);
    expect(presence.isOnline('ben')).toBeNull();
    expect(presence.isOnline('chen')).toBe(true);
    expect(asked.slice(1)).toEqual([['ben', 'chen'], ['ben']]);
  });

  test('a request that a lost link ended is made again', async () => {
    const { presence, clock, connection, asked } = await setUp();
    connection.answers.delete('subscribeUserStatus');
    presence.watch('ben');
    await clock.advance(300);
    expect(connection.names()).toEqual(['subscribeUserStatus']);
    await connection.lose();
    connection.answers.set('subscribeUserStatus', (option: { accountIds: string[] }) => {
      asked.push(option.accountIds);
      return [];
    });
    await connection.online();
    await settle();
    await clock.advance(300);
    expect(asked).toEqual([['ben']]);
  });
});
