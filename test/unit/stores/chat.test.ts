import { autorun } from 'mobx';
import { RE_EDIT_MS } from '@/stores/chat/re-edits';
import type { V2NIMMessage } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { conversation, CONVERSATION, ME, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';
import { FakeConnection } from './fakes/fake-connection';

const log = (count: number, fields: (i: number) => Partial<V2NIMMessage> = () => ({})) =>
  Array.from({ length: count }, (_, i) =>
    message({ text: `${i}`, createTime: 1000 + i, messageServerId: `${100 + i}`, ...fields(i) }),
  );
const texts = (all: V2NIMMessage[]) => all.map((one) => one.text);

describe('Chat', () => {
  test('opens with the newest page and loads pages back to the first message, each once', async () => {
    const server = log(95);
    const { chat, shown } = await openChat(server);
    expect(shown()).toEqual(texts(server.slice(-30)));
    for (let pages = 0; chat.hasOlder; pages++) {
      expect(pages).toBeLessThan(5);
      await Promise.all([chat.loadOlder(), chat.loadOlder()]);
    }
    expect(shown()).toEqual(texts(server));
    expect(chat.loadingOlder).toBe(false);
  });

  test('shows a push whose time is not a number beside the newest message, and keeps the order', async () => {
    const { push, shown } = await openChat(log(40));
    await push(message({ text: 'no time', createTime: NaN, messageServerId: '5' }));
    for (let nth = 0; nth < 3; nth++)
      await push(message({ text: `push ${nth}`, createTime: 2000 + nth }));
    expect(shown().slice(-5)).toEqual(['no time', '39', 'push 0', 'push 1', 'push 2']);
  });

  test('loads a page at a time, however often the view asks', async () => {
    const { chat, connection } = await openChat(log(95));
    connection.answers.delete('getMessageList');
    void chat.loadOlder();
    void chat.loadOlder();
    expect(connection.names().filter((name) => name === 'getMessageList')).toHaveLength(1);
  });

  test('shows the error of a page that fails, and loads the page again on request', async () => {
    const { chat, connection, shown } = await openChat(log(60));
    connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
    await chat.loadOlder();
    expect(chat.error?.code).toBe(192004);
    expect(chat.hasOlder).toBe(true);
    connection.serveHistory(log(0));
    await chat.loadOlder();
    expect(chat.error).toBeNull();
    expect(shown()).toHaveLength(30);
  });

  test('loads a failed first page again on scrolling up', async () => {
    const { connection, messages } = await openChat(log(3));
    connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
    const other = messages.open(`${ME}|1|other`);
    await settle();
    expect(other).toMatchObject({ ready: false, error: { code: 192004 } });
    connection.serveHistory([]);
    await other.loadOlder();
    expect(other).toMatchObject({ ready: true, error: null });
  });

  test('starts loading at the connect when opened without a link', async () => {
    const { chat, connection, shown } = await openChat(log(3), { online: false });
    expect(chat.ready).toBe(false);
    await connection.online();
    expect(chat.ready).toBe(true);
    expect(shown()).toEqual(['0', '1', '2']);
  });

  test('shows repeated and overtaken pushes once and in order', async () => {
    const { push, shown } = await openChat(log(2));
    const [a, b, c] = log(5).slice(2) as [V2NIMMessage, V2NIMMessage, V2NIMMessage];
    await push(b);
    await push(a, b);
    await push(c, a, c);
    expect(shown()).toEqual(['0', '1', '2', '3', '4']);
  });

  test('keeps an old message of the sync out until its page is loaded', async () => {
    const server = log(60);
    const { chat, push, shown } = await openChat(server);
    await push(server[5] as V2NIMMessage);
    expect(shown()).toEqual(texts(server.slice(30)));
    await chat.loadOlder();
    expect(shown()).toEqual(texts(server));
  });

  test('changes the screen at most 12 times a second in a burst of 200 messages', async () => {
    const { chat, connection, host } = await openChat();
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

  test('shows a text at once and marks the text as sent in its place', async () => {
    const { chat, connection } = await openChat(log(1));
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

  test('keeps the row of a refused text with its code, and sends the text again on request', async () => {
    const { chat, connection } = await openChat();
    const row = chat.sendText('hello');
    connection.next('sendMessage').reject({ code: 102426 });
    await settle();
    expect(row).toMatchObject({ status: 'failed', errorCode: 102426 });
    if (row) chat.resend(row);
    expect(row).toMatchObject({ status: 'sending', errorCode: 0 });
  });

  test('reads new messages while the page above shows the chat, whatever happens to the page below', async () => {
    const { messages, conversations, connection, host } = await openChat();
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

  test('shows unsent messages again after the chat is reopened', async () => {
    const { chat, connection, messages } = await openChat(log(1));
    chat.sendText('lost');
    connection.next('sendMessage').reject({ code: 102426 });
    await settle();
    chat.close();
    expect(messages.chat(CONVERSATION)).toBeUndefined();
    const again = messages.open(CONVERSATION);
    await settle();
    expect(again.history[0]).toMatchObject({ text: 'lost', status: 'failed' });
  });

  test('fills the gap after a reconnect without duplicates', async () => {
    const server = log(40);
    const { connection, push, shown } = await openChat(server.slice(0, 20));
    await connection.lose();
    connection.serveHistory(server);
    await push(server[39] as V2NIMMessage);
    await connection.online();
    expect(shown()).toEqual(texts(server));
  });

  test('does not resend a text whose lost acknowledgement the sync replaces', async () => {
    const { chat, connection } = await openChat();
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

  test('starts again from the newest page when a gap is too long', async () => {
    const server = log(2000);
    const { chat, connection, shown } = await openChat(server.slice(0, 50));
    await connection.lose();
    connection.serveHistory(server);
    await connection.online();
    await settle();
    expect(chat.ready).toBe(true);
    expect(shown()).toEqual(texts(server.slice(-30)));
    await chat.loadOlder();
    expect(shown()).toEqual(texts(server.slice(-60)));
  });

  test('sends a receipt once for shown messages, and only while it is on the screen', async () => {
    const { chat, connection, push } = await openChat(log(2));
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

  test('marks rows up to the time of a receipt as read, and never removes a mark', async () => {
    const { chat, connection, push } = await openChat(
      log(4, () => ({ senderId: ME, isSelf: true })),
    );
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

  test('shows the newest receipt when it is opened again, also when an older receipt came later', async () => {
    const { chat, connection, messages } = await openChat(
      log(4, () => ({ senderId: ME, isSelf: true })),
    );
    chat.close();
    for (const timestamp of [1002, 1000])
      connection.emit('message', 'onReceiveP2PMessageReadReceipts', [
        { conversationId: CONVERSATION, timestamp },
      ]);
    connection.answers.set('getP2PMessageReceipt', () => ({ timestamp: 1000 }));
    const again = messages.open(CONVERSATION);
    await settle();
    expect(again.history.map((row) => row.read).reverse()).toEqual([true, true, true, false]);
  });

  test('shows a notice for a recalled message, and offers an own text for editing for two minutes', async () => {
    const { chat, connection, host } = await openChat(
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

  test('shows the code of a refused recall and changes nothing', async () => {
    const { chat, connection } = await openChat(log(1, () => ({ senderId: ME, isSelf: true })));
    const [row] = chat.history;
    if (!row) throw new Error('no row');
    const recall = chat.recall(row);
    connection.next('revokeMessage').reject({ code: 107314 });
    await expect(recall).rejects.toMatchObject({ code: 107314 });
    expect(row.recalled).toBe(false);
  });

  test('keeps its place further up: new messages wait below and are counted', async () => {
    const { chat, push } = await openChat(log(60));
    chat.setAtBottom(false);
    await push(message({ createTime: 8000 }), message({ createTime: 8001 }));
    expect(chat.unseen).toBe(2);
    chat.jumpToLatest();
    expect(chat.unseen).toBe(0);
    expect(chat.hasNewer).toBe(false);
  });

  test('does not read messages below the reader until the reader scrolls down', async () => {
    const { chat, connection, push } = await openChat(log(2));
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

  test('frees the rows of a closed chat and stops all its work', async () => {
    const { chat, connection, host, push } = await openChat(log(30));
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

  describe('the removal or change of a message', () => {
    const notice = {
      recalled: (connection: FakeConnection, messageRefer: V2NIMMessage) =>
        connection.reportRecall(messageRefer, messageRefer.senderId),
      deleted: (connection: FakeConnection, messageRefer: V2NIMMessage) =>
        connection.reportDeletion(messageRefer),
      cleared: (connection: FakeConnection, { createTime }: V2NIMMessage) =>
        connection.reportClearing(createTime),
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

    test.each(kinds)('%s while the message is shown', async (kind) => {
      const server = log(3);
      const { connection, shown } = await openChat(server);
      notice[kind](connection, server[1] as V2NIMMessage);
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s before the first page arrives', async (kind) => {
      const server = log(3);
      const { connection, shown } = await openChat([], { online: false });
      connection.answers.delete('getMessageList');
      await connection.online();
      notice[kind](connection, server[1] as V2NIMMessage);
      connection.next('getMessageList').resolve([...server].reverse());
      await settle();
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s before the push of the message arrives', async (kind) => {
      const server = log(3);
      const { connection, push, shown } = await openChat([]);
      notice[kind](connection, server[1] as V2NIMMessage);
      await push(...server);
      expect(shown()).toEqual(RIGHT[kind]);
    });

    test.each(kinds)('%s while an older page is in flight', async (kind) => {
      const server = log(33);
      const { chat, connection, shown } = await openChat(server);
      connection.answers.delete('getMessageList');
      const loaded = chat.loadOlder();
      notice[kind](connection, server[1] as V2NIMMessage);
      connection.next('getMessageList').resolve(server.slice(0, 3).reverse());
      await loaded;
      expect(shown()).toEqual([...RIGHT[kind], ...texts(server.slice(3))]);
    });

    test.each(kinds)(
      '%s during a lost link, although the SDK returns the message',
      async (kind) => {
        const server = log(3);
        const { connection, shown } = await openChat(server);
        await connection.lose();
        notice[kind](connection, server[1] as V2NIMMessage);
        await connection.online();
        expect(shown()).toEqual(RIGHT[kind]);
      },
    );

    test.each(kinds)('%s while the chat is not open', async (kind) => {
      const server = log(3);
      const { chat, connection, messages } = await openChat(server);
      chat.close();
      notice[kind](connection, server[1] as V2NIMMessage);
      const again = messages.open(CONVERSATION);
      await settle();
      expect(again.history.map((row) => row.text).reverse()).toEqual(RIGHT[kind]);
    });

    test('neither ends nor repeats the history when a page has only deleted messages', async () => {
      const server = log(95);
      const { chat, connection, shown } = await openChat(server);
      for (const one of server.slice(20, 65)) notice.deleted(connection, one);
      for (let pages = 0; chat.hasOlder; pages++) {
        expect(pages).toBeLessThan(5);
        await chat.loadOlder();
      }
      expect(shown()).toEqual(texts([...server.slice(0, 20), ...server.slice(65)]));
    });
  });

  describe('the deletion of a message', () => {
    test('that the server refuses keeps the row and shows the code', async () => {
      const { chat, connection, shown } = await openChat(log(1));
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      connection.next('deleteMessage').reject({ code: 416 });
      await expect(removal).rejects.toMatchObject({ code: 416 });
      expect(shown()).toEqual(['0']);
    });

    test('with a lost answer removes the row, and is repeated until the server answers', async () => {
      const { chat, connection, shown } = await openChat(log(1));
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      await connection.lose();
      await removal;
      expect(shown()).toEqual([]);
      await connection.online();
      expect(shown()).toEqual([]);
      expect(connection.next('deleteMessage').args[0]).toMatchObject({ text: '0' });
    });

    test('is refused without a link, and is not repeated later', async () => {
      const { chat, connection, shown } = await openChat(log(1));
      await connection.lose();
      const [row] = chat.history;
      const removal = row && chat.remove(row);
      connection.next('deleteMessage').reject({ code: 192003 });
      await expect(removal).rejects.toMatchObject({ code: 192003 });
      await connection.online();
      expect(connection.names()).not.toContain('deleteMessage');
      expect(shown()).toEqual(['0']);
    });

    test('of many goes to the server in portions, and a refusal keeps the rest', async () => {
      const { chat, connection, shown } = await openChat(log(120));
      for (let page = 0; page < 4; page++) await chat.loadOlder();
      const removal = chat.remove(...[...chat.history].reverse()).catch((cause: unknown) => cause);
      const sizes: number[] = [];
      for (const answer of ['take', 'take', 'refuse']) {
        const call = connection.next('deleteMessages');
        sizes.push((call.args[0] as unknown[]).length);
        if (answer === 'take') call.resolve(undefined);
        else call.reject({ code: 416 });
        await settle();
      }
      expect(await removal).toMatchObject({ code: 416 });
      expect(sizes).toEqual([50, 50, 20]);
      expect(shown()).toEqual(
        log(120)
          .slice(100)
          .map(({ text }) => text),
      );
    });

    test('of an unsent message also removes it from the list, and the next sync does not restore it', async () => {
      const [before] = log(1) as [V2NIMMessage];
      const { chat, connection, conversations, host } = await openChat([before]);
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

  test('deleting the chat with its history drops waiting messages, but neither messages in flight nor later messages', async () => {
    const { connection, chat, messages, shown } = await openChat();
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

  describe('an own message that is removed before its acknowledgement', () => {
    const sending = async () => {
      const stage = await openChat(log(1));
      stage.chat.sendText('mine');
      const { args, resolve } = stage.connection.next('sendMessage');
      const acknowledge = async () => {
        const sent = { ...(args[0] as V2NIMMessage), messageServerId: '900', createTime: 1500 };
        resolve({ message: sent });
        await settle();
      };
      return { ...stage, sent: args[0] as V2NIMMessage, acknowledge };
    };

    test('goes with the whole history', async () => {
      const { connection, shown, acknowledge } = await sending();
      connection.reportClearing(2000);
      expect(shown()).toEqual(['mine']);
      await acknowledge();
      expect(shown()).toEqual([]);
    });

    test('becomes a notice after a recall on another device', async () => {
      const { connection, chat, sent, acknowledge } = await sending();
      connection.reportRecall(sent, ME);
      await acknowledge();
      expect(chat.live.map(({ recalled, text }) => [recalled, text])).toEqual([[true, '']]);
    });
  });

  describe('a recall with a lost answer', () => {
    const recallLost = async () => {
      const stage = await openChat(log(2, () => ({ isSelf: true, senderId: ME })));
      const { chat, connection, host } = stage;
      const [row] = chat.history;
      const recall = row && chat.recall(row);
      connection.next('revokeMessage').reject({ code: 192004 });
      await recall;
      await host.clock.advance(5000);
      return { ...stage, row };
    };

    test('is repeated, and becomes a notice when the server no longer knows the message', async () => {
      const { connection, conversations, row, host } = await recallLost();
      expect(row?.recalled).toBe(false);
      connection.next('revokeMessage').reject({ code: 107404 });
      await settle();
      expect(row).toMatchObject({ recalled: true, recalledBy: ME, text: '' });
      // Any later source that contains the message.
      const last = message({ ...row?.message, text: '1' });
      connection.emit('conversation', 'onConversationChanged', [conversation(last)]);
      await host.clock.advance(200);
      expect(conversations.get(CONVERSATION)?.preview).toMatchObject({ recalledBy: ME, text: '' });
    });

    test('is repeated until an answer, and ends with the server’s last code', async () => {
      const { connection, row, host } = await recallLost();
      const codes = [192004, 192004, 107314, 192004];
      connection.next('revokeMessage').reject({ code: 192004 });
      connection.answers.set('revokeMessage', () => Promise.reject({ code: codes.shift() ?? 0 }));
      await host.clock.advance(120_000);
      expect(codes).toEqual([192004]);
      await host.clock.advance(120_000);
      expect(codes).toEqual([192004]);
      expect(row?.recalled).toBe(false);
    });

    test('does not start without a link: nothing was sent', async () => {
      const { chat, connection } = await openChat(log(1, () => ({ isSelf: true, senderId: ME })));
      await connection.lose();
      const [row] = chat.history;
      const recall = row && chat.recall(row);
      connection.next('revokeMessage').reject({ code: 192003 });
      await expect(recall).rejects.toMatchObject({ code: 192003 });
      await connection.online();
      expect(connection.names()).not.toContain('revokeMessage');
    });
  });

  describe('a gap with a refused page', () => {
    const cutAndMiss = async () => {
      const server = log(40);
      const stage = await openChat(server.slice(0, 20));
      await stage.connection.lose();
      stage.connection.answers.delete('getMessageList');
      await stage.connection.online();
      return { ...stage, server };
    };

    test('is requested again while the link is up, after growing pauses', async () => {
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

    test('ends with its error, and is filled when the user asks again', async () => {
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

    test('is filled after the next reconnect, also after its last retry', async () => {
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

    test('is requested again when no answer arrives', async () => {
      const { connection, host, server, shown } = await cutAndMiss();
      connection.next('getMessageList');
      connection.serveHistory(server);
      await host.clock.advance(10_000 + 1000);
      expect(shown()).toEqual(texts(server));
    });
  });

  test('requests a gap from 30 s before the last message, because pushes may have overtaken each other', async () => {
    const server = log(3, (i) => ({ createTime: 1_000_000 + i * 10_000 }));
    const [first, overtaken, last] = server as [V2NIMMessage, V2NIMMessage, V2NIMMessage];
    const { connection, shown } = await openChat([first, last]);
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
    ['lacks its oldest message', '1', (page: V2NIMMessage[]) => page.slice(0, -1)],
  ])('does not take a page that %s for the end of the history', async (_, oldest, cut) => {
    const server = log(95);
    const { chat, connection, shown } = await openChat(server);
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

  test('marks a text that the receiver blocked with the code of its acknowledgement', async () => {
    const { chat, connection } = await openChat();
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

  test('does not mark an own unsent message as read on a receipt with a later time', async () => {
    const { chat, connection } = await openChat([], {});
    const row = chat.sendText('unsent');
    connection.emit('message', 'onReceiveP2PMessageReadReceipts', [
      { conversationId: CONVERSATION, timestamp: 9_999_999_999_999 },
    ]);
    expect(row).toMatchObject({ status: 'sending', read: false });
    connection.next('sendMessage').reject({ code: 416 });
    await settle();
    expect(row).toMatchObject({ status: 'failed', read: false });
  });

  test('shows a text that a history page acknowledges as the last message of the list', async () => {
    const { chat, connection, conversations, host } = await openChat();
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
