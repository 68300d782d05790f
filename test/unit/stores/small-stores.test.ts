import type { ConnectionManager, ConnectionState, StateChange } from '@/connection';
import { Listeners } from '@/platform';
import { Batcher } from '@/stores/batcher';
import { ConnectionStore } from '@/stores/connection';
import { SettingsStore } from '@/stores/settings';
import { UserStore } from '@/stores/users';
import { FakeClock, settle } from '../fakes/fake-clock';
import { ME } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

describe('Batcher', () => {
  test('the first at once, the rest together ten times a second, none lost', async () => {
    const clock = new FakeClock();
    const batches: number[][] = [];
    const batcher = new Batcher<number>(clock, (items) => batches.push([...items]));
    for (let i = 0; i < 100; i++) {
      batcher.add(i);
      await clock.advance(10);
    }
    await clock.advance(100);
    expect(batches[0]).toEqual([0]);
    expect(batches.length).toBeLessThanOrEqual(12);
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(clock.pending).toBe(0);
  });

  test('flush hands on now, dispose forgets', async () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const batcher = new Batcher<number>(clock, (items) => seen.push(...items));
    batcher.add(1);
    batcher.flush();
    expect(seen).toEqual([1]);
    batcher.add(2);
    batcher.dispose();
    await clock.advance(1000);
    expect(seen).toEqual([1]);
  });
});

describe('ConnectionStore', () => {
  function setUp() {
    const clock = new FakeClock();
    const states = new Listeners<[StateChange]>();
    const manager = {
      state: { name: 'idle' } as ConnectionState,
      on: (event: string, handler: (change: StateChange) => void) =>
        event === 'state' ? states.add(handler) : () => undefined,
    };
    const store = new ConnectionStore(manager as unknown as ConnectionManager, clock);
    const enter = (to: ConnectionState) =>
      states.emit({ from: { name: 'idle' }, to, reason: 'test' });
    return { clock, store, enter };
  }

  test('counts the seconds to the next attempt down, then says connecting, then nothing', async () => {
    const { clock, store, enter } = setUp();
    const until = clock.now() + 2500;
    enter({ name: 'waiting', attempt: 1, delayMs: 2500, until, reason: 192003 });
    expect(store.banner).toEqual({ kind: 'waiting', secondsToNext: 3, code: 192003 });
    await clock.advance(500);
    expect(store.banner).toMatchObject({ secondsToNext: 2 });
    await clock.advance(1000);
    expect(store.banner).toMatchObject({ secondsToNext: 1 });
    enter({ name: 'connecting', attempt: 1 });
    expect(store.banner).toEqual({ kind: 'connecting' });
    enter({ name: 'online' });
    expect(store.banner).toBeNull();
    expect(store.isOnline).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test.each([
    [{ name: 'waiting', attempt: 1, delayMs: 1, until: 1, reason: 600103 }, { kind: 'offline' }],
    [
      { name: 'refused', code: 302 },
      { kind: 'refused', code: 302 },
    ],
    [
      {
        name: 'kicked',
        at: 1,
        detail: { reason: 2, reasonDesc: '', clientType: 0, customClientType: 0 },
      },
      { kind: 'kicked', code: 600102 },
    ],
  ] as [ConnectionState, object][])('%j', (state, banner) => {
    const { store, enter } = setUp();
    enter(state);
    expect(store.banner).toEqual(banner);
  });
});

describe('SettingsStore', () => {
  test('follows the system until the user chooses, and remembers the choice', () => {
    const { platform } = fakePlatform();
    const settings = new SettingsStore(platform);
    expect(settings.language).toBe('zh-CN');
    settings.setSystemTheme('dark');
    expect(settings.theme).toBe('dark');
    settings.chooseLanguage('en');
    settings.chooseTheme('light');
    const again = new SettingsStore(platform);
    again.setSystemTheme('dark');
    expect([again.language, again.theme]).toEqual(['en', 'light']);
    again.chooseTheme(null);
    expect(again.theme).toBe('dark');
  });
});

describe('UserStore', () => {
  function setUp() {
    const connection = new FakeConnection();
    connection.answers.set('getFriendList', () => [{ accountId: 'b', alias: 'Bee' }]);
    return { connection, users: new UserStore(connection.asConnection()) };
  }

  test('asks for all names of a screen in one request, and updates the same entries', async () => {
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

  test('names that could not be fetched are asked for after the next reconnect', async () => {
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

  test('memory is bounded, and who is signed in is known by id', () => {
    const { users } = setUp();
    const first = users.get('u0');
    for (let i = 0; i < 3000; i++) users.get(`u${i}`);
    expect(users.get('u0')).not.toBe(first);
    expect(users.self.accountId).toBe(ME);
  });
});
