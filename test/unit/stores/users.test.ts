import { UserStore } from '@/stores/people/users';
import { settle } from '../fakes/fake-clock';
import { ME } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';

describe('UserStore', () => {
  function setUp() {
    const connection = new FakeConnection();
    connection.answers.set('getFriendList', () => [{ accountId: 'b', alias: 'Bee' }]);
    return { connection, users: new UserStore(connection.asConnection()) };
  }

  test('requests all names of a screen at once, and updates the same entries', async () => {
    const { connection, users } = setUp();
    const [a, b] = [users.get('a'), users.get('b')];
    expect(a.name).toBe('a');
    await connection.online();
    const call = connection.next('getUserList');
    expect(call.args).toEqual([['a', 'b']]);
    call.resolve([
      { accountId: 'a', name: 'Anna' },
      { accountId: 'b', name: 'Ben' },
    ]);
    await settle();
    expect([a.name, b.name]).toEqual(['Anna', 'Bee']);
    expect(users.get('a')).toBe(a);
    connection.emit('user', 'onUserProfileChanged', [{ accountId: 'a', name: 'Anne' }]);
    connection.emit('friend', 'onFriendDeleted', 'b');
    expect([a.name, b.name]).toEqual(['Anne', 'Ben']);
    expect(connection.calls).toEqual([]);
  });

  test('requests names again after the next reconnect when a request failed', async () => {
    const { connection, users } = setUp();
    await connection.online();
    users.get('a');
    await settle();
    await connection.lose();
    await connection.online();
    connection.next('getUserList').resolve([{ accountId: 'a', name: 'Anna' }]);
    await settle();
    expect(users.get('a').name).toBe('Anna');
  });

  test('bounds its memory, and knows the signed-in user by account', () => {
    const { users } = setUp();
    const first = users.get('u0');
    for (let i = 0; i < 3000; i++) users.get(`u${i}`);
    expect(users.get('u0')).not.toBe(first);
    expect(users.self.accountId).toBe(ME);
  });

  test('keeps the entries of all friends, and makes them evictable again when they are no friends', () => {
    const { connection, users } = setUp();
    const ids = Array.from({ length: 3000 }, (_, i) => `f${i}`);
    const friends = users.keep(ids);
    for (let i = 0; i < 3000; i++) users.get(`u${i}`);
    expect(users.get('f0')).toBe(friends[0]);
    connection.emit('user', 'onUserProfileChanged', [{ accountId: 'f0', name: 'Anna' }]);
    expect(friends[0]?.name).toBe('Anna');
    users.keep(ids.slice(1));
    expect(users.get('f0')).toBe(friends[0]);
    for (let i = 0; i < 3000; i++) users.get(`u${i}`);
    expect(users.get('f0')).not.toBe(friends[0]);
  });
});
