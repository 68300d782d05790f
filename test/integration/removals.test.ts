import { type BareSdk, type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';
import { MessageTag } from '../../emulator/protocol/tags';

const world = useWorld();
const CHAT = 'anna|1|ben';

const toAnna = (...texts: string[]) =>
  texts.map((text) => world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text }));
const mailbox = () => world.emulator.world.mailbox('anna');
const list = (client: Client) => client.account.conversations;
const preview = (client: Client) => list(client).get(CHAT)?.preview;

async function network(client: Client, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

/** Deletes a text, or clears the chat, from another device of Anna. */
async function elsewhere(bare: BareSdk, text: string, what: 'delete' | 'clear'): Promise<void> {
  const { V2NIMMessageService: messages } = bare.nim;
  if (what === 'clear')
    return await messages.clearHistoryMessage({
      conversationId: CHAT,
      deleteRoam: true,
      onlineSync: true,
    });
  const page = await messages.getMessageList({ conversationId: CHAT, limit: 50 });
  const message = page.find((one) => one.text === text);
  if (message) await messages.deleteMessage(message, '');
}

describe('removed messages stay removed', () => {
  test('a message deleted on another device while this device had no link', async () => {
    const anna = await world.online('anna');
    const tablet = await world.bare('anna');
    toAnna('m0', 'm1', 'm2');
    const chat = await anna.chatWith('ben');
    expect(textsOf(chat)).toEqual(['m0', 'm1', 'm2']);
    await network(anna, false);
    await elsewhere(tablet, 'm1', 'delete');
    await network(anna, true);
    await waitFor(() => textsOf(chat).length === 2, { what: 'the deletion' });
    // This message comes after the gap, which is fetched after the reconnect.
    toAnna('m3');
    await waitFor(() => textsOf(chat).includes('m3'), { what: 'another message' });
    await chat.fillGap();
    expect(textsOf(chat)).toEqual(['m0', 'm2', 'm3']);
    chat.close();
    expect(textsOf(await anna.chatWith('ben'))).toEqual(['m0', 'm2', 'm3']);
  });

  test('a message deleted on another device before the chat is opened here', async () => {
    const anna = await world.online('anna');
    const tablet = await world.bare('anna');
    toAnna('m0', 'm1', 'm2');
    await waitFor(() => list(anna).totalUnread === 3, { what: 'the messages' });
    await network(anna, false);
    await elsewhere(tablet, 'm2', 'delete');
    await network(anna, true);
    const chat = await anna.chatWith('ben');
    expect(textsOf(chat)).toEqual(['m0', 'm1']);
    expect(preview(anna)?.text).not.toBe('m2');
  });

  test.each(['recall', 'delete', 'clear'] as const)(
    'a push that is removed (%s) while the first page loads',
    async (how) => {
      const anna = await world.online('anna');
      const tablet = await world.bare('anna');
      const [kept] = toAnna('kept');
      await waitFor(() => list(anna).totalUnread === 1, { what: 'the first message' });
      world.emulator.faults.add({
        kind: 'command',
        command: '30_6',
        accountId: 'anna',
        delayMs: 800,
        times: 1,
      });
      const chat = anna.account.messages.open(CHAT);
      const [message] = toAnna('rude');
      if (!kept || !message) throw new Error('unreachable');
      await waitFor(() => preview(anna)?.text === 'rude', { what: 'the push' });
      if (how === 'recall')
        world.emulator.world.recall(message, {
          operatorId: 'ben',
          postscript: '',
          attach: '',
          originConsid: '',
        });
      else {
        await waitFor(() => tablet.received.length >= 2, { what: 'the push on the tablet' });
        await elsewhere(tablet, 'rude', how);
      }
      await waitFor(() => chat.ready, { what: 'the first page' });
      expect(textsOf(chat)).toEqual({ recall: ['kept', ''], delete: ['kept'], clear: [] }[how]);
      expect(preview(anna)?.text).not.toBe('rude');
    },
  );
});

describe('deleting a message', () => {
  test('deletes the message on the server: the message is absent at the next sign-in', async () => {
    toAnna('kept', 'gone');
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    const [, row] = rowsOf(chat);
    if (row) await chat.remove(row);
    expect(mailbox().deletions.map(({ message }) => message.messageClientId)).toEqual([
      row?.messageClientId,
    ]);
    await anna.dispose();
    const next = await world.online('anna');
    expect(textsOf(await next.chatWith('ben'))).toEqual(['kept']);
  });

  test('removes the row when the answer is lost, and repeats the request until the server answers', async () => {
    toAnna('kept', 'gone');
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    const [, row] = rowsOf(chat);
    world.emulator.faults.add({ kind: 'command', command: '30_23', drop: 'reply', times: 1 });
    const removal = row && chat.remove(row);
    await waitFor(() => mailbox().deletions.length === 1, { what: 'the deletion' });
    world.emulator.faults.cut({ accountId: 'anna' });
    await removal;
    expect(textsOf(chat)).toEqual(['kept']);
    await waitFor(() => world.emulator.log.requestsOf('30_23') === 2, {
      what: 'the second request',
    });
    await waitFor(() => preview(anna)?.text === 'kept', { what: 'the list' });
    expect(textsOf(chat)).toEqual(['kept']);
  });
});

describe('deleting a conversation', () => {
  test('hides the row and keeps the history, until the next message brings both back', async () => {
    toAnna('old');
    const anna = await world.online('anna');
    await anna.account.messages.deleteConversation(CHAT);
    expect(list(anna).rows).toHaveLength(0);
    expect(mailbox().cleared).toEqual([]);
    toAnna('new');
    await waitFor(() => list(anna).totalUnread === 1, { what: 'the row, with one unread' });
    expect(textsOf(await anna.chatWith('ben'))).toEqual(['old', 'new']);
  });

  test('removes the history here, on the server and in the outbox', async () => {
    toAnna('old');
    const ben = await world.online('ben');
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    world.emulator.faults.add({ kind: 'command', command: '30_1', code: 107323, times: 1 });
    const row = chat.sendText('refused');
    await waitFor(() => row?.status === 'failed', { what: 'the failure' });
    chat.close();
    await anna.account.messages.deleteConversation(CHAT, { clearHistory: true });
    expect(list(anna).rows).toHaveLength(0);
    expect(textsOf(await anna.chatWith('ben'))).toEqual([]);
    expect(textsOf(await ben.chatWith('anna'))).toEqual(['old']);
    await anna.dispose();
    const next = await world.online('anna');
    expect(list(next).rows).toHaveLength(0);
    toAnna('new');
    await waitFor(() => list(next).totalUnread === 1, { what: 'the next message' });
    expect(textsOf(await next.chatWith('ben'))).toEqual(['new']);
  });

  test('keeps the row and reports the error when the server does not clear the history', async () => {
    toAnna('old');
    const anna = await world.online('anna');
    world.emulator.faults.add({ kind: 'command', command: '30_18', code: 416, times: 1 });
    await expect(
      anna.account.messages.deleteConversation(CHAT, { clearHistory: true }),
    ).rejects.toMatchObject({ code: 416 });
    expect(list(anna).get(CHAT)).toMatchObject({ unread: 1, preview: { text: 'old' } });
  });
});

test('a repeated text that the server already has does not replace a newer preview', async () => {
  const anna = await world.online('anna');
  const chat = await anna.chatWith('ben');
  world.emulator.faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
  const row = chat.sendText('first');
  await waitFor(() => world.emulator.world.serverLog('p2p', 'anna', 'ben').length === 1, {
    what: 'the first request',
  });
  toAnna('second');
  await waitFor(() => textsOf(chat).length === 2, { what: 'the answer' });
  await waitFor(() => row?.status === 'failed', { what: 'the failure', timeoutMs: 15_000 });
  if (row) chat.resend(row);
  await waitFor(() => row?.status === 'sent', { what: 'the second request' });
  await waitFor(() => preview(anna)?.text === 'second', { what: 'the newer text' });
  expect(textsOf(chat)).toEqual(['first', 'second']);
});

test('missed messages are fetched from the history although a page was refused', async () => {
  const anna = await world.online('anna');
  toAnna('before');
  const chat = await anna.chatWith('ben');
  await network(anna, false);
  const tags = { [MessageTag.roamingEnabled]: 0, [MessageTag.offlineEnabled]: 0 };
  for (const text of ['missed 0', 'missed 1'])
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text, tags });
  world.emulator.faults.add({ kind: 'command', command: '30_6', code: 416, times: 1 });
  await network(anna, true);
  await waitFor(() => textsOf(chat).length === 3, { what: 'the missed messages' });
  expect(textsOf(chat)).toEqual(['before', 'missed 0', 'missed 1']);
  expect(chat.gapError).toBeNull();
});
