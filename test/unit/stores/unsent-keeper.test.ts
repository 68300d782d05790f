import { AUTO_RESEND_MS, PATIENCE_MS } from '@/stores/messages/link-lost';
import { ConversationStore } from '@/stores/conversations/conversations';
import { ChatRegistry } from '@/stores/chat/chats';
import { keepUnsentOf } from '@/stores/chat/unsent-records';
import { UserStore } from '@/stores/people/users';
import type { V2NIMMessage } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { CONVERSATION, draft, ME } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

const KEY = `yunxin.unsent.${ME}`;

/** A start of the app on a device. */
async function start(host = fakePlatform(), { isKept = true, creator = draftOf } = {}) {
  const connection = new FakeConnection();
  for (const name of ['getUserList', 'getFriendList', 'getMessageList'])
    connection.answers.set(name, () => []);
  connection.answers.set('getConversationList', () => ({
    conversationList: [],
    offset: 0,
    finished: true,
  }));
  connection.answers.set('getP2PMessageReceipt', () => ({ timestamp: 0 }));
  Object.assign(connection.services, { messageCreator: { createTextMessage: creator } });
  const users = new UserStore(connection.asConnection());
  const conversations = new ConversationStore(connection.asConnection(), users, host.platform);
  const messages = new ChatRegistry(
    connection.asConnection(),
    conversations,
    host.platform,
    () => isKept,
  );
  const chat = messages.open(CONVERSATION);
  await settle();
  const rows = () => [...chat.history].reverse().concat(chat.live);
  const shown = () => rows().map(({ text, status }) => `${text} ${status}`);
  const ids = () => rows().map(({ messageClientId }) => messageClientId);
  return { connection, host, messages, chat, shown, ids };
}

function draftOf(text: string): V2NIMMessage {
  return draft({ text });
}

/** Writes two texts without a link and ends the app. */
async function writeAndEnd(host = fakePlatform(), options = {}) {
  const first = await start(host, options);
  await first.connection.online();
  await first.connection.lose();
  first.chat.sendText('one');
  first.chat.sendText('two');
  const ids = first.ids();
  host.hide();
  return { ...first, ids };
}

describe('unsent texts at the next start', () => {
  test('are sent in order and with the same ids once the account is online', async () => {
    const { host, ids } = await writeAndEnd();
    const next = await start(host);
    await next.connection.online();
    expect(next.shown()).toEqual(['one sending', 'two sending']);
    expect(next.ids()).toEqual(ids);
    const sent = next.connection.next('sendMessage');
    expect(sent.args[0]).toMatchObject({ text: 'one', messageClientId: ids[0], senderId: ME });
    sent.resolve({
      message: { ...(sent.args[0] as object), messageServerId: '1', createTime: 5000 },
    });
    await settle();
    expect(next.connection.next('sendMessage').args[0]).toMatchObject({ messageClientId: ids[1] });
    await host.clock.advance(1000);
    expect(host.entries.get(KEY)).not.toContain('one');
    expect(host.entries.get(KEY)).toContain('two');
  });

  test("are shown as failed when too old, and wait for the user's resend", async () => {
    const { host } = await writeAndEnd();
    await host.clock.advance(AUTO_RESEND_MS + PATIENCE_MS);
    const next = await start(host);
    await next.connection.online();
    expect(next.shown()).toEqual(['one failed', 'two failed']);
    expect(next.connection.names()).not.toContain('sendMessage');
    const [row] = next.chat.history;
    if (row) next.chat.resend(row);
    expect(next.connection.names()).toContain('sendMessage');
  });

  test('are not sent again when they had arrived', async () => {
    const { host, ids } = await writeAndEnd();
    await host.clock.advance(AUTO_RESEND_MS + PATIENCE_MS);
    const next = await start(host);
    const arrived = (messageClientId?: string) =>
      draft({ messageClientId: messageClientId ?? '', messageServerId: '9', createTime: 5000 });
    next.connection.answers.set('getMessageList', () => [arrived(ids[1]), arrived(ids[0])]);
    await next.connection.online();
    expect(next.chat.history.map(({ status }) => status)).toEqual(['sent', 'sent']);
    await host.clock.advance(1000);
    expect(host.entries.has(KEY)).toBe(false);
  });

  test('are not shown as unsent when the sync of the login brought them', async () => {
    const { host, ids } = await writeAndEnd();
    await host.clock.advance(AUTO_RESEND_MS + PATIENCE_MS);
    const next = await start(host);
    const arrived = ids.map((messageClientId) =>
      draft({ messageClientId, messageServerId: '9', createTime: 5000, isSelf: true }),
    );
    next.connection.emit('message', 'onReceiveMessages', arrived);
    await next.connection.online();
    await host.clock.advance(1000);
    expect(next.shown().map((row) => row.split(' ').at(-1))).toEqual(['sent', 'sent']);
    expect(host.entries.has(KEY)).toBe(false);
  });

  test('are sent before texts written since the start', async () => {
    const { host } = await writeAndEnd();
    await host.clock.advance(1000);
    const next = await start(host);
    next.chat.sendText('three');
    await next.connection.online();
    expect(next.connection.next('sendMessage').args[0]).toMatchObject({ text: 'one' });
    expect(next.connection.names()).not.toContain('sendMessage');
  });

  test('stay on the device when the app ends again before it is online', async () => {
    const { host } = await writeAndEnd();
    await start(host);
    host.hide();
    const next = await start(host);
    await next.connection.online();
    expect(next.shown()).toEqual(['one sending', 'two sending']);
  });

  test('are not stored for a user who does not stay signed in', async () => {
    const { host } = await writeAndEnd(fakePlatform(), { isKept: false });
    await host.clock.advance(5000);
    expect([...host.entries.keys()]).not.toContain(KEY);
  });

  test('of a start that stayed signed in are removed by a start that does not', async () => {
    const { host } = await writeAndEnd();
    expect(host.entries.has(KEY)).toBe(true);
    await start(host, { isKept: false });
    expect(host.entries.has(KEY)).toBe(false);
  });

  test('are removed by a sign-out, but not by the end of the app', async () => {
    const ended = await writeAndEnd();
    ended.messages.dispose({ forget: false });
    expect(ended.host.entries.has(KEY)).toBe(true);
    const left = await writeAndEnd();
    left.messages.dispose({ forget: true });
    await left.host.clock.advance(5000);
    left.host.hide();
    expect(left.host.entries.has(KEY)).toBe(false);
  });

  test('of other accounts are removed at the start', () => {
    const host = fakePlatform();
    host.entries.set('yunxin.unsent.other', '[]');
    host.entries.set(KEY, '[]');
    keepUnsentOf(ME, host.platform.storage);
    expect([...host.entries.keys()]).toEqual([KEY]);
  });

  test('are not stored when they are acknowledged at once', async () => {
    const { chat, connection, host } = await start();
    await connection.online();
    chat.sendText('hello');
    const sent = connection.next('sendMessage');
    sent.resolve({
      message: { ...(sent.args[0] as object), messageServerId: '1', createTime: 5000 },
    });
    await host.clock.advance(5000);
    host.hide();
    expect(host.entries.has(KEY)).toBe(false);
  });

  test.each([
    '[{"conversationId":7}]',
    '{',
    'null',
    JSON.stringify([{ conversationId: 'other|1|peer', messageClientId: 'a', text: 'x', time: 1 }]),
  ])('of a broken record are dropped: %s', async (record) => {
    const host = fakePlatform();
    host.entries.set(KEY, record);
    const { connection, shown } = await start(host);
    await connection.online();
    expect(shown()).toEqual([]);
  });

  test('are sent although the SDK refuses to create another text', async () => {
    const { host } = await writeAndEnd();
    const creator = (text: string) => {
      if (text === 'one') throw new Error('not a text');
      return draftOf(text);
    };
    const next = await start(host, { creator });
    await next.connection.online();
    expect(next.shown()).toEqual(['two sending']);
  });
});

describe('unsent files at the next start', () => {
  const picture = (file: string): V2NIMMessage =>
    draft({
      messageType: 1,
      text: undefined as never,
      attachment: { path: file, name: 'a.png', width: 3, uploadState: 0 } as never,
    });

  /** Writes a picture without a link and ends the app. */
  async function pictureAndEnd(host = fakePlatform()) {
    const first = await start(host);
    Object.assign(first.connection.services, {
      messageCreator: { createImageMessage: picture },
    });
    await first.connection.online();
    await first.connection.lose();
    first.chat.sendFile({ kind: 'image', file: 'tmp/a.png' });
    await settle();
    host.hide();
    return { host, first, id: first.ids()[0] ?? '' };
  }

  test('are sent from their copies, which are removed afterwards', async () => {
    const { host, id } = await pictureAndEnd();
    expect([...host.files]).toEqual([[`${id}.png`, 'tmp/a.png']]);
    const next = await start(host);
    await next.connection.online();
    const sent = next.connection.next('sendMessage');
    expect(sent.args[0]).toMatchObject({
      messageClientId: id,
      messageType: 1,
      attachment: { path: `kept/${id}.png`, name: 'a.png', width: 3, uploadState: 0 },
    });
    expect(next.chat.history[0]?.content).toMatchObject({ url: `kept/${id}.png` });
    sent.resolve({
      message: { ...(sent.args[0] as object), messageServerId: '1', createTime: 5000 },
    });
    await settle();
    expect(host.files.size).toBe(0);
  });

  test('that are on the server are not uploaded again', async () => {
    const { host, first, id } = await pictureAndEnd();
    await first.connection.online();
    const original = first.connection.next('sendMessage').args[0] as V2NIMMessage;
    const attachment = { ...original.attachment, url: 'https://a/b.png', uploadState: 1 };
    first.connection.emit('message', 'onSendMessage', { ...original, attachment } as never);
    expect(host.files.size).toBe(0);
    const next = await start(host);
    await next.connection.online();
    expect(next.connection.next('sendMessage').args[0]).toMatchObject({
      messageClientId: id,
      attachment: { url: 'https://a/b.png', uploadState: 1 },
    });
  });

  test('whose copy is gone have failed for good', async () => {
    const { host } = await pictureAndEnd();
    host.files.clear();
    const next = await start(host);
    await next.connection.online();
    expect(next.chat.history[0]).toMatchObject({ status: 'failed', errorCode: 194001 });
    await next.connection.lose();
    await next.connection.online();
    expect(next.connection.names()).not.toContain('sendMessage');
  });

  test('whose copy was not complete when the app ended are shown as failed', async () => {
    const host = fakePlatform();
    host.platform.files.keep = () => new Promise(() => undefined);
    const { first } = await pictureAndEnd(host);
    first.chat.close();
    const next = await start(host);
    await next.connection.online();
    expect(next.chat.history[0]).toMatchObject({ status: 'failed', errorCode: 194001 });
  });

  test('and their copies are removed by a sign-out, and copies of nobody by a start', async () => {
    const { host, first } = await pictureAndEnd();
    first.messages.dispose({ forget: true });
    await settle();
    expect(host.files.size).toBe(0);
    host.files.set('of-nobody.png', 'x');
    const next = await start(host);
    await next.connection.online();
    await settle();
    expect(host.files.size).toBe(0);
  });

  test('are removed by a start that does not stay signed in', async () => {
    const { host } = await pictureAndEnd();
    await start(host, { isKept: false });
    expect(host.files.size).toBe(0);
  });

  test('texts of an earlier version are sent, and broken entries beside them are left out', async () => {
    const host = fakePlatform();
    const time = host.clock.now();
    const text = { conversationId: CONVERSATION, messageClientId: 'a', text: 'old', time };
    const broken = [{ ...text, time: 'x' }, { ...text, attachment: 7 }, null, { messageType: 1 }];
    host.entries.set(KEY, JSON.stringify([...broken, text]));
    const next = await start(host);
    await next.connection.online();
    expect(next.shown()).toEqual(['old sending']);
  });
});
