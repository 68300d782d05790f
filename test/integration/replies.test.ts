import type { V2NIMMessage } from '@/sdk/types';
import type { Chat } from '@/stores';
import { Replying } from '@/stores/chat/replying';
import { quoteIn } from '@/stores/messages/kinds/quote';
import { type Client, rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

const signIn = (accountId: string) => ({
  way: 'static' as const,
  accountId,
  token: `token-${accountId}`,
});

/** Makes the next own message of the chat an answer, as the strip over the composer does. */
function answer(chat: Chat, original: V2NIMMessage): void {
  const replying = new Replying(chat.conversationId, () => original);
  replying.start(original);
  chat.extras = replying.take;
}

async function rowOf(chat: Chat, text: string) {
  await waitFor(() => rowsOf(chat).some((row) => row.text === text), { what: `the row ${text}` });
  return rowsOf(chat).find((row) => row.text === text) as ReturnType<typeof rowsOf>[number];
}

/** The ways in which the composer and the "+" panel send. */
const WAYS: Readonly<Record<string, (chat: Chat, client: Client) => unknown>> = {
  text: (chat) => chat.sendText('an answer'),
  image: (chat, { wx }) =>
    chat.sendFile({ kind: 'image', file: wx.files.add(Buffer.from('x'), 'png'), name: 'a.png' }),
  audio: (chat, { wx }) =>
    chat.sendFile({
      kind: 'audio',
      file: wx.files.add(Buffer.from('y'), 'mp3'),
      name: 'a.mp3',
      duration: 2000,
      serverExtension: JSON.stringify({ waveform: Array.from({ length: 40 }, () => 100) }),
    }),
  location: (chat) => chat.send(chat.creator.createLocationMessage(30, 120, 'here')),
  custom: (chat) => chat.send(chat.creator.createCustomMessage('', '{"type":"poll"}')),
};

describe.each([
  ['a chat of two', 'p2p', 1],
  ['a team', 'team', 2],
  ['a super team', 'superTeam', 3],
] as const)('a reply in %s', (_name, kind, type) => {
  const open = async () => {
    const { emulator } = world;
    const teamId =
      kind === 'p2p'
        ? undefined
        : emulator.teams.create({ kind, name: 'T', owner: 'anna', members: ['ben'] }).teamId;
    const ben = await world.bare('ben');
    const anna = await world.online('anna');
    const chat = anna.account.messages.open(`anna|${type}|${teamId ?? 'ben'}`);
    await waitFor(() => chat.ready, { what: 'the first page' });
    const target = `ben|${type}|${teamId ?? 'anna'}`;
    const { V2NIMMessageService: service, V2NIMMessageCreator: creator } = ben.nim;
    const { message: original } = await service.sendMessage(
      creator.createTextMessage('a question'),
      target,
    );
    const row = await rowOf(chat, 'a question');
    return { anna, ben, chat, original, row, target };
  };

  test('of every kind reaches the other side by the thread and by the extension, and only once', async () => {
    const { anna, ben, chat, original, row } = await open();
    for (const send of Object.values(WAYS)) {
      answer(chat, row.message);
      send(chat, anna);
      const own = rowsOf(chat).at(-1);
      expect(own && quoteIn(own.message)?.messageClientId).toBe(original.messageClientId);
      await waitFor(() => own?.status === 'sent', { what: 'the reply to be sent' });
    }
    chat.sendText('no answer');
    await waitFor(() => ben.received.some(({ text }) => text === 'no answer'), {
      what: 'the text',
    });
    const { messageClientId, messageServerId, createTime, senderId } = original;
    const refer = { messageClientId, messageServerId, createTime, senderId };
    const replies = ben.received.filter(({ threadReply }) => threadReply);
    expect(replies).toHaveLength(Object.keys(WAYS).length);
    for (const { threadReply, threadRoot, serverExtension } of replies) {
      expect(threadReply).toMatchObject(refer);
      expect(threadRoot).toMatchObject(refer);
      expect(JSON.parse(serverExtension ?? '')).toMatchObject({
        yxReplyMsg: {
          idClient: messageClientId,
          idServer: messageServerId,
          time: createTime,
          from: senderId,
          scene: type,
        },
      });
      expect((serverExtension ?? '').length).toBeLessThanOrEqual(1024);
    }
    expect(JSON.parse(replies[2]?.serverExtension ?? '')).toHaveProperty('waveform');
  });

  test("to the other side's reply stays in the thread of the first message", async () => {
    const { ben, chat, original, target } = await open();
    const { V2NIMMessageService: service, V2NIMMessageCreator: creator } = ben.nim;
    await service.replyMessage(creator.createTextMessage('more'), {
      ...original,
      conversationId: target,
    });
    const { message } = await rowOf(chat, 'more');
    expect(quoteIn(message)?.messageClientId).toBe(original.messageClientId);
    answer(chat, message);
    chat.sendText('and more');
    const found = () => ben.received.find(({ text }) => text === 'and more');
    await waitFor(found, { what: 'the second reply' });
    expect(found()).toMatchObject({
      threadReply: { messageClientId: message.messageClientId },
      threadRoot: { messageClientId: original.messageClientId },
    });
  });
});

test('a reply that was refused is sent again as the same reply', async () => {
  const ben = await world.bare('ben');
  const anna = await world.online('anna');
  const chat = await anna.chatWith('ben');
  await ben.send('anna', 'a question');
  const { message } = await rowOf(chat, 'a question');
  const fault = world.emulator.faults.add({
    kind: 'command',
    command: '30_1',
    code: 416,
    accountId: 'anna',
    times: 1,
  });
  answer(chat, message);
  chat.sendText('an answer');
  const row = await rowOf(chat, 'an answer');
  await waitFor(() => row.status === 'failed', { what: 'the failure' });
  fault.remove();
  chat.resend(row);
  await waitFor(() => row.status === 'sent', { what: 'the reply to be sent' });
  await waitFor(() => ben.received.length === 1, { what: 'the reply' });
  expect(ben.received[0]).toMatchObject({
    messageClientId: row.messageClientId,
    threadReply: { messageClientId: message.messageClientId },
  });
});

test('a reply without a link is still a reply after the app was ended and started', async () => {
  const storage = new Map<string, unknown>();
  const ben = await world.bare('ben');
  const first = world.client('first', { storage });
  await first.signIn(signIn('anna'), { remember: true });
  const chat = await first.chatWith('ben');
  await ben.send('anna', 'a question');
  const { message } = await rowOf(chat, 'a question');
  const dead = world.emulator.faults.add({
    kind: 'command',
    command: '*',
    drop: 'request',
    accountId: 'anna',
  });
  answer(chat, message);
  chat.sendText('an answer');
  const { messageClientId } = await rowOf(chat, 'an answer');
  first.wx.app.hide();
  await first.dispose();
  dead.remove();
  const next = world.client('next', { storage });
  await next.signIn(signIn('anna'), { remember: true });
  await waitFor(() => ben.received.length === 1, { what: 'the reply' });
  expect(ben.received[0]).toMatchObject({
    messageClientId,
    text: 'an answer',
    threadReply: { messageClientId: message.messageClientId },
    threadRoot: { messageClientId: message.messageClientId },
  });
  expect(ben.received[0]?.serverExtension).toContain('yxReplyMsg');
});
