import { AUTO_RESEND_MS, PATIENCE_MS } from '@/stores/link-lost';
import { ConversationStore } from '@/stores/conversations';
import { MessageStore } from '@/stores/messages';
import { keepUnsentOf } from '@/stores/unsent-texts';
import { UserStore } from '@/stores/users';
import type { V2NIMMessage } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { CONVERSATION, draft, ME } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

const KEY = `yunxin.unsent.${ME}`;

/** One start of the app on a device. */
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
  const messages = new MessageStore(
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

/** Two texts without a link, and the app is ended. */
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
  test('are sent once the account is online, in their order and under the same ids', async () => {
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

  test('that are too old are shown as failed, and wait for a tap', async () => {
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

  test('one that had arrived is not sent again', async () => {
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

  test('are sent before what was written since the start', async () => {
    const { host } = await writeAndEnd();
    await host.clock.advance(1000);
    const next = await start(host);
    next.chat.sendText('three');
    await next.connection.online();
    expect(next.connection.next('sendMessage').args[0]).toMatchObject({ text: 'one' });
    expect(next.connection.names()).not.toContain('sendMessage');
  });

  test('stay on the device when the app is ended again before it is online', async () => {
    const { host } = await writeAndEnd();
    await start(host);
    host.hide();
    const next = await start(host);
    await next.connection.online();
    expect(next.shown()).toEqual(['one sending', 'two sending']);
  });

  test('are not written down for a user who does not stay signed in', async () => {
    const { host } = await writeAndEnd(fakePlatform(), { isKept: false });
    await host.clock.advance(5000);
    expect([...host.entries.keys()]).not.toContain(KEY);
  });

  test('left behind by a start that stayed signed in are removed by one that does not', async () => {
    const { host } = await writeAndEnd();
    expect(host.entries.has(KEY)).toBe(true);
    await start(host, { isKept: false });
    expect(host.entries.has(KEY)).toBe(false);
  });

  test('go with the account: a sign-out leaves nothing, the end of the app does', async () => {
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

  test('a text that is acknowledged at once is never written', async () => {
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
  ])('a broken record is left out: %s', async (record) => {
    const host = fakePlatform();
    host.entries.set(KEY, record);
    const { connection, shown } = await start(host);
    await connection.online();
    expect(shown()).toEqual([]);
  });

  test('a text that the SDK refuses to make does not stop the others', async () => {
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
