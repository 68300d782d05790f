import fc from 'fast-check';
import { autorun } from 'mobx';
import { compareRows, type ConversationRecord } from '@/stores/conversation-row';
import { ConversationStore } from '@/stores/conversations';
import { EMPTY_PREVIEW } from '@/stores/preview';
import { UserStore } from '@/stores/users';
import type { V2NIMLocalConversation, V2NIMMessage } from '@/sdk/types';
import { conversation, CONVERSATION, draft, ME, message } from './fakes/builders';
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

const KEY = `yunxin.conversations.${ME}`;
const PREVIEW = { ...EMPTY_PREVIEW, text: 'kept', senderId: 'peer' };
const RECORD: ConversationRecord = {
  conversationId: CONVERSATION,
  name: 'Li',
  avatar: '',
  preview: PREVIEW,
  time: 1000,
  unread: 0,
  stickTop: false,
  muted: false,
};

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

  test('a repeated push is not another unread message, nor in a burst that begins with none unread', async () => {
    const { connection, host, store, received } = setUp();
    await connection.online();
    const state = (unreadCount: number) =>
      connection.emit('conversation', 'onConversationChanged', [
        conversation(one, { unreadCount }),
      ]);
    const one = message({ text: 'once', createTime: 1000 });
    state(0);
    received(one);
    state(1);
    received(one);
    state(2);
    await host.clock.advance(200);
    expect(store.get(CONVERSATION)?.unread).toBe(1);
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

  describe('a last message that was deleted while there was no link', () => {
    const deleted = async () => {
      const stage = setUp();
      const { connection, changed } = stage;
      const before = message({ text: 'before', createTime: 1000 });
      const last = message({ text: 'last', createTime: 2000 });
      await connection.online();
      await changed(conversation(last));
      await connection.lose();
      connection.emit('message', 'onMessageDeletedNotifications', [
        { messageRefer: conversation(last).lastMessage?.messageRefer },
      ]);
      return { ...stage, before, last };
    };
    const text = (store: ConversationStore) => store.get(CONVERSATION)?.preview.text;

    test('gives way to the one before it, which the server is asked for', async () => {
      const { connection, host, store, before, last } = await deleted();
      expect(text(store)).toBe('');
      await connection.online();
      await host.clock.advance(1000);
      // The SDK mixes the deleted one into the page.
      connection.next('getMessageList').resolve([last, before]);
      await host.clock.advance(100);
      expect(text(store)).toBe('before');
    });

    test('is asked for again when the answer is lost', async () => {
      const { connection, host, store, before } = await deleted();
      await connection.online();
      await host.clock.advance(1000);
      connection.next('getMessageList').reject({ code: 192004 });
      await host.clock.advance(10_000);
      connection.next('getMessageList').resolve([before]);
      await host.clock.advance(100);
      expect(text(store)).toBe('before');
    });

    test('needs no question when the SDK names the one before it', async () => {
      const { connection, host, store, changed, before } = await deleted();
      await connection.online();
      await changed(conversation(before));
      await host.clock.advance(5000);
      expect(connection.names()).not.toContain('getMessageList');
      expect(text(store)).toBe('before');
    });
  });

  test('names what comes after a text that the SDK takes for unsent, in the future of a wrong clock', async () => {
    const { connection, store, changed, received } = setUp();
    await connection.online();
    const mine = draft({ text: 'mine', createTime: 9_000_000, sendingState: 2 as never });
    await changed(conversation(mine));
    store.settleOwn(message({ ...mine, createTime: 1000, messageServerId: '1' }));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 1000, preview: { text: 'mine' } });
    received(message({ text: 'newer', createTime: 2000 }));
    await changed(conversation(mine, { unreadCount: 1 }));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 2000, preview: { text: 'newer' } });
  });

  test('names what came while a text was sent with a clock ahead, once the server put that text before it', async () => {
    const { connection, store, changed, received } = setUp();
    await connection.online();
    const mine = draft({ text: 'mine', createTime: 3000, sendingState: 3 as never });
    await changed(conversation(mine));
    received(message({ text: 'newer', createTime: 2000 }));
    await changed(conversation(mine, { unreadCount: 1 }));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: 'mine', status: 'sending' });
    await changed(
      conversation(message({ ...mine, createTime: 1999, sendingState: 1 as never }), {
        unreadCount: 1,
      }),
    );
    expect(store.get(CONVERSATION)).toMatchObject({ time: 2000, preview: { text: 'newer' } });
  });

  test('a message that was on its way while the history was cleared does not stay as the last', async () => {
    const { connection, store, changed } = setUp();
    const mine = draft({ text: 'on its way', createTime: 900, sendingState: 3 as never });
    await changed(conversation(mine));
    expect(store.get(CONVERSATION)?.preview.text).toBe('on its way');
    connection.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime: 2000 },
    ]);
    await changed(conversation(message({ ...mine, createTime: 1500, sendingState: 1 as never })));
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
  });

  test('a conversation deleted by the SDK leaves the list and the snapshot', async () => {
    const { connection, host, store, changed } = setUp();
    await connection.online();
    await changed(conversation(message({ text: 'gone' })));
    connection.emit('conversation', 'onConversationDeleted', [CONVERSATION]);
    expect(store.rows).toHaveLength(0);
    expect(store.get(CONVERSATION)).toBeUndefined();
    host.hide();
    expect(JSON.stringify([...host.entries])).not.toContain('gone');
  });

  test.each([
    ['recalled', { text: '', recalledBy: 'peer' }],
    ['deleted', { text: 'before', recalledBy: null }],
    ['cleared', { text: '', recalledBy: null }],
  ] as const)(
    'a push that comes after it was %s is not named as the last one',
    async (how, right) => {
      const { connection, store, changed } = setUp();
      const before = message({ text: 'before', createTime: 1000 });
      const last = message({ text: 'rude', createTime: 2000 });
      await changed(conversation(before));
      const { messageRefer } = conversation(last).lastMessage ?? {};
      if (how === 'recalled')
        connection.emit('message', 'onMessageRevokeNotifications', [
          { messageRefer, revokeAccountId: 'peer' },
        ]);
      else if (how === 'deleted')
        connection.emit('message', 'onMessageDeletedNotifications', [{ messageRefer }]);
      else
        connection.emit('message', 'onClearHistoryNotifications', [
          { conversationId: CONVERSATION, deleteTime: 2000 },
        ]);
      await changed(conversation(last));
      expect(store.get(CONVERSATION)?.preview).toMatchObject(right);
    },
  );

  test('a resend whose first try had arrived gets its place of then, and the newer one stays named', async () => {
    const { store, changed } = setUp();
    const theirs = message({ text: 'theirs', createTime: 2000 });
    const mine = draft({ text: 'mine', createTime: 9000, sendingState: 3 });
    await changed(conversation(theirs));
    await changed(conversation(mine));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: 'mine', status: 'sending' });
    await changed(conversation({ ...mine, createTime: 1500, sendingState: 1 }));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 2000, preview: { text: 'theirs' } });
  });

  describe('deleting a conversation', () => {
    const CLEAR = { conversationId: CONVERSATION, deleteRoam: true, onlineSync: true };

    test('the row alone: the history is left alone', async () => {
      const { connection, store, changed } = setUp();
      await changed(conversation(message({ createTime: 1000 }), { unreadCount: 1 }));
      const removal = store.remove(CONVERSATION);
      expect(connection.names()).toEqual(['deleteConversation']);
      const call = connection.next('deleteConversation');
      expect(call.args).toEqual([CONVERSATION, false]);
      expect(connection.readHere.get(CONVERSATION)).toBe(1000);
      call.resolve();
      await removal;
      expect(store.rows).toHaveLength(0);
    });

    test('with its history: the history first, and the row stays when that is refused', async () => {
      const { connection, store, changed } = setUp();
      await changed(conversation(message({ createTime: 1000 }), { unreadCount: 1 }));
      const removal = store.remove(CONVERSATION, { clearHistory: true });
      const call = connection.next('clearHistoryMessage');
      expect(call.args).toEqual([CLEAR]);
      call.reject({ code: 416 });
      await expect(removal).rejects.toMatchObject({ code: 416 });
      expect(connection.names()).toEqual([]);
      expect(store.get(CONVERSATION)?.unread).toBe(1);
    });
  });

  describe('read positions', () => {
    const at = (createTime: number) => message({ createTime });
    const tell = (connection: FakeConnection) => connection.next('tell');

    test('what was on the screen is read here at once, and told when there is a link', async () => {
      const { connection, store, changed } = setUp();
      await changed(conversation(at(1000), { unreadCount: 4 }));
      store.seen(CONVERSATION, 1000);
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      expect(connection.readHere.get(CONVERSATION)).toBe(1000);
      expect(connection.calls).toEqual([]);
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('a refused position is told again after growing pauses, then no more', async () => {
      const { connection, host, store, changed } = setUp();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.seen(CONVERSATION, 1000);
      for (const pause of [1000, 2000, 4000]) {
        tell(connection).reject({ code: 416 });
        await host.clock.advance(pause - 1);
        expect(connection.names()).not.toContain('tell');
        await host.clock.advance(1);
      }
      tell(connection).resolve();
      await host.clock.advance(100_000);
      await connection.online();
      expect(connection.names()).not.toContain('tell');
    });

    test('a position lost with the link, or never answered, is told after the next reconnect', async () => {
      const { connection, host, store, changed } = setUp();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.seen(CONVERSATION, 1000);
      tell(connection);
      await host.clock.advance(10_000);
      await connection.lose();
      await host.clock.advance(100_000);
      expect(connection.names()).not.toContain('tell');
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('what came after the last look stays unread, on the server too', async () => {
      const { connection, store, changed, list } = setUp();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.seen(CONVERSATION, 1000);
      list([conversation(at(2000), { unreadCount: 2 })]);
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
      expect(store.get(CONVERSATION)?.unread).toBe(2);
    });

    test('the position never goes back, and a newer one of another device is left alone', async () => {
      const { connection, store, changed } = setUp();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.seen(CONVERSATION, 1000);
      store.seen(CONVERSATION, 900);
      connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 5000);
      await connection.online();
      expect(connection.names()).not.toContain('tell');
    });

    test('marked by hand: up to what the list knows, not by the clock of an unsent message', async () => {
      const { connection, store, changed } = setUp();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 3 }));
      const unsent = draft({ createTime: 9_000_000, sendingState: 3 });
      await changed(conversation(unsent, { unreadCount: 3 }));
      store.markRead(CONVERSATION);
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('another device’s position that overtakes the messages before it: only what came after is unread', async () => {
      const { connection, store, changed, received } = setUp();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 0 }));
      connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 2000);
      received(at(1900));
      await changed(conversation(at(1900), { unreadCount: 1 }));
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      received(at(2100));
      await changed(conversation(at(2100), { unreadCount: 2 }));
      received(at(2000));
      await changed(conversation(at(2100), { unreadCount: 3 }));
      expect(store.get(CONVERSATION)?.unread).toBe(1);
    });

    test('a message that was cleared before it came is not counted', async () => {
      const { connection, store, changed, received } = setUp();
      await connection.online();
      connection.emit('message', 'onClearHistoryNotifications', [
        { conversationId: CONVERSATION, deleteTime: 1500 },
      ]);
      received(at(1400));
      await changed(conversation(at(1400), { unreadCount: 1 }));
      expect(store.totalUnread).toBe(0);
      received(at(1600));
      await changed(conversation(at(1600), { unreadCount: 2 }));
      expect(store.totalUnread).toBe(1);
    });

    // As the SDK counts: with the notice it takes one off, when it counts any; with the late push it adds one.
    test.each(['onMessageRevokeNotifications', 'onMessageDeletedNotifications'])(
      'a message that was taken away before it came is not counted: %s',
      async (event) => {
        const { connection, store, changed, received } = setUp();
        await connection.online();
        const late = at(1400);
        const takeAway = (messageRefer: V2NIMMessage) =>
          connection.emit('message', event, [{ messageRefer }]);
        takeAway(late);
        received(late);
        await changed(conversation(late, { unreadCount: 1 }));
        expect(store.totalUnread).toBe(0);
        received(at(1600));
        await changed(conversation(at(1600), { unreadCount: 2 }));
        expect(store.totalUnread).toBe(1);
        const [later, latest] = [at(1700), at(1800)];
        connection.emit('conversation', 'onConversationChanged', [
          conversation(at(1600), { unreadCount: 1 }),
        ]);
        takeAway(later);
        received(later);
        await changed(conversation(later, { unreadCount: 2 }));
        expect(store.totalUnread).toBe(1);
        // The last one that is counted.
        connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 1700);
        received(latest);
        await changed(conversation(latest, { unreadCount: 1 }));
        expect(store.totalUnread).toBe(1);
        connection.emit('conversation', 'onConversationChanged', [
          conversation(latest, { unreadCount: 0 }),
        ]);
        const last = at(1900);
        takeAway(last);
        received(last);
        await changed(conversation(last, { unreadCount: 1 }));
        expect(store.totalUnread).toBe(1);
      },
    );

    test('a message of the chat on the screen is never shown as unread, and is when nobody looked at it', async () => {
      const { connection, store, changed } = setUp();
      await connection.online();
      store.setActive(CONVERSATION, true);
      const shown: number[] = [];
      await changed(conversation(at(1000), { unreadCount: 1 }));
      const stop = autorun(() => shown.push(store.totalUnread));
      await changed(conversation(at(2000), { unreadCount: 2 }));
      stop();
      expect(shown).toEqual([0]);
      // Nothing of it was shown (no page, or the reader is further up): nothing is told.
      expect(connection.names()).not.toContain('tell');
      store.setActive(CONVERSATION, false);
      expect(store.totalUnread).toBe(2);
    });

    test('two chats on the stack: hiding the lower one does not touch the upper one', async () => {
      const { store, changed } = setUp();
      const other = `${ME}|1|other`;
      store.setActive(other, true);
      store.setActive(CONVERSATION, true);
      store.setActive(other, false);
      await changed(conversation(at(1000), { unreadCount: 1 }));
      expect(store.totalUnread).toBe(0);
    });

    test('a push that was overtaken by one that was read is not counted', async () => {
      const { connection, store, changed, received } = setUp();
      await connection.online();
      await changed(conversation(at(2000), { unreadCount: 1 }));
      store.seen(CONVERSATION, 2000);
      const late = at(1500);
      received(late);
      await changed(conversation(late, { unreadCount: 1 }));
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      await changed(conversation(at(3000), { unreadCount: 2 }));
      expect(store.get(CONVERSATION)?.unread).toBe(1);
    });
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
    host.entries.set(KEY, '[{"conversationId":7},');
    expect(setUp(new FakeConnection(), host).store.rows).toHaveLength(0);
    expect(host.entries.has(KEY)).toBe(false);
  });

  test.each<[string, object]>([
    ['a kind of message that it does not know', { preview: { ...PREVIEW, kind: 'hologram' } }],
    ['no preview', { preview: null }],
    ['a text that is none', { preview: { ...PREVIEW, text: 7 } }],
    ['a state that it does not know', { preview: { ...PREVIEW, status: 'read' } }],
    ['a recall by nobody', { preview: { ...PREVIEW, recalledBy: {} } }],
    ['a name that is none', { name: { first: 'Li' } }],
    ['no avatar', { avatar: undefined }],
    ['a time that is none', { time: '12' }],
    ['fewer than no unread messages', { unread: -1 }],
    ['a mark that is none', { stickTop: 'yes' }],
    ['another account', { conversationId: 'other|1|peer' }],
  ])('a record with %s is not shown, the others are', (_, wrong) => {
    const host = fakePlatform();
    const records = [
      { ...RECORD, ...wrong },
      { ...RECORD, conversationId: `${ME}|1|good` },
    ];
    host.entries.set(KEY, JSON.stringify(records));
    const { rows } = setUp(new FakeConnection(), host).store;
    expect(rows.map(({ targetId }) => targetId)).toEqual(['good']);
  });

  test('a conversation that is in the snapshot twice is one row, which can be changed', async () => {
    const host = fakePlatform();
    host.entries.set(KEY, JSON.stringify([RECORD, { ...RECORD, time: 5 }]));
    const { store, changed } = setUp(new FakeConnection(), host);
    expect(store.rows).toHaveLength(1);
    await changed(conversation(message({ text: 'new', createTime: 9000 })));
    expect(store.rows.map((row) => row.preview.text)).toEqual(['new']);
  });

  test('a storage that refuses everything: the list works, and an old snapshot does not stay', async () => {
    const { connection, host, store, changed } = setUp();
    await changed(conversation(message({ text: 'hello' })));
    host.hide();
    expect(host.entries.get(KEY)).toContain('hello');
    host.refuseStorage((operation) => operation === 'set');
    await changed(conversation(message({ text: 'again' })));
    await host.clock.advance(2000);
    expect(host.entries.has(KEY)).toBe(false);
    host.refuseStorage(() => true);
    await connection.online();
    expect(store.state).toBe('ready');
    expect(() => store.dispose({ forget: true })).not.toThrow();
  });

  test('the snapshot is written when the app is hidden, without waiting', async () => {
    const { host, changed } = setUp();
    await changed(conversation(message({ text: 'just now' })));
    expect(host.entries.has(KEY)).toBe(false);
    host.hide();
    expect(host.entries.get(KEY)).toContain('just now');
  });

  test('nothing is written for a user who does not stay signed in, and what was there goes', async () => {
    const host = fakePlatform();
    host.entries.set(KEY, JSON.stringify([RECORD]));
    const connection = new FakeConnection();
    const users = new UserStore(connection.asConnection());
    const store = new ConversationStore(
      connection.asConnection(),
      users,
      host.platform,
      () => false,
    );
    expect(store.rows).toHaveLength(0);
    connection.emit('conversation', 'onConversationChanged', [conversation(message())]);
    await host.clock.advance(2000);
    host.hide();
    store.dispose({ forget: false });
    expect([...host.entries]).toEqual([]);
  });

  test.each([
    ['recalled', 'onMessageRevokeNotifications'],
    ['deleted', 'onMessageDeletedNotifications'],
  ])('a last message that is %s leaves the snapshot', async (_, event) => {
    const { connection, host, store, changed } = setUp();
    const last = message({ text: 'secret' });
    await changed(conversation(last));
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).toContain('secret');
    const said = [{ messageRefer: conversation(last).lastMessage?.messageRefer }];
    connection.emit('message', event, said);
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).not.toContain('secret');
    store.dispose({ forget: false });
    // The app was closed before the recall: the restored row knows the message by its time alone.
    host.entries.set(
      KEY,
      JSON.stringify([
        { ...RECORD, time: last.createTime, preview: { ...PREVIEW, text: 'secret' } },
      ]),
    );
    const again = setUp(new FakeConnection(), host);
    again.connection.emit('message', event, said);
    expect(again.store.get(CONVERSATION)?.preview.text).toBe('');
  });

  test('a history cleared on another client leaves the list and the snapshot', async () => {
    const { connection, host, store, changed } = setUp();
    const last = message({ text: 'old secret', createTime: 2000 });
    await changed(conversation(last));
    await host.clock.advance(2000);
    connection.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime: 2000 },
    ]);
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
    // The SDK may name the cleared message once more.
    await changed(conversation(last));
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
    await changed(conversation(null));
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).not.toContain('old secret');
    await changed(conversation(message({ text: 'new', createTime: 3000 })));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 3000, preview: { text: 'new' } });
  });

  test('a clearing that is older than the last message leaves it', async () => {
    const { connection, store, changed } = setUp();
    await changed(conversation(message({ text: 'newer', createTime: 2000 })));
    connection.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime: 1999 },
    ]);
    expect(store.get(CONVERSATION)?.preview.text).toBe('newer');
  });

  test('a restored row that the server no longer has is not unread', async () => {
    const host = fakePlatform();
    host.entries.set(KEY, JSON.stringify([{ ...RECORD, unread: 3 }]));
    const { connection, store } = setUp(new FakeConnection(), host);
    expect(store.totalUnread).toBe(3);
    await connection.online();
    expect(store.rows).toHaveLength(1);
    expect(store.totalUnread).toBe(0);
  });
});
