import fc from 'fast-check';
import { autorun } from 'mobx';
import { compareRows, type ConversationRecord } from '@/stores/conversations/conversation-row';
import { ConversationStore } from '@/stores/conversations/conversations';
import { EMPTY_PREVIEW } from '@/stores/conversations/preview';
import { UserStore } from '@/stores/people/users';
import type { V2NIMMessage } from '@/sdk/types';
import { conversation, CONVERSATION, draft, ME, message } from './fakes/builders';
import { conversationList } from './fakes/conversation-list';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

const with_ = (target: string, createTime: number) =>
  message({ conversationId: `${ME}|1|${target}`, senderId: target, createTime });

const KEY = `yunxin.conversations.${ME}`;
const PREVIEW = { ...EMPTY_PREVIEW, text: 'kept', senderId: 'peer' };
const NOTICE = { change: 'info', targetIds: [], count: 0, isBanned: true, fields: [] };
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
  test('stays sorted with pinned rows first after any change, and moves only the rows that must move', async () => {
    const { store, changed } = conversationList();
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

  test('shows an edit that came before its message', async () => {
    const { connection, store, changed } = conversationList();
    const last = { ...with_('a', 10), text: 'old' };
    connection.emit('message', 'onReceiveMessagesModified', [
      { ...last, text: 'new', modifyTime: 20 },
    ]);
    connection.emit('message', 'onReceiveMessages', [last]);
    await changed(conversation(last));
    expect(store.rows[0]?.preview.text).toBe('new');
  });

  test('is ready after the first sync, with unread counts and their total', async () => {
    const { connection, store, list } = conversationList();
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

  test('keeps the newer preview when an older push arrives late', async () => {
    const { store, changed } = conversationList();
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

  test('counts a repeated push once, also in a burst that starts without unread messages', async () => {
    const { connection, host, store, received } = conversationList();
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

  test('counts a repeated push once', async () => {
    const { connection, store, changed, received } = conversationList();
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

  test('leaves cleared messages that arrive late out of the count, also after the SDK has recounted them', async () => {
    const { connection, store, changed, received } = conversationList();
    await connection.online();
    connection.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime: 2000, serverExtension: '' },
    ]);
    const late = [message({ createTime: 1900 }), message({ createTime: 2000 })] as const;
    for (const one of late) received(one);
    const fresh = message({ createTime: 2001 });
    received(fresh);
    await changed(conversation(fresh, { unreadCount: 3 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
    // The position of another device; the SDK recounts the messages that are newer than the position.
    connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 1900);
    await changed(conversation(fresh, { unreadCount: 2 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
  });

  test('counts all unread messages after a sync that recounts without a message that was read before it came', async () => {
    const { connection, store, changed, received } = conversationList();
    await connection.online();
    const shown = message({ createTime: 1000 });
    received(shown);
    await changed(conversation(shown, { unreadCount: 1 }));
    store.markSeen(CONVERSATION, 1000);
    received(message({ createTime: 999 }));
    const fresh = message({ createTime: 1001 });
    received(fresh);
    await changed(conversation(fresh, { unreadCount: 2 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
    connection.emit('conversation', 'onSyncFinished');
    await changed(conversation(fresh, { unreadCount: 1 }));
    expect(store.get(CONVERSATION)?.unread).toBe(1);
  });

  test('shows the notice of a recalled last message until a newer message arrives', async () => {
    const { connection, store, changed } = conversationList();
    const before = message({ text: 'before', createTime: 1000 });
    const last = message({ text: 'oops', createTime: 2000 });
    await changed(conversation(before));
    await changed(conversation(last));
    const { lastMessage } = conversation(last);
    connection.reportRecall(lastMessage?.messageRefer, 'peer');
    await changed(conversation(before));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: '', recalledBy: 'peer' });
    await changed(conversation(message({ text: 'after', createTime: 3000 })));
    expect(store.get(CONVERSATION)?.preview).toMatchObject({ text: 'after', recalledBy: null });
  });

  test('shows the previous message after the last message was deleted', async () => {
    const { connection, store, changed } = conversationList();
    const before = message({ text: 'before', createTime: 1000 });
    const last = message({ text: 'last', createTime: 2000 });
    await changed(conversation(last));
    connection.reportDeletion(conversation(last).lastMessage?.messageRefer);
    await changed(conversation(before));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 1000, preview: { text: 'before' } });
  });

  describe('a last message that was deleted during a lost link', () => {
    const deleted = async () => {
      const stage = conversationList();
      const { connection, changed } = stage;
      const before = message({ text: 'before', createTime: 1000 });
      const last = message({ text: 'last', createTime: 2000 });
      await connection.online();
      await changed(conversation(last));
      await connection.lose();
      connection.reportDeletion(conversation(last).lastMessage?.messageRefer);
      return { ...stage, before, last };
    };
    const text = (store: ConversationStore) => store.get(CONVERSATION)?.preview.text;

    test('gives way to the previous message, which the store requests from the server', async () => {
      const { connection, host, store, before, last } = await deleted();
      expect(text(store)).toBe('');
      await connection.online();
      await host.clock.advance(1000);
      // The SDK includes the deleted message in the page.
      connection.next('getMessageList').resolve([last, before]);
      await host.clock.advance(100);
      expect(text(store)).toBe('before');
    });

    test('is requested again when the answer is lost', async () => {
      const { connection, host, store, before } = await deleted();
      await connection.online();
      await host.clock.advance(1000);
      connection.next('getMessageList').reject({ code: 192004 });
      await host.clock.advance(10_000);
      connection.next('getMessageList').resolve([before]);
      await host.clock.advance(100);
      expect(text(store)).toBe('before');
    });

    test('needs no request when the SDK names the previous message', async () => {
      const { connection, host, store, changed, before } = await deleted();
      await connection.online();
      await changed(conversation(before));
      await host.clock.advance(5000);
      expect(connection.names()).not.toContain('getMessageList');
      expect(text(store)).toBe('before');
    });
  });

  test('names a message that follows a text with a clock ahead, which the SDK treats as unsent', async () => {
    const { connection, store, changed, received } = conversationList();
    await connection.online();
    const mine = draft({ text: 'mine', createTime: 9_000_000, sendingState: 2 as never });
    await changed(conversation(mine));
    store.acknowledgeOwn(message({ ...mine, createTime: 1000, messageServerId: '1' }));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 1000, preview: { text: 'mine' } });
    received(message({ text: 'newer', createTime: 2000 }));
    await changed(conversation(mine, { unreadCount: 1 }));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 2000, preview: { text: 'newer' } });
  });

  test('names a message that arrived while a text with a clock ahead was sent, once the server put the text before it', async () => {
    const { connection, store, changed, received } = conversationList();
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

  test('does not keep as last message a message that was in flight while the history was cleared', async () => {
    const { connection, store, changed } = conversationList();
    const mine = draft({ text: 'on its way', createTime: 900, sendingState: 3 as never });
    await changed(conversation(mine));
    expect(store.get(CONVERSATION)?.preview.text).toBe('on its way');
    connection.reportClearing(2000);
    await changed(conversation(message({ ...mine, createTime: 1500, sendingState: 1 as never })));
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
  });

  test('removes a conversation that the SDK deleted from the list and the snapshot', async () => {
    const { connection, host, store, changed } = conversationList();
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
    'does not name as last message a push that arrives after it was %s',
    async (how, right) => {
      const { connection, store, changed } = conversationList();
      const before = message({ text: 'before', createTime: 1000 });
      const last = message({ text: 'rude', createTime: 2000 });
      await changed(conversation(before));
      const { messageRefer } = conversation(last).lastMessage ?? {};
      if (how === 'recalled') connection.reportRecall(messageRefer, 'peer');
      else if (how === 'deleted') connection.reportDeletion(messageRefer);
      else connection.reportClearing(2000);
      await changed(conversation(last));
      expect(store.get(CONVERSATION)?.preview).toMatchObject(right);
    },
  );

  test('puts a resend whose first try had arrived at its first time, and still names the newer message', async () => {
    const { store, changed } = conversationList();
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

    test('without its history leaves the history unchanged', async () => {
      const { connection, store, changed } = conversationList();
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

    test('with its history deletes the history first, and the row stays when the server refuses', async () => {
      const { connection, store, changed } = conversationList();
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

    test('set messages on the screen to read at once, and go to the server when there is a link', async () => {
      const { connection, store, changed } = conversationList();
      await changed(conversation(at(1000), { unreadCount: 4 }));
      store.markSeen(CONVERSATION, 1000);
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      expect(connection.readHere.get(CONVERSATION)).toBe(1000);
      expect(connection.calls).toEqual([]);
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('are sent again after growing pauses when refused, up to a limit', async () => {
      const { connection, host, store, changed } = conversationList();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.markSeen(CONVERSATION, 1000);
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

    test('are sent after the next reconnect when lost with the link or never answered', async () => {
      const { connection, host, store, changed } = conversationList();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.markSeen(CONVERSATION, 1000);
      tell(connection);
      await host.clock.advance(10_000);
      await connection.lose();
      await host.clock.advance(100_000);
      expect(connection.names()).not.toContain('tell');
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('leave messages after the last view unread, also on the server', async () => {
      const { connection, store, changed, list } = conversationList();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.markSeen(CONVERSATION, 1000);
      list([conversation(at(2000), { unreadCount: 2 })]);
      await connection.online();
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
      expect(store.get(CONVERSATION)?.unread).toBe(2);
    });

    test('never go back, and do not replace a newer position of another device', async () => {
      const { connection, store, changed } = conversationList();
      await changed(conversation(at(1000), { unreadCount: 1 }));
      store.markSeen(CONVERSATION, 1000);
      store.markSeen(CONVERSATION, 900);
      connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 5000);
      await connection.online();
      expect(connection.names()).not.toContain('tell');
    });

    test('marked by hand follow the newest known message, not the clock of an unsent message', async () => {
      const { connection, store, changed } = conversationList();
      await connection.online();
      await changed(conversation(at(1000), { unreadCount: 3 }));
      const unsent = draft({ createTime: 9_000_000, sendingState: 3 });
      await changed(conversation(unsent, { unreadCount: 3 }));
      store.markRead(CONVERSATION);
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      expect(tell(connection).args).toEqual([CONVERSATION, 1000]);
    });

    test('of another device that overtake earlier messages leave only later messages unread', async () => {
      const { connection, store, changed, received } = conversationList();
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

    test('do not count a message that was cleared before it arrived', async () => {
      const { connection, store, changed, received } = conversationList();
      await connection.online();
      connection.reportClearing(1500);
      received(at(1400));
      await changed(conversation(at(1400), { unreadCount: 1 }));
      expect(store.totalUnread).toBe(0);
      received(at(1600));
      await changed(conversation(at(1600), { unreadCount: 2 }));
      expect(store.totalUnread).toBe(1);
    });

    // As the SDK counts: the notice reduces the count, if there is any; the late push adds to the count.
    test.each(['onMessageRevokeNotifications', 'onMessageDeletedNotifications'])(
      'do not count a message that was removed before it arrived: %s',
      async (event) => {
        const { connection, store, changed, received } = conversationList();
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
        // The last message that counts.
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

    test('never show a message on the screen as unread, and show it as unread when nobody viewed it', async () => {
      const { connection, store, changed } = conversationList();
      await connection.online();
      store.setActive(CONVERSATION, true);
      const shown: number[] = [];
      await changed(conversation(at(1000), { unreadCount: 1 }));
      const stop = autorun(() => shown.push(store.totalUnread));
      await changed(conversation(at(2000), { unreadCount: 2 }));
      stop();
      expect(shown).toEqual([0]);
      // None of it was shown (no page, or the reader is further up): the store sends no position.
      expect(connection.names()).not.toContain('tell');
      store.setActive(CONVERSATION, false);
      expect(store.totalUnread).toBe(2);
    });

    test('of two chats on the page stack: hiding the lower chat does not change the upper chat', async () => {
      const { store, changed } = conversationList();
      const other = `${ME}|1|other`;
      store.setActive(other, true);
      store.setActive(CONVERSATION, true);
      store.setActive(other, false);
      await changed(conversation(at(1000), { unreadCount: 1 }));
      expect(store.totalUnread).toBe(0);
    });

    test('do not count a push that a read message overtook', async () => {
      const { connection, store, changed, received } = conversationList();
      await connection.online();
      await changed(conversation(at(2000), { unreadCount: 1 }));
      store.markSeen(CONVERSATION, 2000);
      const late = at(1500);
      received(late);
      await changed(conversation(late, { unreadCount: 1 }));
      expect(store.get(CONVERSATION)?.unread).toBe(0);
      await changed(conversation(at(3000), { unreadCount: 2 }));
      expect(store.get(CONVERSATION)?.unread).toBe(1);
    });
  });

  test('changes the screen once in a burst', async () => {
    const { connection, host, store } = conversationList();
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

  test('shows the last list at once at the next start, and nothing of it to another account', async () => {
    const { connection, host, store, changed } = conversationList();
    await connection.online();
    await changed(conversation(message({ text: 'hello' }), { name: 'Li', unreadCount: 1 }));
    host.hide();
    store.dispose({ forget: false });
    const again = conversationList(new FakeConnection(), host).store;
    expect(again.rows).toHaveLength(1);
    expect(again.rows[0]).toMatchObject({ name: 'Li', unread: 1, preview: { text: 'hello' } });
    again.dispose({ forget: true });
    expect([...host.entries.keys()]).toEqual([]);
    expect(conversationList(new FakeConnection(), host).store.rows).toHaveLength(0);
  });

  test('treats a broken snapshot as missing', () => {
    const host = fakePlatform();
    host.entries.set(KEY, '[{"conversationId":7},');
    expect(conversationList(new FakeConnection(), host).store.rows).toHaveLength(0);
    expect(host.entries.has(KEY)).toBe(false);
  });

  test.each<[string, object]>([
    ['an unknown kind of message', { preview: { ...PREVIEW, kind: 'hologram' } }],
    ['no preview', { preview: null }],
    ['a text that is not a string', { preview: { ...PREVIEW, text: 7 } }],
    ['an unknown state', { preview: { ...PREVIEW, status: 'read' } }],
    ['a recall by an invalid account', { preview: { ...PREVIEW, recalledBy: {} } }],
    [
      'a notice of an unknown change',
      { preview: { ...PREVIEW, notice: { ...NOTICE, change: 'x' } } },
    ],
    ['a notice without targets', { preview: { ...PREVIEW, notice: { ...NOTICE, targetIds: 7 } } }],
    [
      'a notice with a wrong value',
      { preview: { ...PREVIEW, notice: { ...NOTICE, fields: [{ field: 'name', value: 7 }] } } },
    ],
    ['a name that is not a string', { name: { first: 'Li' } }],
    ['no avatar', { avatar: undefined }],
    ['a time that is not a number', { time: '12' }],
    ['a negative number of unread messages', { unread: -1 }],
    ['a pin that is not a boolean', { stickTop: 'yes' }],
    ['another account', { conversationId: 'other|1|peer' }],
  ])('drops a record with %s and shows the others', (_, wrong) => {
    const host = fakePlatform();
    const records = [
      { ...RECORD, ...wrong },
      { ...RECORD, conversationId: `${ME}|1|good` },
    ];
    host.entries.set(KEY, JSON.stringify(records));
    const { rows } = conversationList(new FakeConnection(), host).store;
    expect(rows.map(({ targetId }) => targetId)).toEqual(['good']);
  });

  test('keeps the notice of a team in the snapshot', () => {
    const host = fakePlatform();
    const fields = [{ field: 'name', value: '骑行' }];
    const preview = { ...PREVIEW, kind: 'notification', notice: { ...NOTICE, fields } };
    host.entries.set(KEY, JSON.stringify([{ ...RECORD, preview }]));
    const { rows } = conversationList(new FakeConnection(), host).store;
    expect(rows.map((row) => row.preview.notice?.fields)).toEqual([fields]);
  });

  test('shows a single, editable row for a conversation that is in the snapshot twice', async () => {
    const host = fakePlatform();
    host.entries.set(KEY, JSON.stringify([RECORD, { ...RECORD, time: 5 }]));
    const { store, changed } = conversationList(new FakeConnection(), host);
    expect(store.rows).toHaveLength(1);
    await changed(conversation(message({ text: 'new', createTime: 9000 })));
    expect(store.rows.map((row) => row.preview.text)).toEqual(['new']);
  });

  test('works with a storage that refuses every call, and does not keep an old snapshot', async () => {
    const { connection, host, store, changed } = conversationList();
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

  test('writes the snapshot without delay when the app is hidden', async () => {
    const { host, changed } = conversationList();
    await changed(conversation(message({ text: 'just now' })));
    expect(host.entries.has(KEY)).toBe(false);
    host.hide();
    expect(host.entries.get(KEY)).toContain('just now');
  });

  test('writes nothing for a user who does not stay signed in, and removes an existing snapshot', async () => {
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
  ])('removes a last message that is %s from the snapshot', async (_, event) => {
    const { connection, host, store, changed } = conversationList();
    const last = message({ text: 'secret' });
    await changed(conversation(last));
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).toContain('secret');
    const said = [{ messageRefer: conversation(last).lastMessage?.messageRefer }];
    connection.emit('message', event, said);
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).not.toContain('secret');
    store.dispose({ forget: false });
    // The app was closed before the recall: the restored row knows the message only by its time.
    host.entries.set(
      KEY,
      JSON.stringify([
        { ...RECORD, time: last.createTime, preview: { ...PREVIEW, text: 'secret' } },
      ]),
    );
    const again = conversationList(new FakeConnection(), host);
    again.connection.emit('message', event, said);
    expect(again.store.get(CONVERSATION)?.preview.text).toBe('');
  });

  test('removes a history cleared on another client from the list and the snapshot', async () => {
    const { connection, host, store, changed } = conversationList();
    const last = message({ text: 'old secret', createTime: 2000 });
    await changed(conversation(last));
    await host.clock.advance(2000);
    connection.reportClearing(2000);
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
    // The SDK may name the cleared message again.
    await changed(conversation(last));
    expect(store.get(CONVERSATION)?.preview.text).toBe('');
    await changed(conversation(null));
    await host.clock.advance(2000);
    expect(host.entries.get(KEY)).not.toContain('old secret');
    await changed(conversation(message({ text: 'new', createTime: 3000 })));
    expect(store.get(CONVERSATION)).toMatchObject({ time: 3000, preview: { text: 'new' } });
  });

  test('keeps the last message on a clearing that is older', async () => {
    const { connection, store, changed } = conversationList();
    await changed(conversation(message({ text: 'newer', createTime: 2000 })));
    connection.reportClearing(1999);
    expect(store.get(CONVERSATION)?.preview.text).toBe('newer');
  });

  test('does not show a restored row as unread when the server no longer has the conversation', async () => {
    const host = fakePlatform();
    host.entries.set(KEY, JSON.stringify([{ ...RECORD, unread: 3 }]));
    const { connection, store } = conversationList(new FakeConnection(), host);
    expect(store.totalUnread).toBe(3);
    await connection.online();
    expect(store.rows).toHaveLength(1);
    expect(store.totalUnread).toBe(0);
  });
});
