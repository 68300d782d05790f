import fc from 'fast-check';
import { autorun } from 'mobx';
import { compareRows } from '@/stores/conversation-row';
import { ConversationStore } from '@/stores/conversations';
import { UserStore } from '@/stores/users';
import type { V2NIMLocalConversation, V2NIMMessage } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { conversation, CONVERSATION, ME, message } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

function setUp(connection = new FakeConnection(), host = fakePlatform()) {
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getFriendList', () => []);
  const users = new UserStore(connection.asConnection());
  const store = new ConversationStore(connection.asConnection(), users, host.platform);
  const list = (all: V2NIMLocalConversation[]) =>
    connection.answers.set('getConversationList', () => ({
      conversationList: all,
      offset: 0,
      finished: true,
    }));
  list([]);
  const changed = async (...all: V2NIMLocalConversation[]) => {
    connection.emit('conversation', 'onConversationChanged', all);
    await host.clock.advance(200);
  };
  const received = (...all: V2NIMMessage[]) => connection.emit('message', 'onReceiveMessages', all);
  return { connection, host, store, list, changed, received };
}

const with_ = (target: string, createTime: number) =>
  message({ conversationId: `${ME}|1|${target}`, senderId: target, createTime });

describe('ConversationStore', () => {
  test('stays sorted, sticky first, whatever changes, and moves only what has to move', async () => {
    const { store, changed } = setUp();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ target: fc.nat(30), time: fc.nat(1000), stickTop: fc.boolean() }), {
          maxLength: 60,
        }),
        async (changes) => {
          for (const { target, time, stickTop } of changes) {
            await changed(conversation(with_(`t${target}`, time), { stickTop }));
            expect(store.rows.slice().sort(compareRows)).toEqual(store.rows.slice());
          }
          expect(new Set(store.rows).size).toBe(store.rows.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('ready after the first sync, with unread counts and their total', async () => {
    const { connection, store, list } = setUp();
    list([
      conversation(with_('a', 10), { unreadCount: 2 }),
      conversation(with_('b', 20), { unreadCount: 3, mute: true }),
    ]);
    expect(store.state).toBe('loading');
    await connection.online();
    expect(store.state).toBe('ready');
    expect(store.rows.map((row) => [row.targetId, row.unread])).toEqual([
      ['b', 3],
      ['a', 2],
    ]);
    expect(store.totalUnread).toBe(2);
  });

  test('a late older push does not replace the newer preview', async () => {
    const { store, changed } = setUp();
    const newer = message({ text: 'newer', createTime: 2000 });
    const older = message({ text: 'older', createTime: 1000 });
    await changed(conversation(newer));
    await changed(conversation(older));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 2000, preview: { text: 'newer' } });
    const newest = message({ text: 'newest', createTime: 3000 });
    await changed(conversation(newest), conversation(older));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 3000, preview: { text: 'newest' } });
    await changed(conversation(newer));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 3000, preview: { text: 'newest' } });
  });

  test('a repeated push is not another unread message', async () => {
    const { connection, store, changed, received } = setUp();
    await connection.online();
    const one = message();
    received(one);
    received(one);
    await changed(conversation(one, { unreadCount: 2 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
    connection.emit('conversation', 'onSyncFinished');
    await changed(conversation(one, { unreadCount: 1 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
  });

  test('a recalled last message leaves its notice, a newer one replaces it', async () => {
    const { connection, store, changed } = setUp();
    const before = message({ text: 'before', createTime: 1000 });
    const last = message({ text: 'oops', createTime: 2000 });
    await changed(conversation(before));
    await changed(conversation(last));
    const { lastMessage } = conversation(last);
    connection.emit('message', 'onMessageRevokeNotifications', [
      { messageRefer: lastMessage?.messageRefer, revokeAccountId: 'peer' },
    ]);
    await changed(conversation(before));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: '', recalledBy: 'peer' });
    await changed(conversation(message({ text: 'after', createTime: 3000 })));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: 'after', recalledBy: null });
  });

  test('a deleted last message gives way to the one before it', async () => {
    const { connection, store, changed } = setUp();
    const before = message({ text: 'before', createTime: 1000 });
    const last = message({ text: 'last', createTime: 2000 });
    await changed(conversation(last));
    connection.emit('message', 'onMessageDeletedNotifications', [
      { messageRefer: conversation(last).lastMessage?.messageRefer },
    ]);
    await changed(conversation(before));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 1000, preview: { text: 'before' } });
  });

  test('read at once on the screen, and told to the server once there is a link', async () => {
    const { connection, store, changed } = setUp();
    await changed(conversation(message(), { unreadCount: 4 }));
    store.markRead(CONVERSATION);
    expect(store.get(CONVERSATION)?.unread).toBe(0);
    expect(connection.calls).toEqual([]);
    await connection.online();
    const call = connection.next('clearUnreadCountByIds');
    await changed(conversation(message(), { unreadCount: 5 }));
    expect(store.get(CONVERSATION)?.unread).toBe(0);
    expect(call.args).toEqual([[CONVERSATION]]);
    await connection.lose();
    call.reject({ code: 192003 });
    await settle();
    await connection.online();
    connection.next('clearUnreadCountByIds').resolve([]);
    await settle();
    await connection.online();
    expect(connection.names()).not.toContain('clearUnreadCountByIds');
  });

  test('the chat on the screen never shows as unread', async () => {
    const { connection, store, changed } = setUp();
    await connection.online();
    store.setActive(CONVERSATION);
    const seen: number[] = [];
    await changed(conversation(message(), { unreadCount: 1 }));
    const stop = autorun(() => seen.push(store.totalUnread));
    await changed(conversation(message(), { unreadCount: 2 }));
    stop();
    expect(seen).toEqual([0]);
    expect(connection.names()).toContain('clearUnreadCountByIds');
    store.setActive(null);
    connection.next('clearUnreadCountByIds').resolve([]);
    await settle();
    connection.next('clearUnreadCountByIds').resolve([]);
    await settle();
    await changed(conversation(message(), { unreadCount: 1 }));
    expect(store.totalUnread).toBe(1);
  });

  test('a burst is one change of the screen', async () => {
    const { connection, host, store } = setUp();
    await connection.online();
    let renders = -1;
    const stop = autorun(() => {
      void store.get(CONVERSATION)?.time;
      void store.rows.map((row) => row.preview);
      renders++;
    });
    for (let i = 0; i < 200; i++) {
      connection.emit('conversation', 'onConversationChanged', [conversation(message())]);
      await host.clock.advance(5);
    }
    stop();
    expect(renders).toBeLessThanOrEqual(12);
  });

  test('the next start shows the last list at once, and the next account nothing of it', async () => {
    const { connection, host, store, changed } = setUp();
    await connection.online();
    await changed(conversation(message({ text: 'hello' }), { name: 'Li', unreadCount: 1 }));
    host.hide();
    store.dispose({ forget: false });
    const again = setUp(new FakeConnection(), host).store;
    expect(again.rows).toHaveLength(1);
    expect(again.rows[0]).toMatchObject({ name: 'Li', unread: 1, preview: { text: 'hello' } });
    again.dispose({ forget: true });
    expect([...host.entries.keys()]).toEqual([]);
    expect(setUp(new FakeConnection(), host).store.rows).toHaveLength(0);
  });

  test('a broken snapshot is as good as none', () => {
    const host = fakePlatform();
    host.entries.set(`yunxin.conversations.${ME}`, '[{"conversationId":7},');
    expect(setUp(new FakeConnection(), host).store.rows).toHaveLength(0);
  });
});
