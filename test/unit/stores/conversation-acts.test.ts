import { ConversationActs, MARKS_PREFIX } from '@/stores/conversations/conversation-acts';
import { ConversationStore } from '@/stores/conversations/conversations';
import { MUTES_PREFIX } from '@/stores/conversations/timed-mutes';
import { UserStore } from '@/stores/people/users';
import { conversation, CONVERSATION, ME, message } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';
import { settle } from '../fakes/fake-clock';

const HOUR = 3_600_000;
const TEAM = `${ME}|2|77`;
const SUPER_TEAM = `${ME}|3|88`;

async function setUp(host = fakePlatform(), kept = true) {
  const connection = new FakeConnection();
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getFriendList', () => []);
  connection.answers.set('getConversationList', () => ({
    conversationList: [
      conversation(message({ createTime: 10 }), { unreadCount: 2 }),
      conversation(message({ createTime: 20, conversationId: TEAM })),
      conversation(message({ createTime: 30, conversationId: SUPER_TEAM }), { mute: true }),
    ],
    offset: 0,
    finished: true,
  }));
  const users = new UserStore(connection.asConnection());
  const { platform } = host;
  const store = new ConversationStore(connection.asConnection(), users, platform);
  const acts = new ConversationActs(connection.asConnection(), store, platform, () => kept);
  await connection.online();
  const row = (id = CONVERSATION) => {
    const found = store.get(id);
    if (!found) throw new Error('no row');
    return found;
  };
  const stored = (prefix: string) => JSON.parse(host.entries.get(prefix + ME) ?? '[]') as unknown[];
  return { host, connection, store, acts, row, stored };
}

describe('pinning a conversation', () => {
  test('moves the row at once, and back when the server refuses', async () => {
    const { connection, store, acts } = await setUp();
    const first = () => store.rows[0]?.conversationId;
    const act = acts.setStickTop(CONVERSATION, true);
    expect(first()).toBe(CONVERSATION);
    await settle();
    connection.next('stickTopConversation').reject({ code: 416 });
    await expect(act).rejects.toMatchObject({ code: 416 });
    expect(first()).toBe(SUPER_TEAM);
  });

  test.each(['stickTop', 'muted'] as const)(
    '%s is not taken back by a message that comes before the answer',
    async (flag) => {
      const { host, connection, acts, row } = await setUp();
      const act =
        flag === 'stickTop'
          ? acts.setStickTop(CONVERSATION, true)
          : acts.setMuted(CONVERSATION, true);
      await settle();
      const tell = async (value: boolean) => {
        const fields = flag === 'stickTop' ? { stickTop: value } : { mute: value };
        const newest = message({ messageClientId: 'new', createTime: 40 });
        connection.emit('conversation', 'onConversationChanged', [conversation(newest, fields)]);
        await host.clock.advance(500);
      };
      await tell(false);
      expect(row()[flag]).toBe(true);
      const method = flag === 'stickTop' ? 'stickTopConversation' : 'setP2PMessageMuteMode';
      connection.next(method).resolve();
      await act;
      await tell(true);
      expect(row()[flag]).toBe(true);
      // Another client ends it.
      await tell(false);
      expect(row()[flag]).toBe(false);
    },
  );

  test('sends quick changes one after the other, and ends with the last', async () => {
    const { connection, acts, row } = await setUp();
    const pin = acts.setStickTop(CONVERSATION, true);
    const unpin = acts.setStickTop(CONVERSATION, false);
    await settle();
    expect(connection.names()).toEqual(['stickTopConversation']);
    const first = connection.next('stickTopConversation');
    expect(first.args).toEqual([CONVERSATION, true]);
    first.reject({ code: 416 });
    await expect(pin).rejects.toMatchObject({ code: 416 });
    expect(row().stickTop).toBe(false);
    await settle();
    const second = connection.next('stickTopConversation');
    expect(second.args).toEqual([CONVERSATION, false]);
    second.resolve();
    await unpin;
    expect(row().stickTop).toBe(false);
  });

  test('has failed after 10 s without an answer', async () => {
    const { host, acts, row } = await setUp();
    const act = expect(acts.setStickTop(CONVERSATION, true)).rejects.toMatchObject({
      code: 191005,
    });
    await host.clock.advance(10_000);
    await act;
    expect(row().stickTop).toBe(false);
  });
});

describe('muting a conversation', () => {
  test('asks for a person, a team and a super team, and is shown at once', async () => {
    const { connection, acts, row } = await setUp();
    const all = [
      acts.setMuted(CONVERSATION, true),
      acts.setMuted(TEAM, true),
      acts.setMuted(SUPER_TEAM, false),
    ];
    expect([row().muted, row(TEAM).muted, row(SUPER_TEAM).muted]).toEqual([true, true, false]);
    await settle();
    const calls = connection.calls.splice(0);
    expect(calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['setP2PMessageMuteMode', 'peer', 1],
      ['setTeamMessageMuteMode', '77', 1, 1],
      ['setTeamMessageMuteMode', '88', 2, 0],
    ]);
    for (const call of calls) call.resolve();
    await Promise.all(all);
  });

  test('shows the old state when the server refuses, and keeps no end', async () => {
    const { connection, acts, row, stored } = await setUp();
    const act = acts.setMuted(CONVERSATION, true, 5_000_000_000_000);
    await settle();
    connection.next('setP2PMessageMuteMode').reject({ code: 403 });
    await expect(act).rejects.toMatchObject({ code: 403 });
    expect(row().muted).toBe(false);
    expect(acts.muteEndOf(CONVERSATION)).toBe(0);
    expect(stored(MUTES_PREFIX)).toEqual([]);
  });
});

describe('a mute with an end', () => {
  async function muted(until: number, host = fakePlatform()) {
    const all = await setUp(host);
    const act = all.acts.setMuted(CONVERSATION, true, until);
    await settle();
    all.connection.next('setP2PMessageMuteMode').resolve();
    await act;
    return all;
  }

  test('is lifted at its end', async () => {
    const host = fakePlatform();
    const { connection, acts, row, stored } = await muted(host.clock.now() + HOUR, host);
    expect(acts.muteEndOf(CONVERSATION)).toBe(host.clock.now() + HOUR);
    await host.clock.advance(HOUR - 1);
    expect(connection.names()).toEqual([]);
    await host.clock.advance(1);
    const call = connection.next('setP2PMessageMuteMode');
    expect(call.args).toEqual(['peer', 0]);
    call.resolve();
    await settle();
    expect(row().muted).toBe(false);
    expect(stored(MUTES_PREFIX)).toEqual([]);
  });

  test('is lifted by the next start when the end has passed, and again until the server accepts it', async () => {
    const host = fakePlatform();
    const { acts } = await muted(host.clock.now() + HOUR, host);
    acts.dispose({ forget: false });
    await host.clock.advance(5 * HOUR);
    const next = await setUp(host);
    next.connection.next('setP2PMessageMuteMode').reject({ code: 416 });
    await host.clock.advance(1000);
    expect(next.acts.muteEndOf(CONVERSATION)).not.toBe(0);
    next.connection.next('setP2PMessageMuteMode').resolve();
    await settle();
    expect(next.stored(MUTES_PREFIX)).toEqual([]);
  });

  test('has no end any more when it was ended here or on another client', async () => {
    const host = fakePlatform();
    const { connection, acts } = await muted(host.clock.now() + HOUR, host);
    connection.emit('setting', 'onP2PMessageMuteModeChanged', 'peer', 0);
    expect(acts.muteEndOf(CONVERSATION)).toBe(0);
    await host.clock.advance(2 * HOUR);
    expect(connection.names()).toEqual([]);
  });

  test('leaves no end on the device after a sign-out', async () => {
    const host = fakePlatform();
    const { acts, stored } = await muted(host.clock.now() + HOUR, host);
    acts.dispose({ forget: true });
    expect(stored(MUTES_PREFIX)).toEqual([]);
  });
});

describe('the mark "unread"', () => {
  test('counts on the tab, survives a restart, and goes when the chat is opened', async () => {
    const host = fakePlatform();
    const { store, acts, stored } = await setUp(host);
    expect(store.totalUnread).toBe(2);
    acts.markUnread(TEAM);
    expect(store.totalUnread).toBe(3);
    acts.markUnread(SUPER_TEAM);
    expect(store.totalUnread).toBe(3);
    expect(stored(MARKS_PREFIX)).toHaveLength(2);
    acts.dispose({ forget: false });
    const next = await setUp(host);
    expect([...next.store.marked]).toEqual([TEAM, SUPER_TEAM]);
    next.store.setActive(TEAM, true);
    expect([...next.store.marked]).toEqual([SUPER_TEAM]);
    next.store.markRead(SUPER_TEAM);
    expect(next.stored(MARKS_PREFIX)).toEqual([]);
  });

  test('is not stored for users who do not stay signed in, and goes with the sign-out', async () => {
    const host = fakePlatform();
    const guest = await setUp(host, false);
    guest.acts.markUnread(TEAM);
    expect(guest.stored(MARKS_PREFIX)).toEqual([]);
    const { acts, stored } = await setUp(host);
    acts.markUnread(TEAM);
    acts.dispose({ forget: true });
    expect(stored(MARKS_PREFIX)).toEqual([]);
  });
});

describe('clearing all unread', () => {
  test('marks each conversation with unread messages or a mark as read, and tells the server', async () => {
    const { connection, store, acts, row } = await setUp();
    acts.markUnread(TEAM);
    acts.markAllRead();
    expect(store.totalUnread).toBe(0);
    expect(row().unread).toBe(0);
    await settle();
    expect(connection.calls.map(({ args }) => args[0])).toEqual([TEAM, CONVERSATION]);
  });
});
