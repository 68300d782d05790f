import { UnreadWalk } from '@/stores/chat/unread-walk';
import type { V2NIMMessage } from '@/sdk/types';
import { FakeClock, settle } from '../fakes/fake-clock';
import { ME, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

const LOG: V2NIMMessage[] = Array.from({ length: 300 }, (_, i) =>
  message({ messageClientId: `m${i + 1}`, messageServerId: `${i + 1}`, createTime: i + 1 }),
);

async function start(readUntil: number, log = [...LOG]) {
  const stage = await openChat(log, { online: false });
  const { chat, connection } = stage;
  connection.answers.set('sendP2PMessageReceipt', () => undefined);
  connection.answers.set('getConversationReadTime', () => readUntil);
  const count = log.filter(({ createTime }) => createTime > readUntil).length;
  const walk = new UnreadWalk(connection.asConnection(), new FakeClock(), chat, {
    count,
    mentions: [],
  });
  const lines = () =>
    [...[...chat.history].reverse(), ...chat.live]
      .map(({ messageClientId }) => messageClientId)
      .filter((id) => walk.isFirst(id));
  await settle();
  await connection.online();
  await settle();
  return { ...stage, walk, lines };
}

describe('the line above the first unread message', () => {
  test('is there with the first page, above the first message of another sender', async () => {
    const log = LOG.map((one) =>
      one.createTime < 293 ? { ...one, isSelf: true, senderId: ME } : one,
    );
    const { lines } = await start(290, log);
    expect(lines()).toEqual(['m293']);
  });

  test('stays after the messages were read, and while messages come', async () => {
    const { lines, push, chat } = await start(295);
    chat.setVisible(true);
    await push(message({ messageClientId: 'm301', createTime: 301 }));
    chat.setAtBottom(false);
    await push(message({ messageClientId: 'm302', createTime: 302 }));
    expect(lines()).toEqual(['m296']);
    expect(chat.live).toHaveLength(2);
  });

  test('comes with the page that has the message, also after jumps', async () => {
    const { lines, chat } = await start(100);
    expect(lines()).toEqual([]);
    await chat.jumpTo(LOG[180] as V2NIMMessage);
    expect(lines()).toEqual([]);
    await chat.jumpTo(LOG[120] as V2NIMMessage);
    expect(lines()).toEqual(['m101']);
    await chat.jumpToLatest();
    expect(lines()).toEqual([]);
    await chat.jumpTo(LOG[90] as V2NIMMessage);
    expect(lines()).toEqual(['m101']);
  });

  test('moves to the next unread message when its message is deleted', async () => {
    const { lines, connection } = await start(295);
    connection.reportDeletion(LOG[295]);
    await settle();
    expect(lines()).toEqual(['m297']);
  });

  test('is above the first message of a conversation that was never read', async () => {
    const { lines } = await start(0, LOG.slice(0, 12));
    expect(lines()).toEqual(['m1']);
  });

  test('is not in a chat without unread messages, nor without a read time', async () => {
    const read = await start(300);
    await read.push(message({ messageClientId: 'm301', createTime: 301 }));
    expect(read.lines()).toEqual([]);
    const { connection, chat } = await openChat([...LOG], { online: false });
    connection.answers.set('getConversationReadTime', () => Promise.reject({ code: 191001 }));
    const walk = new UnreadWalk(connection.asConnection(), new FakeClock(), chat, {
      count: 5,
      mentions: [],
    });
    await connection.online();
    expect(chat.history.filter(({ messageClientId }) => walk.isFirst(messageClientId))).toEqual([]);
  });

  test('ends with the page', async () => {
    const { walk, lines, chat } = await start(100);
    walk.dispose();
    await chat.jumpTo(LOG[120] as V2NIMMessage);
    expect(lines()).toEqual([]);
  });
});
