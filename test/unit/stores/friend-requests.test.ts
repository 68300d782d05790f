import { FriendRequests, NEW_REQUEST, REQUESTS_PREFIX } from '@/stores/people/friend-requests';
import { memoryStorage } from '../fakes/memory-storage';
import { ME } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';

const KEY = REQUESTS_PREFIX + ME;

function setUp({ stored, stays = true }: { stored?: string; stays?: boolean } = {}) {
  const connection = new FakeConnection();
  const entries = new Map<string, string>(stored === undefined ? [] : [[KEY, stored]]);
  const storage = memoryStorage(entries, () => undefined);
  const requests = new FriendRequests(connection.asConnection(), storage, () => stays);
  const receive = (applicantAccountId: string, timestamp: number, postscript = '') =>
    connection.emit('friend', 'onFriendAddApplication', {
      applicantAccountId,
      recipientAccountId: ME,
      timestamp,
      postscript,
    });
  return { connection, entries, requests, receive };
}

describe('the list of friend requests', () => {
  test('has the newest request of each account, once, and counts what is open and not seen', () => {
    const { requests, receive } = setUp();
    receive('a', 1, 'first');
    receive('b', 2);
    receive('a', 3, 'second');
    receive('a', 3, 'second');
    receive('a', 1, 'first');
    expect(requests.list.map(({ peerId, text }) => peerId + text)).toEqual(['asecond', 'b']);
    expect(requests.unread).toBe(2);
    requests.update(() => true, { read: true });
    expect(requests.unread).toBe(0);
    receive('a', 4, 'third');
    expect(requests.unread).toBe(1);
    requests.setFriends(['x', 'a']);
    expect(requests.list.map(({ state }) => state)).toEqual(['accepted', 'pending']);
    expect(requests.unread).toBe(0);
  });

  test('keeps the newest hundred, with texts of at most 200 characters', () => {
    const { requests, receive, entries } = setUp();
    for (let i = 0; i < 150; i++) receive(`u${i}`, i, 'x'.repeat(5000));
    expect(requests.list).toHaveLength(100);
    expect(requests.list[0]).toMatchObject({ peerId: 'u149', text: 'x'.repeat(200) });
    expect(entries.get(KEY)?.length).toBeLessThan(40_000);
  });

  test('is stored only for a user who stays signed in', () => {
    const { receive, entries } = setUp({ stays: false });
    receive('a', 1);
    expect(entries.size).toBe(0);
  });

  test('leaves out stored values that are no requests', () => {
    const good = { ...NEW_REQUEST, peerId: 'a', incoming: true, time: 1 };
    const bad = [
      null,
      1,
      {},
      { ...good, peerId: 1 },
      { ...good, state: 'x' },
      { ...good, time: '1' },
    ];
    const { requests } = setUp({ stored: JSON.stringify([...bad, good]) });
    expect(requests.list).toEqual([good]);
    for (const stored of ['{', '7', 'null', '{"a":1}'])
      expect(setUp({ stored }).requests.list).toEqual([]);
  });
});
