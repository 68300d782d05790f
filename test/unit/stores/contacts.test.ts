import { ContactStore } from '@/stores/people/contacts';
import { FriendRequests } from '@/stores/people/friend-requests';
import { UserStore } from '@/stores/people/users';
import { settle } from '../fakes/fake-clock';
import { memoryStorage } from '../fakes/memory-storage';
import { FakeConnection } from './fakes/fake-connection';

const friend = (accountId: string, alias = '') => ({ accountId, alias });

async function setUp(...friends: ReturnType<typeof friend>[]) {
  const connection = new FakeConnection();
  connection.answers.set('getUserList', (ids: string[]) =>
    ids.map((accountId) => ({ accountId, name: `Name of ${accountId}` })),
  );
  connection.answers.set('getFriendList', () => friends);
  const users = new UserStore(connection.asConnection());
  const contacts = new ContactStore(
    connection.asConnection(),
    users,
    new FriendRequests(
      connection.asConnection(),
      memoryStorage(new Map(), () => undefined),
      () => true,
    ),
  );
  await connection.online();
  await settle();
  const names = () => contacts.friends.map(({ name }) => name);
  return { connection, users, contacts, names };
}

describe('ContactStore', () => {
  test('has the friend list after the sync, with names and aliases', async () => {
    const { contacts, names } = await setUp(friend('a'), friend('b', 'Bee'));
    expect(contacts.state).toBe('ready');
    expect(names()).toEqual(['Name of a', 'Bee']);
  });

  test('shows the code of a refused friend list, and loads the list again on request', async () => {
    const { connection, contacts, names } = await setUp(friend('a'));
    connection.answers.set('getFriendList', () => Promise.reject({ code: 416 }));
    await contacts.load();
    expect(contacts.error?.code).toBe(416);
    expect(names()).toEqual(['Name of a']);
    connection.answers.set('getFriendList', () => [friend('a'), friend('b')]);
    await contacts.load();
    expect(contacts.error).toBeNull();
    expect(contacts.friends).toHaveLength(2);
  });

  test('adds a new friend once, and removes a deleted friend with the alias', async () => {
    const { connection, contacts, names, users } = await setUp(friend('a'));
    connection.emit('friend', 'onFriendAdded', friend('b', 'Bee'));
    connection.emit('friend', 'onFriendAdded', friend('b', 'Bee'));
    await settle();
    expect(names()).toEqual(['Name of a', 'Bee']);
    connection.emit('friend', 'onFriendDeleted', 'b', 1);
    expect(contacts.friends.map(({ accountId }) => accountId)).toEqual(['a']);
    expect(users.get('b').name).toBe('Name of b');
  });

  test('shows a changed alias at once, and the name after the alias is removed', async () => {
    const { connection, names } = await setUp(friend('a', 'old'));
    connection.emit('friend', 'onFriendInfoChanged', friend('a', 'new'));
    expect(names()).toEqual(['new']);
    connection.emit('friend', 'onFriendInfoChanged', friend('a', ''));
    expect(names()).toEqual(['Name of a']);
  });
});
