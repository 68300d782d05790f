import { autorun } from 'mobx';
import { ConversationStore } from '@/stores/conversations';
import { MessageStore } from '@/stores/messages';
import { RE_EDIT_MS } from '@/stores/re-edits';
import { UserStore } from '@/stores/users';
import type { V2NIMMessage } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { conversation, CONVERSATION, draft, ME, message } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

async function setUp(log: V2NIMMessage[] = [], { online = true } = {}) {
  const connection = new FakeConnection();
  const host = fakePlatform();
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getFriendList', () => []);
  connection.answers.set('getConversationList', () => ({
    conversationList: [],
    offset: 0,
    finished: true,
  }));
  connection.answers.set('getP2PMessageReceipt', () => ({ timestamp: 0 }));
  connection.answers.set('tell', () => undefined);
  connection.serveHistory(log);
  Object.assign(connection.services, {
    messageCreator: { createTextMessage: (text: string) => draft({ text }) },
  });
  const users = new UserStore(connection.asConnection());
  const conversations = new ConversationStore(connection.asConnection(), users, host.platform);
  const messages = new MessageStore(connection.asConnection(), conversations, host.platform);
  if (online) await connection.online();
  const chat = messages.open(CONVERSATION);
  await settle();
  const push = async (...all: V2NIMMessage[]) => {
    connection.emit('message', 'onReceiveMessages', all);
    await host.clock.advance(200);
  };
  const shown = () => [
    ...chat.history.map((row) => row.text).reverse(),
    ...chat.live.map((row) => row.text),
  ];
  return { connection, host, messages, chat, push, shown, conversations };
}

const log = (count: number, fields: (i: number) => Partial<V2NIMMessage> = () => ({})) =>
  Array.from({ length: count }, (_, i) =>
    message({ text: `${i}`, createTime: 1000 + i, messageServerId: `${100 + i}`, ...fields(i) }),
  );
const texts = (all: V2NIMMessage[]) => all.map((one) => one.text);

describe('Chat', () => {
  test('opens with the newest page and pages back to the first message, each once', async () => {
    const server = log(95);
    const { chat, shown } = await setUp(server);
    expect(shown()).toEqual(texts(server.slice(-30)));
    for (let pages = 0; chat.hasOlder; pages++) {
      expect(pages).toBeLessThan(5);
      await Promise.all([chat.loadOlder(), chat.loadOlder()]);
    }
    expect(shown()).toEqual(texts(server));
    expect(chat.loadingOlder).toBe(false);
  });

  test('one page at a time, however often it is asked for', async () => {
    const { chat, connection } = await setUp(log(95));
    connection.answers.delete('getMessageList');
    void chat.loadOlder();
    void chat.loadOlder();
    expect(connection.names().filter((name) => name === 'getMessageList')).toHaveLength(1);
  });

  test('a page that fails says why, and can be asked for again', async () => {
    const { chat, connection, shown } = await setUp(log(60));
    connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
    await chat.loadOlder();
    expect(chat.error?.code).toBe(192004);
    expect(chat.hasOlder).toBe(true);
    connection.serveHistory(log(0));
    await chat.loadOlder();
    expect(chat.error).toBeNull();
    expect(shown()).toHaveLength(30);
  });

  test('a first page that failed is asked for again by scrolling up', async () => {
    const { connection, messages } = await setUp(log(3));
    connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
    const other = messages.open(`${ME}|1|other`);
    await settle();
    expect(other).toMatchObject({ ready: false, error: { code: 192004 } });
    connection.serveHistory([]);
    await other.loadOlder();
    expect(other).toMatchObject({ ready: true, error: null });
  });

  test('opened without a link it begins when there is one', async () => {
    const { chat, connection, shown } = await setUp(log(3), { online: false });
    expect(chat.ready).toBe(false);
    await connection.online();
    expect(chat.ready).toBe(true);
    expect(shown()).toEqual(['0', '1', '2']);
  });

  test('repeated and overtaken pushes are shown once and in order', async () => {
    const { push, shown } = await setUp(log(2));
    const [a, b, c] = log(5).slice(2) as [V2NIMMessage, V2NIMMessage, V2NIMMessage];
    await push(b);
    await push(a, b);
    await push(c, a, c);
    expect(shown()).toEqual(['0', '1', '2', '3', '4']);
  });

  test('an old message of the sync stays out until its page is loaded', async () => {
    const server = log(60);
    const { chat, push, shown } = await setUp(server);
    await push(server[5] as V2NIMMessage);
    expect(shown()).toEqual(texts(server.slice(30)));
    await chat.loadOlder();
    expect(shown()).toEqual(texts(server));
  });

  test('a burst of 200 messages changes the screen at most 12 times a second', async () => {
    const { chat, connection, host } = await setUp();
    let changes = -1;
    const stop = autorun(() => {
      void chat.live.length;
      changes++;
    });
    for (let i = 0; i < 200; i++) {
      connection.emit('message', 'onReceiveMessages', [message({ createTime: 5000 + i })]);
      await host.clock.advance(5);
    }
    await host.clock.advance(200);
    stop();
    expect(chat.live).toHaveLength(200);
    expect(changes).toBeLessThanOrEqual(12);
  });

  test('a text appears at once and becomes sent in its place', async () => {
    const { chat, connection } = await setUp(log(1));
    const row = chat.sendText('hello');
    expect(row).toMatchObject({ status: 'sending', mine: true, text: 'hello', senderId: ME });
    expect(chat.live.at(-1)).toBe(row);
    const call = connection.next('sendMessage');
    call.resolve({
      message: { ...(call.args[0] as object), messageServerId: '900', createTime: 9000 },
    });
    await settle();
    expect(chat.live.slice()).toEqual([row]);
    expect(row).toMatchObject({ status: 'sent', createTime: 9000, errorCode: 0 });
  });

  test('a refused text keeps its row with the code, and can be sent again', async () => {
    const { chat, connection } = await setUp();
    const row = chat.sendText('hello');
    connection.next('sendMessage').reject({ code: 102426 });
    await settle();
    expect(row).toMatchObject({ status: 'failed', errorCode: 102426 });
    if (row) chat.resend(row);
    expect(row).toMatchObject({ status: 'sending', errorCode: 0 });
  });

  test('what comes is read while the page above shows the chat, whatever becomes of the page below', async () => {
    const { messages, conversations, connection, host } = await setUp();
    const below = {};
    const above = {};
    const chat = messages.open(CONVERSATION);
    chat.setVisible(true, below);
    const again = messages.open(CONVERSATION);
    again.setVisible(true, above);
    const other = messages.open(`${ME}|1|other`);
    chat.setVisible(false, below);
    other.setVisible(false);
    other.close();
    const arrive = async (text: string) => {
      const one = message({ text });
      connection.emit('conversation', 'onConversationChanged', [
        conversation(one, { unreadCount: 1 }),
      ]);
      await host.clock.advance(200);
      return conversations.get(CONVERSATION)?.unread;
    };
    expect(await arrive('one')).toBe(0);
    chat.close(below);
    expect(await arrive('two')).toBe(0);
    again.setVisible(false, above);
    expect(await arrive('three')).toBe(1);
  });

  test('unsent messages are still there when the chat is opened again', async () => {
    const { chat, connection, messages } = await setUp(log(1));
    chat.sendText('lost');
    connection.next('sendMessage').reject({ code: 102426 });
    await settle();
    chat.close();
    expect(messages.chat(CONVERSATION)).toBeUndefined();
    const again = messages.open(CONVERSATION);
    await settle();
    expect(again.history[0]).toMatchObject({ text: 'lost', status: 'failed' });
  });

  test('after a reconnect the gap is filled, without doubles', async () => {
    const server = log(40);
    const { connection, push, shown } = await setUp(server.slice(0, 20));
    await connection.lose();
    connection.serveHistory(server);
    await push(server[39] as V2NIMMessage);
    await connection.online();
    expect(shown()).toEqual(texts(server));
  });

  test('a text whose acknowledgement was lost is not sent again when the sync brings it', async () => {
    const { chat, connection } = await setUp();
    const row = chat.sendText('hello');
    const call = connection.next('sendMessage');
    const sent = call.args[0] as V2NIMMessage;
    await connection.lose();
    call.reject({ code: 192003 });
    await settle();
    const delivered = { ...sent, messageServerId: '901', createTime: 9000, isSelf: true };
    connection.emit('message', 'onReceiveMessages', [delivered]);
    await connection.online();
    expect(connection.names()).not.toContain('sendMessage');
    expect(chat.live).toHaveLength(1);
    expect(row).toMatchObject({ status: 'sent', createTime: 9000 });
  });

  test('a gap too long to fill makes the chat begin anew', async () => {
    const server = log(2000);
    const { chat, connection, shown } = await setUp(server.slice(0, 50));
    await connection.lose();
    connection.serveHistory(server);
    await connection.online();
    await settle();
    expect(chat.ready).toBe(true);
    expect(shown()).toEqual(texts(server.slice(-30)));
    await chat.loadOlder();
    expect(shown()).toEqual(texts(server.slice(-60)));
  });

  test('tells once what it shows, and only while it is on the screen', async () => {
    const { chat, connection, push } = await setUp(log(2));
    const told = connection.next('sendP2PMessageReceipt');
    expect(told.args[0]).toMatchObject({ text: '1' });
    told.resolve();
    await settle();
    chat.setVisible(false);
    await push(message({ text: 'hidden', createTime: 7000 }));
    expect(connection.names()).not.toContain('sendP2PMessageReceipt');
    chat.setVisible(true);
    expect(connection.next('sendP2PMessageReceipt').args[0]).toMatchObject({ text: 'hidden' });
    chat.setVisible(false);
    chat.setVisible(true);
    expect(connection.names()).not.toContain('sendP2PMessageReceipt');
  });

  test('a receipt marks the rows up to its time as read, and never takes a mark back', async () => {
    const { chat, connection, push } = await setUp(log(4, () => ({ senderId: ME, isSelf: true })));
    const receipt = (timestamp: number) =>
      connection.emit('message', 'onReceiveP2PMessageReadReceipts', [
        { conversationId: CONVERSATION, timestamp },
      ]);
    receipt(1001);
    expect(chat.history.map((row) => row.read).reverse()).toEqual([true, true, false, false]);
    receipt(1000);
    expect(chat.history.map((row) => row.read).reverse()).toEqual([true, true, false, false]);
    const late = message({ senderId: ME, createTime: 1001 });
    await push(late);
    expect(chat.row(late.messageClientId)?.read).toBe(true);
  });

  test('a recalled message leaves a notice; my text may be edited for two minutes', async () => {
    const { chat, connection, host } = await setUp(
      log(2, (i) => (i === 1 ? { senderId: ME, isSelf: true } : {})),
    );
    const [mine, theirs] = chat.history;
    connection.emit(
      'message',
      'onMessageRevokeNotifications',
      [mine, theirs].map((row) => ({ messageRefer: row?.message, revokeAccountId: row?.senderId })),
    );
    expect(mine).toMatchObject({ recalled: true, recalledBy: ME, text: '', reEditText: '1' });
    expect(theirs).toMatchObject({ recalled: true, recalledBy: 'peer', reEditText: null });
    await host.clock.advance(RE_EDIT_MS);
    expect(mine).toMatchObject({ recalled: true, reEditText: null });
  });

  test('a recall the server refuses says why and changes nothing', async () => {
    const { chat, connection } = await setUp(log(1, () => ({ senderId: ME, isSelf: true })));
    const [row] = chat.history;
    if (!row) throw new Error('no row');
    const recall = chat.recall(row);
    connection.next('revokeMessage').reject({ code: 107314 });
    await expect(recall).rejects.toMatchObject({ code: 107314 });
    expect(row.recalled).toBe(false);
  });

  test('further up nothing moves: new messages wait below, counted', async () => {
    const { chat, push } = await setUp(log(60));
    chat.setAtBottom(false);
    await push(message({ createTime: 8000 }), message({ createTime: 8001 }));
    expect(chat.unseen).toBe(2);
    chat.jumpToLatest();
    expect(chat.unseen).toBe(0);
    expect(chat.hasNewer).toBe(false);
  });

  test('what waits below the reader is not read, until the reader comes down', async () => {
    const { chat, connection, push } = await setUp(log(2));
    connection.next('sendP2PMessageReceipt').resolve();
    await settle();
    expect(connection.readHere.get(CONVERSATION)).toBe(1001);
    chat.setAtBottom(false);
    await push(message({ createTime: 8000 }));
    expect(connection.names()).not.toContain('sendP2PMessageReceipt');
    expect(connection.readHere.get(CONVERSATION)).toBe(1001);
    chat.setAtBottom(true);
    expect(connection.names()).toContain('sendP2PMessageReceipt');
    expect(connection.readHere.get(CONVERSATION)).toBe(8000);
  });

  test('rows of a closed chat are gone from memory and nothing of it is running', async () => {
    const { chat, connection, host, push } = await setUp(log(30));
    chat.close();
    await push(message());
    expect(chat.history).toHaveLength(0);
    expect(chat.live).toHaveLength(0);
    await connection.lose();
    await connection.online();
    expect(connection.names()).not.toContain('getMessageList');
    await host.clock.advance(10_000);
    expect(host.clock.pending).toBe(0);
  });

  describe('what was taken away', () => {
    const notice = {
      recalled: (connection: FakeConnection, messageRefer: V2NIMMessage) =>
        connection.emit('message', 'onMessageRevokeNotifications', [
          { messageRefer, revokeAccountId: messageRefer.senderId },
        ]),
      deleted: (connection: FakeConnection, messageRefer: V2NIMMessage) =>
        connection.emit('message', 'onMessageDeletedNotifications', [{ messageRefer }]),
      cleared: (connection: FakeConnection, { createTime }: V2NIMMessage) =>
        connection.emit('message', 'onClearHistoryNotifications', [
          { conversationId: CONVERSATION, deleteTime: createTime },
        ]),
      changed: (connection: FakeConnection, one: V2NIMMessage) =>
        connection.emit('message', 'onReceiveMessagesModified', [
          { ...one, text: 'changed', modifyTime: 9000 },
        ]),
    };
    const RIGHT = {
      recalled: ['0', '', '2'],
      deleted: ['0', '2'],
      cleared: ['2'],
      changed: ['0', 'changed', '2'],
    };
    const kinds = Object.keys(RIGHT) as (keyof typeof RIGHT)[];

    test.each(kinds)('%s while it is shown', async (kind) => {
      const server = log(3);
      const { connection, shown } = await setUp(server);
      notice[kind](connection, server[1] as V2NIMMessage);
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s before the first page is there', async (kind) => {
      const server = log(3);
      const { connection, shown } = await setUp([], { online: false });
      connection.answers.delete('getMessageList');
      await connection.online();
      notice[kind](connection, server[1] as V2NIMMessage);
      connection.next('getMessageList').resolve([...server].reverse());
      await settle();
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s before its push comes', async (kind) => {
      const server = log(3);
      const { connection, push, shown } = await setUp([]);
      notice[kind](connection, server[1] as V2NIMMessage);
      await push(...server);
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s while an older page is on its way', async (kind) => {
      const server = log(33);
      const { chat, connection, shown } = await setUp(server);
      connection.answers.delete('getMessageList');
      const loaded = chat.loadOlder();
      notice[kind](connection, server[1] as V2NIMMessage);
      connection.next('getMessageList').resolve(server.slice(0, 3).reverse());
      await loaded;
      expect(shown()).toEqual([...RIGHT[kind], ...texts(server.slice(3))]);
    });

    test.each(kinds)('%s while the link was gone, and the SDK brings it back', async (kind) => {
      const server = log(3);
      const { connection, shown } = await setUp(server);
      await connection.lose();
      notice[kind](connection, server[1] as V2NIMMessage);
      await connection.online();
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s while its chat is not open', async (kind) => {
      const server = log(3);
      const { chat, connection, messages } = await setUp(server);
      chat.close();
      notice[kind](connection, server[1] as V2NIMMessage);
      const again = messages.open(CONVERSATION);
      await settle();
      expect(again.history.map((row) => row.text).reverse()).toEqual(RIGHT[kind]);
    });

    test('pages that consist of deleted messages do not end the history, nor repeat it', async () => {
      const server = log(95);
      const { chat, connection, shown } = await setUp(server);
      for (const one of server.slice(20, 65)) notice.deleted(connection, one);
      for (let pages = 0; chat.hasOlder; pages++) {
        expect(pages).toBeLessThan(5);
        await chat.loadOlder();
      }
      expect(shown()).toEqual(texts([...server.slice(0, 20), ...server.slice(65)]));
    });
  });

  describe('deleting a message', () => {
    test('one that the server refuses to delete stays, and says why', async () => {
      const { chat, connection, shown } = await setUp(log(1));
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      connection.next('deleteMessage').reject({ code: 416 });
      await expect(removal).rejects.toMatchObject({ code: 416 });
      expect(shown()).toEqual(['0']);
    });

    test('one whose answer is lost is gone, and is deleted again until the server answers', async () => {
      const { chat, connection, shown } = await setUp(log(1));
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      await connection.lose();
      await removal;
      expect(shown()).toEqual([]);
      await connection.online();
      expect(shown()).toEqual([]);
      expect(connection.next('deleteMessage').args[0]).toMatchObject({ text: '0' });
    });

    test('without a link it is refused, and nothing is left to be told', async () => {
      const { chat, connection, shown } = await setUp(log(1));
      await connection.lose();
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      connection.next('deleteMessage').reject({ code: 192003 });
      await expect(removal).rejects.toMatchObject({ code: 192003 });
      await connection.online();
      expect(connection.names()).not.toContain('deleteMessage');
      expect(shown()).toEqual(['0']);
    });

    test('an unsent one leaves the list as well, and does not come back with the next sync', async () => {
      const [before] = log(1) as [V2NIMMessage];
      const { chat, connection, conversations, host } = await setUp([before]);
      const changed = async (last: V2NIMMessage) => {
        connection.emit('conversation', 'onConversationChanged', [conversation(last)]);
        await host.clock.advance(200);
      };
      await changed(before);
      const row = chat.sendText('unsent');
      const { args } = connection.next('sendMessage');
      const failed = { ...(args[0] as V2NIMMessage), sendingState: 2 as number };
      await changed(failed as V2NIMMessage);
      expect(conversations.get(CONVERSATION)?.preview).toMatchObject({ status: 'failed' });
      if (row) await chat.remove(row);
      expect(conversations.get(CONVERSATION)?.preview).toMatchObject({ text: '0', status: 'sent' });
      await changed(failed as V2NIMMessage);
      expect(conversations.get(CONVERSATION)?.preview.text).toBe('0');
    });
  });

  test('deleting the chat with its history gives up what waits, not what is on its way or written meanwhile', async () => {
    const { connection, chat, messages, shown } = await setUp();
    connection.answers.set('clearHistoryMessage', () => undefined);
    chat.sendText('refused');
    connection.next('sendMessage').reject({ code: 107323 });
    await settle();
    chat.sendText('on its way');
    const onItsWay = connection.next('sendMessage');
    const deletion = messages.deleteConversation(CONVERSATION, { clearHistory: true });
    await settle();
    chat.sendText('written meanwhile');
    connection.next('deleteConversation').resolve();
    await deletion;
    expect(shown()).toEqual(['on its way', 'written meanwhile']);
    const sent = { ...(onItsWay.args[0] as V2NIMMessage), messageServerId: '1', createTime: 9000 };
    onItsWay.resolve({ message: sent });
    await settle();
    expect(chat.live.map(({ status }) => status)).toEqual(['sent', 'sending']);
    expect(connection.next('sendMessage').args[0]).toMatchObject({ text: 'written meanwhile' });
  });

  describe('a message of mine that is taken away before its acknowledgement comes', () => {
    const sending = async () => {
      const stage = await setUp(log(1));
      stage.chat.sendText('mine');
      const { args, resolve } = stage.connection.next('sendMessage');
      const acknowledge = async () => {
        const sent = { ...(args[0] as V2NIMMessage), messageServerId: '900', createTime: 1500 };
        resolve({ message: sent });
        await settle();
      };
      return { ...stage, sent: args[0] as V2NIMMessage, acknowledge };
    };

    test('with the whole history: it goes', async () => {
      const { connection, shown, acknowledge } = await sending();
      connection.emit('message', 'onClearHistoryNotifications', [
        { conversationId: CONVERSATION, deleteTime: 2000 },
      ]);
      expect(shown()).toEqual(['mine']);
      await acknowledge();
      expect(shown()).toEqual([]);
    });

    test('by a recall on another device: the notice stands there', async () => {
      const { connection, chat, sent, acknowledge } = await sending();
      connection.emit('message', 'onMessageRevokeNotifications', [
        { messageRefer: sent, revokeAccountId: ME },
      ]);
      await acknowledge();
      expect(chat.live.map(({ recalled, text }) => [recalled, text])).toEqual([[true, '']]);
    });
  });

  describe('recalling a message whose answer is lost', () => {
    const recallLost = async () => {
      const stage = await setUp(log(2, () => ({ isSelf: true, senderId: ME })));
      const { chat, connection, host } = stage;
      const [row] = chat.history;
      const recall = row && chat.recall(row);
      connection.next('revokeMessage').reject({ code: 192004 });
      await recall;
      await host.clock.advance(5000);
      return { ...stage, row };
    };

    test('is done once more, and the message is a notice when the server knows it no longer', async () => {
      const { connection, conversations, row, host } = await recallLost();
      expect(row?.recalled).toBe(false);
      connection.next('revokeMessage').reject({ code: 107404 });
      await settle();
      expect(row).toMatchObject({ recalled: true, recalledBy: ME, text: '' });
      // Whatever names it later.
      const last = message({ ...row?.message, text: '1' });
      connection.emit('conversation', 'onConversationChanged', [conversation(last)]);
      await host.clock.advance(200);
      expect(conversations.get(CONVERSATION)?.preview).toMatchObject({ recalledBy: ME, text: '' });
    });

    test('goes on while there is no answer, and ends with the server’s last word', async () => {
      const { connection, row, host } = await recallLost();
      const codes = [192004, 192004, 107314];
      connection.next('revokeMessage').reject({ code: 192004 });
      connection.answers.set('revokeMessage', () => Promise.reject({ code: codes.shift() ?? 0 }));
      await host.clock.advance(120_000);
      expect(codes).toEqual([]);
      await host.clock.advance(120_000);
      expect(connection.names()).not.toContain('revokeMessage');
      expect(row?.recalled).toBe(false);
    });

    test('does not begin without a link: nothing was sent', async () => {
      const { chat, connection } = await setUp(log(1, () => ({ isSelf: true, senderId: ME })));
      await connection.lose();
      const [row] = chat.history;
      const recall = row && chat.recall(row);
      connection.next('revokeMessage').reject({ code: 192003 });
      await expect(recall).rejects.toMatchObject({ code: 192003 });
      await connection.online();
      expect(connection.names()).not.toContain('revokeMessage');
    });
  });

  describe('a gap whose page is refused', () => {
    const cutAndMiss = async () => {
      const server = log(40);
      const stage = await setUp(server.slice(0, 20));
      await stage.connection.lose();
      stage.connection.answers.delete('getMessageList');
      await stage.connection.online();
      return { ...stage, server };
    };

    test('is asked for again while the link is up, after growing pauses', async () => {
      const { chat, connection, host, server, shown } = await cutAndMiss();
      for (const pause of [1000, 2000]) {
        connection.next('getMessageList').reject({ code: 416 });
        await host.clock.advance(pause - 1);
        expect(connection.names()).not.toContain('getMessageList');
        await host.clock.advance(1);
      }
      connection.next('getMessageList').reject({ code: 500 });
      connection.serveHistory(server);
      await host.clock.advance(4000);
      expect(shown()).toEqual(texts(server));
      expect(chat.gapError).toBeNull();
    });

    test('is given up with its error, and filled when the user asks again', async () => {
      const { chat, connection, host, server, shown } = await cutAndMiss();
      for (let tries = 0; tries < 6; tries++) {
        connection.next('getMessageList').reject({ code: 416 });
        await host.clock.advance(1000 * 2 ** tries);
      }
      expect(connection.names()).not.toContain('getMessageList');
      expect(chat.gapError?.code).toBe(416);
      connection.serveHistory(server);
      await chat.fillGap();
      expect(shown()).toEqual(texts(server));
      expect(chat.gapError).toBeNull();
    });

    test('is filled after the next reconnect, given up or not', async () => {
      const { chat, connection, host, server, shown } = await cutAndMiss();
      for (let tries = 0; tries < 6; tries++) {
        connection.next('getMessageList').reject({ code: 416 });
        await host.clock.advance(1000 * 2 ** tries);
      }
      await connection.lose();
      connection.serveHistory(server);
      await connection.online();
      expect(shown()).toEqual(texts(server));
      expect(chat.gapError).toBeNull();
    });

    test('is asked for again when it is never answered', async () => {
      const { connection, host, server, shown } = await cutAndMiss();
      connection.next('getMessageList');
      connection.serveHistory(server);
      await host.clock.advance(10_000 + 1000);
      expect(shown()).toEqual(texts(server));
    });
  });

  test('a gap is asked for from 30 s before the last message: pushes may have overtaken each other', async () => {
    const server = log(3, (i) => ({ createTime: 1_000_000 + i * 10_000 }));
    const [first, overtaken, last] = server as [V2NIMMessage, V2NIMMessage, V2NIMMessage];
    const { connection, shown } = await setUp([first, last]);
    await connection.lose();
    connection.serveHistory([first, overtaken, last]);
    await connection.online();
    expect(shown()).toEqual(['0', '1', '2']);
  });

  test.each([
    [
      'counts the anchor',
      '0',
      (page: V2NIMMessage[], isFirst: boolean) => page.slice(0, isFirst ? 30 : 29),
    ],
    ['hides its oldest one', '1', (page: V2NIMMessage[]) => page.slice(0, -1)],
  ])('a page that %s is short, and not the end of the history', async (_, oldest, cut) => {
    const server = log(95);
    const { chat, connection, shown } = await setUp(server);
    const serve = connection.answers.get('getMessageList') as (option: never) => V2NIMMessage[];
    connection.answers.set('getMessageList', (option: { anchorMessage?: V2NIMMessage }) =>
      cut(serve(option as never), !option.anchorMessage),
    );
    for (let pages = 0; chat.hasOlder; pages++) {
      expect(pages).toBeLessThan(8);
      await chat.loadOlder();
    }
    expect(shown()[0]).toBe(oldest);
  });

  test('a text that the receiver blocked is marked with the code of its acknowledgement', async () => {
    const { chat, connection } = await setUp();
    const row = chat.sendText('hello');
    const call = connection.next('sendMessage');
    call.resolve({
      message: {
        ...(call.args[0] as object),
        messageServerId: '900',
        createTime: 9000,
        messageStatus: { errorCode: 102426 },
      },
    });
    await settle();
    expect(row).toMatchObject({ status: 'failed', errorCode: 102426 });
  });

  test('nothing of mine that is unsent is marked as read by a receipt with a later time', async () => {
    const { chat, connection } = await setUp([], {});
    const row = chat.sendText('unsent');
    connection.emit('message', 'onReceiveP2PMessageReadReceipts', [
      { conversationId: CONVERSATION, timestamp: 9_999_999_999_999 },
    ]);
    expect(row).toMatchObject({ status: 'sending', read: false });
    connection.next('sendMessage').reject({ code: 416 });
    await settle();
    expect(row).toMatchObject({ status: 'failed', read: false });
  });

  test('what a page of the history acknowledges is the last message of the list as well', async () => {
    const { chat, connection, conversations, host } = await setUp();
    const row = chat.sendText('hello');
    const call = connection.next('sendMessage');
    const sent = call.args[0] as V2NIMMessage;
    const failed = { ...sent, sendingState: 2 as number } as V2NIMMessage;
    const changed = async (last: V2NIMMessage) => {
      connection.emit('conversation', 'onConversationChanged', [conversation(last)]);
      await host.clock.advance(200);
    };
    await changed(failed);
    await connection.lose();
    call.reject({ code: 192003 });
    connection.serveHistory([{ ...sent, messageServerId: '901', createTime: 9000 }]);
    await connection.online();
    const preview = () => conversations.get(CONVERSATION)?.preview;
    expect(row).toMatchObject({ status: 'sent' });
    expect(preview()).toMatchObject({ text: 'hello', status: 'sent' });
    await changed(failed);
    expect(preview()).toMatchObject({ text: 'hello', status: 'sent' });
  });
});
