import { UnreadWalk } from '@/stores/chat/unread-walk';
import type { V2NIMMessage } from '@/sdk/types';
import { FakeClock, settle } from '../fakes/fake-clock';
import { ME, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

/** A log of 2,000 messages at the times 1 to 2,000. */
const LOG: V2NIMMessage[] = Array.from({ length: 2000 }, (_, i) =>
  message({ messageClientId: `m${i + 1}`, createTime: i + 1 }),
);

async function start({
  readUntil = 0,
  log = LOG,
  count = log.length - readUntil,
  mentions = [],
}: Partial<Record<'readUntil' | 'count', number>> &
  Partial<Record<'log' | 'mentions', V2NIMMessage[]>> = {}) {
  const { chat, connection } = await openChat(log);
  connection.answers.set('getConversationReadTime', () => readUntil);
  const requests: unknown[] = [];
  const list = connection.answers.get('getMessageList');
  connection.answers.set('getMessageList', (...args: never[]) => {
    requests.push(args[0]);
    return list?.(...args);
  });
  const clock = new FakeClock();
  const walk = new UnreadWalk(connection.asConnection(), clock, chat, { count, mentions });
  return { chat, connection, clock, walk, requests };
}

describe('the first unread message', () => {
  test('far back takes one request, and its jump two', async () => {
    const { chat, walk, requests } = await start({ readUntil: 100 });
    expect(walk.count).toBe(1900);
    const place = await walk.first();
    expect(place).toMatchObject({ messageClientId: 'm101', createTime: 101 });
    expect(requests).toHaveLength(1);
    if (place) expect(await chat.jumpTo(place)).toBe(true);
    expect(requests).toHaveLength(3);
  });

  test('in memory takes no request', async () => {
    const { walk, requests } = await start({ readUntil: 1985 });
    expect(await walk.first()).toMatchObject({ messageClientId: 'm1986' });
    expect(requests).toEqual([]);
  });

  test('is the first of another sender', async () => {
    const log = LOG.map((one) =>
      one.createTime < 105 ? { ...one, isSelf: true, senderId: ME } : one,
    );
    const { walk } = await start({ readUntil: 100, log });
    expect(await walk.first()).toMatchObject({ messageClientId: 'm105' });
  });

  test('is null when nothing is left after the read position', async () => {
    const { walk } = await start({ readUntil: 5000, count: 20 });
    expect(await walk.first()).toBeNull();
  });

  test('on the first screen is not led to', async () => {
    const { walk } = await start({ readUntil: 1990, mentions: [LOG[1995]] as V2NIMMessage[] });
    expect(walk.count).toBe(0);
    expect(walk.mentions).toEqual([]);
  });

  test('tells a refusal, and a request that is not answered in 10 s', async () => {
    const { walk, connection, clock } = await start({ readUntil: 100 });
    connection.answers.set('getMessageList', () => Promise.reject({ code: 416 }));
    await expect(walk.first()).rejects.toMatchObject({ code: 416 });
    connection.answers.set('getMessageList', () => new Promise(() => undefined));
    const late = walk.first().catch((cause: unknown) => cause);
    await settle();
    await clock.advance(10_000);
    expect(await late).toMatchObject({ code: 191005 });
    expect(walk.count).toBe(1900);
  });
});

test('a walk through three mentions in 2,000 unread messages takes two requests for each', async () => {
  const mentions = [LOG[200], LOG[900], LOG[1500]] as V2NIMMessage[];
  const { chat, walk, requests } = await start({ readUntil: 1, mentions });
  for (const { messageClientId } of mentions) {
    requests.length = 0;
    const place = walk.nextMention();
    expect(place?.messageClientId).toBe(messageClientId);
    if (place) expect(await chat.jumpTo(place)).toBe(true);
    expect(requests.length).toBeLessThanOrEqual(3);
    expect(chat.row(messageClientId)).toBeDefined();
  }
  expect(walk.nextMention()).toBeUndefined();
  walk.end();
  expect(walk.count).toBe(0);
});
