import { MentionsOfMe } from '@/stores/conversations/mentions-of-me';
import type { V2NIMMessage } from '@/sdk/types';
import { conversation, CONVERSATION, ME, message } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';
import { conversationList } from './fakes/conversation-list';

const calls = (accountId: string, fields: Partial<V2NIMMessage> = {}) =>
  message({
    text: '@Me come',
    serverExtension: JSON.stringify({
      yxAitMsg: { [accountId]: { text: '@Me ', segments: [{ start: 0, end: 3, broken: false }] } },
    }),
    ...fields,
  });

describe('the messages that mention the account', () => {
  const received = (...all: V2NIMMessage[]) => {
    const connection = new FakeConnection();
    const mentions = new MentionsOfMe(connection.asConnection());
    connection.emit('message', 'onReceiveMessages', all);
    const ids = (time = 0) =>
      mentions.after(CONVERSATION, time).map(({ messageClientId }) => messageClientId);
    return { connection, ids };
  };

  test('are those with the account or all, of others, in the order of the server', () => {
    const { ids } = received(
      calls(ME, { messageClientId: 'b', createTime: 20 }),
      calls('ait_all', { messageClientId: 'a', createTime: 10 }),
      calls(ME, { messageClientId: 'b', createTime: 20 }),
      calls('ben', { messageClientId: 'other' }),
      calls(ME, { messageClientId: 'own', senderId: ME }),
      message({ messageClientId: 'plain' }),
      calls(ME, { messageClientId: 'broken', text: 'come' }),
    );
    expect(ids()).toEqual(['a', 'b']);
    expect(ids(10)).toEqual(['b']);
  });

  test('go with their recall, and are 50 at most', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      calls(ME, { messageClientId: `m${i}`, createTime: i + 1 }),
    );
    const { connection, ids } = received(...many);
    expect(ids()).toHaveLength(50);
    expect(ids()[0]).toBe('m10');
    connection.reportRecall(many[59], 'peer');
    expect(ids()).toHaveLength(49);
  });
});

describe('the row of a conversation with a mention', () => {
  test('says so until the mention is read, and not for later messages', async () => {
    const { store, changed, received } = conversationList();
    const first = calls(ME, { createTime: 1000 });
    received(first);
    await changed(conversation(first, { unreadCount: 1 }));
    const row = store.get(CONVERSATION);
    expect(row?.hasMention).toBe(true);

    store.markRead(CONVERSATION);
    expect(row?.hasMention).toBe(false);
    const next = message({ createTime: 2000 });
    received(next);
    await changed(conversation(next, { unreadCount: 1 }));
    expect(row?.unread).toBe(1);
    expect(row?.hasMention).toBe(false);
  });

  test('says so at the sign-in, from the last message', async () => {
    const { store, changed } = conversationList();
    const last = conversation(calls(ME), { unreadCount: 3 });
    Object.assign(last.lastMessage ?? {}, { serverExtension: calls(ME).serverExtension });
    await changed(last);
    expect(store.get(CONVERSATION)?.hasMention).toBe(true);
  });

  test('does not say so where another device has read the mention', async () => {
    const { connection, store, changed, received } = conversationList();
    connection.emit('conversation', 'onConversationReadTimeUpdated', CONVERSATION, 1500);
    received(calls(ME, { createTime: 1000 }));
    await changed(conversation(message({ createTime: 2000 }), { unreadCount: 1 }));
    expect(store.get(CONVERSATION)?.hasMention).toBe(false);
  });

  test('does not say so while the end of its chat is on the screen', async () => {
    const { store, changed, received } = conversationList();
    store.setActive(CONVERSATION, true);
    received(calls(ME));
    await changed(conversation(calls(ME), { unreadCount: 1 }));
    expect(store.get(CONVERSATION)?.hasMention).toBe(false);
  });
});
